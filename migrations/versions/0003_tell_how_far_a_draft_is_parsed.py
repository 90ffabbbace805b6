"""Tell how far a draft is parsed, and whether anybody still does it."""

import sqlalchemy as sa
from alembic import op

from app.columns import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("dataflow", sa.Column("parsed_bytes", sa.BigInteger(), nullable=True))
    op.add_column("dataflow", sa.Column("parse_beat_at", UtcDateTime(), nullable=True))
    op.add_column(
        "dataflow", sa.Column("parse_attempt", sa.Integer(), nullable=False, server_default="0")
    )


def downgrade() -> None:
    """Undo the change."""
    op.drop_column("dataflow", "parse_attempt")
    op.drop_column("dataflow", "parse_beat_at")
    op.drop_column("dataflow", "parsed_bytes")
