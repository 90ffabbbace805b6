"""Take runs back, stop them, and take rejected rows up again."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ONE_PRODUCTION = sa.text("kind = 'production' AND status IN ('queued', 'running')")
_ONE_WRITING = sa.text("kind != 'dry' AND status IN ('queued', 'running')")


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("run") as run:
        run.add_column(sa.Column("of_run_id", sa.Integer(), nullable=True))
        run.add_column(sa.Column("undone_by_run_id", sa.Integer(), nullable=True))
        run.add_column(sa.Column("planned_version", sa.Integer(), nullable=True))
        run.add_column(sa.Column("kept_count", sa.BigInteger(), nullable=False, server_default="0"))
        run.add_column(
            sa.Column("is_cancelling", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        run.create_foreign_key(
            "fk_run_of_run_id_run", "run", ["of_run_id"], ["id"], ondelete="CASCADE"
        )
        run.drop_index("uq_run_one_active")
    _one_active(_ONE_WRITING)
    with op.batch_alter_table("reject") as reject:
        reject.add_column(sa.Column("given", sa.JSON(), nullable=True))
        reject.add_column(sa.Column("retried_by_run_id", sa.Integer(), nullable=True))
        reject.create_index("ix_reject_retried_by_run_id", ["retried_by_run_id"])
    op.add_column("dataflow", sa.Column("reject_limit_count", sa.BigInteger(), nullable=True))
    op.add_column("dataflow", sa.Column("reject_limit_percent", sa.Float(), nullable=True))


def downgrade() -> None:
    """Undo the change; runs of the new kinds go, since nobody would know them."""
    op.execute("DELETE FROM run WHERE kind NOT IN ('dry', 'production')")
    op.execute("UPDATE run SET status = 'failed' WHERE status = 'cancelled'")
    with op.batch_alter_table("dataflow") as dataflow:
        dataflow.drop_column("reject_limit_percent")
        dataflow.drop_column("reject_limit_count")
    with op.batch_alter_table("reject") as reject:
        reject.drop_index("ix_reject_retried_by_run_id")
        reject.drop_column("retried_by_run_id")
        reject.drop_column("given")
    with op.batch_alter_table("run") as run:
        run.drop_index("uq_run_one_active")
        run.drop_constraint("fk_run_of_run_id_run", type_="foreignkey")
        for name in (
            "is_cancelling",
            "kept_count",
            "planned_version",
            "undone_by_run_id",
            "of_run_id",
        ):
            run.drop_column(name)
    _one_active(_ONE_PRODUCTION)


def _one_active(where: sa.TextClause) -> None:
    op.create_index(
        "uq_run_one_active",
        "run",
        ["dataflow_id"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )
