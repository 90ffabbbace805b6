"""Index rejected rows as they are listed, counted and taken up again."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_HAS_GIVEN = sa.text("given IS NOT NULL")


def upgrade() -> None:
    """Make the change."""
    op.drop_index("ix_reject_retried_by_run_id", "reject")
    op.drop_index("ix_reject_run_rule", "reject")
    op.create_index("ix_reject_run_line", "reject", ["run_id", "line"])
    op.create_index(
        "ix_reject_run_rule", "reject", ["run_id", "rule", "line", "retried_by_run_id", "column"]
    )
    op.create_index("ix_reject_retried_line", "reject", ["retried_by_run_id", "line"])
    op.create_index(
        "ix_reject_given",
        "reject",
        ["run_id", "rule"],
        sqlite_where=_HAS_GIVEN,
        postgresql_where=_HAS_GIVEN,
    )


def downgrade() -> None:
    """Undo the change."""
    for name in ("given", "retried_line", "run_rule", "run_line"):
        op.drop_index(f"ix_reject_{name}", "reject")
    op.create_index("ix_reject_run_rule", "reject", ["run_id", "rule"])
    op.create_index("ix_reject_retried_by_run_id", "reject", ["retried_by_run_id"])
