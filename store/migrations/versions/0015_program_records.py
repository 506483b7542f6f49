"""What a vendor's other systems know of accounts: deals, statements, claims and the like.

It adds a table that a process of before does not read.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.columns import Instant, PlainText

revision = "0015"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "program_record",
        sa.Column("account_key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", PlainText(), nullable=False),
        sa.Column("as_of", Instant(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("account_key", "kind", "number", name="pk_program_record"),
    )
    columns = ["account_key", "as_of"]
    op.create_index("ix_program_record_account", "program_record", columns, unique=False)
