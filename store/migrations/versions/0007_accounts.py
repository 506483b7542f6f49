"""Accounts, their contacts, our people and teams in tables, and which files they came from.

It adds tables, and an index by which the few open tickets of an account are found that matter to
another; it changes nothing: a process of before goes on with what its own file says.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.columns import Instant, PlainText, RowId

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "account",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", PlainText(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        *_kept(),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_account"),
    )
    op.create_index("ix_account_revision", "account", ["revision"], unique=False)
    op.create_table(
        "contact",
        sa.Column("account_key", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", PlainText(), nullable=False),
        sa.Column("email", PlainText(), nullable=False),
        sa.Column("phone", PlainText(), nullable=False),
        sa.Column("security", sa.Boolean(), nullable=False),
        sa.Column("slack", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("account_key", "place", name="pk_contact"),
    )
    op.create_table(
        "staff",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", PlainText(), nullable=False),
        sa.Column("email", PlainText(), nullable=False),
        *_kept(),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_staff"),
    )
    op.create_table(
        "resolution_team",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", PlainText(), nullable=False),
        *_kept(),
        sa.PrimaryKeyConstraint("key", name="pk_resolution_team"),
    )
    op.create_table(
        "directory_import",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("file", PlainText(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_directory_import"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_directory_import_file", "directory_import", ["file", "id"], unique=False)
    op.create_index(
        "ix_ticket_account_open",
        "ticket",
        ["account_key", "tier", "opened_at"],
        unique=False,
        sqlite_where=sa.text("open = 1"),
        postgresql_where=sa.text("open"),
    )


def _kept() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("source", PlainText(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
    )
