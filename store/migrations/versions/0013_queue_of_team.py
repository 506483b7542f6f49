"""How much each person of a team has, counted in an index alone.

A process of before goes on without it.
"""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_queue_team_owner", "queue", ["team", "owner"], unique=False)
