"""Whose days the windows and dates of an audience mean."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "audience", sa.Column("zone", sa.String(64), nullable=False, server_default="UTC")
    )


def downgrade() -> None:
    op.drop_column("audience", "zone")
