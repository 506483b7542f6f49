"""The table of what a vendor's other systems know of accounts. It can be given anew by them."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Table, Text

from store.columns import Instant, PlainText
from store.metadata import metadata

program_record = Table(
    "program_record",
    metadata,
    Column("account_key", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("number", PlainText, primary_key=True),
    Column("as_of", Instant, nullable=False),
    Column("body", JSON, nullable=False),
    Index("ix_program_record_account", "account_key", "as_of"),
)
