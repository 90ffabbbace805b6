"""Keep what was decided of anonymous ids: that one is not a person, or is after all."""

import sqlalchemy as sa
from alembic import op

from app.columns import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "identity_decision",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("anonymous_id", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.String(length=200), nullable=False),
        sa.Column("is_theirs", sa.Boolean(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.String(length=254), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("anonymous_id", "person_id"):
        op.create_index(f"ix_identity_decision_{column}", "identity_decision", [column])


def downgrade() -> None:
    """Undo the change."""
    op.drop_table("identity_decision")
