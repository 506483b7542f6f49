"""What was opened by a delivery, so that its repetition is answered with that record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the reference, empty for what was received before."""
    op.add_column("seen", sa.Column("reference", sa.Text(), nullable=True))
