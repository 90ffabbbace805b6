"""Take runs back, stop them, and take rejected rows up again."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ONE_PRODUCTION = sa.text("kind = 'production' AND status IN ('queued', 'running')")
_ONE_WRITING = sa.text("kind NOT IN ('dry', 'dry_replay') AND status IN ('queued', 'running')")
_OF_RUN = ("of_run_id", "undone_by_run_id", "planned_version")


def upgrade() -> None:
    """Make the change; no table is made anew, since rows of others hang on these."""
    for name in _OF_RUN:
        op.add_column("run", sa.Column(name, sa.Integer(), nullable=True))
    op.add_column(
        "run", sa.Column("kept_count", sa.BigInteger(), nullable=False, server_default="0")
    )
    op.add_column(
        "run", sa.Column("is_cancelling", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    _one_active(_ONE_WRITING)
    op.add_column("reject", sa.Column("given", sa.JSON(), nullable=True))
    op.add_column("reject", sa.Column("retried_by_run_id", sa.Integer(), nullable=True))
    op.create_index("ix_reject_retried_by_run_id", "reject", ["retried_by_run_id"])
    op.add_column("dataflow", sa.Column("reject_limit_count", sa.BigInteger(), nullable=True))
    op.add_column("dataflow", sa.Column("reject_limit_percent", sa.Float(), nullable=True))


def downgrade() -> None:
    """Undo the change; runs of the new kinds go, since nobody would know them."""
    op.execute("DELETE FROM run WHERE kind NOT IN ('dry', 'production')")
    op.execute("UPDATE run SET status = 'failed' WHERE status = 'cancelled'")
    op.drop_column("dataflow", "reject_limit_percent")
    op.drop_column("dataflow", "reject_limit_count")
    op.drop_index("ix_reject_retried_by_run_id", "reject")
    op.drop_column("reject", "retried_by_run_id")
    op.drop_column("reject", "given")
    for name in ("is_cancelling", "kept_count", *_OF_RUN):
        op.drop_column("run", name)
    _one_active(_ONE_PRODUCTION)


def _one_active(where: sa.TextClause) -> None:
    """Let this many runs of a dataflow be under way: one of those meant."""
    op.drop_index("uq_run_one_active", "run")
    op.create_index(
        "uq_run_one_active",
        "run",
        ["dataflow_id"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )
