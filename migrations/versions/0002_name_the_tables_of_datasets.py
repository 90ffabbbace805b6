"""Name the tables of datasets, so that no schema ever finds those of a deleted one."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change; the tables there are keep their names."""
    op.add_column(
        "schema", sa.Column("table_name", sa.String(60), nullable=False, server_default="")
    )
    schema = sa.table("schema", sa.column("id", sa.Integer), sa.column("table_name", sa.String))
    named = sa.literal("dataset_") + sa.cast(schema.c.id, sa.String(20))
    op.execute(schema.update().values(table_name=named))
    op.create_index(op.f("ix_schema_table_name"), "schema", ["table_name"])


def downgrade() -> None:
    """Undo the change; datasets of schemas made since cannot be found any more."""
    op.drop_index(op.f("ix_schema_table_name"), "schema")
    op.drop_column("schema", "table_name")
