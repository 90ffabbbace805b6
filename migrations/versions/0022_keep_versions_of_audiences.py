"""Keep each tree an audience had; those there are begin with their present one."""

import sqlalchemy as sa
from alembic import op

from app.columns import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "audience_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audience_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("tree", sa.JSON(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("saved_by", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(["audience_id"], ["audience.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("audience_id", "number"),
    )
    op.execute(
        "INSERT INTO audience_version (audience_id, number, name, tree, zone, saved_at, saved_by) "
        "SELECT id, version, name, tree, zone, changed_at, '' FROM audience"
    )


def downgrade() -> None:
    """Undo the change."""
    op.drop_table("audience_version")
