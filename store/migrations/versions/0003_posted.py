"""Which schema a policy's body has, and commands that one record has posted to another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.columns import Instant, RowId

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the schema's number, empty where it is the first, and the table of posted commands."""
    op.add_column("policy", sa.Column("schema", sa.Integer(), nullable=True))
    op.create_table(
        "posted",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("command", sa.JSON(), nullable=False),
        sa.Column("actor", sa.JSON(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('pending', 'done', 'refused')", name="ck_posted_state"),
        sa.PrimaryKeyConstraint("id", name="pk_posted"),
        sa.UniqueConstraint("key", name="uq_posted_key"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_posted_target",
        "posted",
        ["target", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
