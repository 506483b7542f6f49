"""Records of other kinds than tickets, which have due points as tickets do.

A due point may now be another record's than a ticket's, so its foreign key goes. Processes of both
shapes may be at work on one database meanwhile: an older one claims due points by way of their
tickets and leaves others' alone, it leaves a posted command that it does not know, and what it
writes itself is of tickets, as it was. On PostgreSQL the key goes without a look at any row; on
SQLite, where no constraint can be dropped, the table is copied, and one process has the file alone.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from store.columns import Instant, RowId

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of records, and let due points be theirs."""
    op.create_table(
        "record",
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("account_key", sa.Text(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("policy_version", sa.Text(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_record"),
    )
    op.create_index("ix_record_kind", "record", ["kind", "opened_at"], unique=False)
    if op.get_context().dialect.name == "sqlite":
        _copy_steps()
    else:
        op.drop_constraint("fk_step_reference", "step", type_="foreignkey")


STEP: tuple[sa.Column[Any], ...] = (
    sa.Column("id", RowId, autoincrement=True, nullable=False),
    sa.Column("reference", sa.Text(), nullable=False),
    sa.Column("key", sa.Text(), nullable=False),
    sa.Column("kind", sa.Text(), nullable=False),
    sa.Column("due_at", Instant(), nullable=False),
    sa.Column("state", sa.Text(), nullable=False),
    sa.Column("created_at", Instant(), nullable=False),
    sa.Column("settled_at", Instant(), nullable=True),
    sa.Column("value", sa.JSON(), nullable=True),
)


def _copy_steps() -> None:
    names = ", ".join(f'"{column.name}"' for column in STEP)
    op.drop_index("ix_step_due_at", "step")
    op.rename_table("step", "step_before")
    op.create_table(
        "step",
        *STEP,
        sa.CheckConstraint("state IN ('pending', 'done', 'cancelled')", name="ck_step_state"),
        sa.PrimaryKeyConstraint("id", name="pk_step"),
        sa.UniqueConstraint("reference", "key", name="uq_step_reference_key"),
        sqlite_autoincrement=True,
    )
    kept = f"INSERT INTO step ({names}) SELECT {names} FROM step_before ORDER BY id"  # noqa: S608
    op.execute(kept)
    op.drop_table("step_before")
    op.create_index(
        "ix_step_due_at",
        "step",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
    )
