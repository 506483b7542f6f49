"""The channel of a team, and where the card of a ticket stands in it.

It adds columns that are empty for what was before; a process of before goes on without them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, and the index by which a thread finds its ticket."""
    op.add_column("resolution_team", sa.Column("channel", sa.Text(), nullable=True))
    op.add_column("ticket", sa.Column("triage_channel", sa.Text(), nullable=True))
    op.add_column("ticket", sa.Column("triage_thread", sa.Text(), nullable=True))
    columns = ["triage_channel", "triage_thread"]
    op.create_index("ix_ticket_triage", "ticket", columns, unique=False)
