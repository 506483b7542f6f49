"""Due points as values; of those that an older process wrote there is none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the value of a due point, empty where it is not known."""
    op.add_column("step", sa.Column("value", sa.JSON(), nullable=True))
