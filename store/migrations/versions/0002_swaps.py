"""Swaps of duties: who has whose duty until when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.columns import Instant, PlainText, RowId

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of swaps."""
    op.create_table(
        "swap",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("duty", sa.Text(), nullable=False),
        sa.Column("person_key", sa.Text(), nullable=False),
        sa.Column("person_name", PlainText(), nullable=False),
        sa.Column("instead_key", sa.Text(), nullable=True),
        sa.Column("instead_name", PlainText(), nullable=True),
        sa.Column("by_key", sa.Text(), nullable=False),
        sa.Column("by_name", PlainText(), nullable=False),
        sa.Column("from_at", Instant(), nullable=False),
        sa.Column("until_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_swap"),
        sa.UniqueConstraint("key", name="uq_swap_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_swap_until_at", "swap", ["until_at"], unique=False)
