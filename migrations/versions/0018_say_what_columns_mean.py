"""Say what columns of a schema mean: further identifiers of people, whose and when of events."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    roles = ("further_identifier", "person", "time", "event", "amount", "anonymous_id")
    kind = sa.Enum(*roles, name="columnrole", native_enum=False, length=32)
    op.add_column("schema_column", sa.Column("role", kind, nullable=True))
    op.add_column(
        "schema", sa.Column("event_name", sa.String(200), server_default="", nullable=False)
    )


def downgrade() -> None:
    """Take the change back."""
    op.drop_column("schema", "event_name")
    op.drop_column("schema_column", "role")
