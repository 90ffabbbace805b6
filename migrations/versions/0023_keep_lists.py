"""Audiences that are lists, and the files that are taken into them."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column(
        "audience", sa.Column("is_list", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    action = sa.Enum("replace", "add", "remove", name="action", native_enum=False, length=32)
    stages = ("waiting", "queued", "working", "done", "failed")
    status = sa.Enum(*stages, name="intakestatus", native_enum=False, length=32)
    counts = ("row_count", "taken_count", "unknown_count", "ambiguous_count")
    counts += ("entered_count", "exited_count")
    op.create_table(
        "list_intake",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("audience_id", sa.Integer(), nullable=False),
        sa.Column("action", action, nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("column", sa.String(300), nullable=False),
        sa.Column("identifier", sa.String(300), nullable=False),
        sa.Column("status", status, nullable=False),
        sa.Column("failure", sa.Text()),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in counts),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.Column("ambiguous", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True)),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["audience_id"], ["audience.id"], ondelete="CASCADE"),
    )
    op.create_index("ix_list_intake_audience_id", "list_intake", ["audience_id"])
    op.create_index("ix_list_intake_status", "list_intake", ["status"])


def downgrade() -> None:
    """Undo the change."""
    op.drop_table("list_intake")
    op.drop_column("audience", "is_list")
