"""Follow a policy when columns differ, and remember how files are mapped and which came before."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    policy = sa.Enum("stop", "ignore", "add", name="driftpolicy", native_enum=False, length=32)
    op.add_column(
        "dataflow", sa.Column("drift_policy", policy, server_default="stop", nullable=False)
    )
    op.add_column("dataflow", sa.Column("memory", sa.JSON(), nullable=True))
    op.add_column("run", sa.Column("drift", sa.JSON(), nullable=True))
    op.add_column("run", sa.Column("repeats_run_id", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("run", "repeats_run_id")
    op.drop_column("run", "drift")
    op.drop_column("dataflow", "memory")
    op.drop_column("dataflow", "drift_policy")
