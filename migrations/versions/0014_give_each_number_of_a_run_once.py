"""Count runs in a table of its own, from which no number is ever given again."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change; numbers go on after those of the runs there are."""
    op.create_table(
        "run_number",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_number")),
        sqlite_autoincrement=True,
    )
    op.execute("INSERT INTO run_number (id) SELECT max(id) FROM run HAVING max(id) IS NOT NULL")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('run_number', 'id'), "
            "coalesce((SELECT max(id) FROM run), 0) + 1, false)"
        )


def downgrade() -> None:
    """Undo the change."""
    op.drop_table("run_number")
