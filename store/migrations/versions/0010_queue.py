"""What lists read of tickets: the queue, who is on which ticket, and the words of each.

It adds tables and changes nothing. They are filled from the tickets by the program itself, at its
next start: a process of before writes none of it, and what it leaves is made good likewise.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.columns import Instant, PlainText

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NEAR = ["behind", "near_at", "nearer_at", "breach_at"]
_ORDER = ["behind", "key", "since_at", "number"]


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "queue",
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("team", PlainText(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("behind", sa.Integer(), nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("since_at", Instant(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("near_at", Instant(), nullable=True),
        sa.Column("nearer_at", Instant(), nullable=True),
        sa.Column("breach_at", Instant(), nullable=True),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_queue"),
    )
    op.create_index("ix_queue_near", "queue", ["team", *_NEAR], unique=False)
    op.create_index("ix_queue_order", "queue", ["team", *_ORDER], unique=False)
    op.create_index("ix_queue_all_near", "queue", _NEAR, unique=False)
    op.create_index("ix_queue_all_order", "queue", _ORDER, unique=False)
    op.create_index("ix_queue_owner", "queue", ["owner"], unique=False)
    op.create_table(
        "on_ticket",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person", "reference", name="pk_on_ticket"),
    )
    op.create_index("ix_on_ticket_reference", "on_ticket", ["reference"], unique=False)
    op.create_table(
        "ticket_word",
        sa.Column("word", PlainText(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("word", "number", "reference", name="pk_ticket_word"),
    )
    op.create_index("ix_ticket_word_reference", "ticket_word", ["reference"], unique=False)
