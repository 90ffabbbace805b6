"""Add how many rows of a run its undo left alone, so that these can be taken back later."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column(
        "run", sa.Column("left_count", sa.BigInteger(), server_default="0", nullable=False)
    )


def downgrade() -> None:
    """Undo the change."""
    op.drop_column("run", "left_count")
