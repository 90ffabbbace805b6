"""Keep what an erasure counted and is about to remove, so that it is counted once."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("erasure", sa.Column("begun", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Undo the change."""
    op.drop_column("erasure", "begun")
