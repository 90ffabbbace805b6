"""Add how much of its phase a run has done."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("run", sa.Column("phase_share", sa.Double(), nullable=True))


def downgrade() -> None:
    """Undo the change."""
    op.drop_column("run", "phase_share")
