"""Whose days audiences mean, what their last evaluation read, when they are due."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column(
        "audience", sa.Column("zone", sa.String(64), nullable=False, server_default="UTC")
    )
    op.add_column("audience", sa.Column("basis", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("audience", sa.Column("looked_at_count", sa.BigInteger()))
    op.add_column("audience", sa.Column("due_at", sa.DateTime()))
    op.drop_column("audience", "data_versions")


def downgrade() -> None:
    """Undo the change."""
    op.add_column(
        "audience", sa.Column("data_versions", sa.JSON(), nullable=False, server_default="{}")
    )
    for name in ("due_at", "looked_at_count", "basis"):
        op.drop_column("audience", name)
    op.drop_column("audience", "zone")
