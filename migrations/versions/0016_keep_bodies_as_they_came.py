"""Keep bodies as they came."""

import json

import sqlalchemy as sa
from alembic import op

from app.columns import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KINDS = ("track", "identify", "page", "screen", "group", "alias")


def upgrade() -> None:
    """Make the change."""
    op.add_column(
        "source", sa.Column("allowed_origins", sa.JSON(), server_default="[]", nullable=False)
    )
    op.add_column("source", sa.Column("requests_a_minute", sa.Integer(), nullable=True))
    op.create_table(
        "inbox_flush",
        sa.Column("number", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("entry_ranges", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_inbox_flush")),
    )
    waiting = _waiting()
    # Nothing hangs on the inbox.
    op.drop_table("inbox_entry")
    op.create_table(
        "inbox_entry",
        *_common_columns(),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*_KINDS, name="messagetype", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        *_constraints(),
    )
    for row in waiting:
        op.execute(_inserted(row))


def downgrade() -> None:
    """Take the change back; what waits in the inbox is lost, so flush it before."""
    op.drop_table("inbox_entry")
    op.create_table(
        "inbox_entry",
        *_common_columns(),
        sa.Column("messages", sa.Text(), nullable=False),
        *_constraints(),
    )
    op.drop_table("inbox_flush")
    op.drop_column("source", "requests_a_minute")
    op.drop_column("source", "allowed_origins")


def _common_columns() -> list[sa.Column]:
    return [
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("message_count", sa.Integer(), nullable=False),
    ]


def _constraints() -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
            name=op.f("fk_inbox_entry_source_id_source"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_entry")),
    ]


def _waiting() -> list[sa.Row]:
    """Return what waits, oldest first."""
    old = sa.table(
        "inbox_entry",
        sa.column("id"),
        sa.column("source_id"),
        sa.column("received_at", UtcDateTime()),
        sa.column("messages"),
    )
    return list(op.get_bind().execute(sa.select(old).order_by(old.c.id)))


def _inserted(row: sa.Row) -> sa.Insert:
    """Return an entry with the messages as a sender would write them."""
    new = sa.table(
        "inbox_entry",
        sa.column("source_id"),
        sa.column("received_at", UtcDateTime()),
        sa.column("message_count"),
        sa.column("size"),
        sa.column("body", sa.LargeBinary()),
    )
    batch = [_as_sent(message) for message in json.loads(row.messages)]
    body = json.dumps({"batch": batch}).encode()
    return sa.insert(new).values(
        source_id=row.source_id,
        received_at=row.received_at,
        message_count=len(batch),
        size=len(body),
        body=body,
    )


def _as_sent(message: dict) -> dict:
    is_about_someone = message["type"] in {"identify", "group"}
    return {
        "type": message["type"],
        "messageId": message["message_id"],
        "event": message["name"],
        "timestamp": message["occurred_at"],
        "userId": message["person_id"],
        "anonymousId": message["anonymous_id"],
        "previousId": message["previous_id"],
        "traits" if is_about_someone else "properties": message["properties"],
    }
