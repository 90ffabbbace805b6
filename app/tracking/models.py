"""Sources of events, the inbox they wait in, what their names mean, who was whom."""

from datetime import datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.columns import CompressedBytes, UtcDateTime, status_enum
from app.extensions import Model
from app.tracking.messages import LONGEST_ID, MessageType
from app.tracking.names import EventKind

# SQLite numbers rows by itself only where the key is a plain INTEGER.
_ROW_ID = BigInteger().with_variant(Integer, "sqlite")


class Source(Model):
    """Something that sends events; its write key is public, as it stands in web pages."""

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    write_key: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Pages of which sites may send with it; none for any. Whoever is no browser names no site.
    allowed_origins: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    # How many requests it takes a minute; none for as many as come.
    requests_a_minute: Mapped[int | None] = mapped_column()


class InboxEntry(Model):
    """The body of one request as it came, until its messages are in the events table."""

    __tablename__ = "inbox_entry"

    id: Mapped[int] = mapped_column(_ROW_ID, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="RESTRICT"))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    message_count: Mapped[int] = mapped_column()
    size: Mapped[int] = mapped_column()
    # The route's, where it takes one kind; a batch says of each message what it is.
    kind: Mapped[MessageType | None] = mapped_column(status_enum(MessageType))
    body: Mapped[bytes] = mapped_column(CompressedBytes)


class InboxFlush(Model):
    """The entries that are being moved to the events table.

    The table has the number of the last one that it has, so that a flush which died is known.
    """

    __tablename__ = "inbox_flush"

    number: Mapped[int] = mapped_column(_ROW_ID, primary_key=True, autoincrement=False)
    # The first and the last id of each unbroken series.
    entry_ranges: Mapped[list[list[int]]] = mapped_column(JSON)


class RefusedMessage(Model):
    """A message that could not be taken in, as far as it could be read, and why."""

    __tablename__ = "refused_message"

    id: Mapped[int] = mapped_column(_ROW_ID, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    reason: Mapped[str] = mapped_column(Text)
    raw: Mapped[str] = mapped_column(Text)

    source: Mapped[Source] = relationship(lazy="raise_on_sql")


class EventName(Model):
    """What a name that clients send means here."""

    __tablename__ = "event_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_ID), unique=True)
    # None: the name is known, but means none of ours; the event keeps its own name.
    kind: Mapped[EventKind | None] = mapped_column(status_enum(EventKind))


class IdentityLink(Model):
    """From this moment on, what an anonymous id does, a person does."""

    __tablename__ = "identity_link"
    __table_args__ = (
        UniqueConstraint("anonymous_id", "since"),
        Index("ix_identity_link_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(_ROW_ID, primary_key=True)
    anonymous_id: Mapped[str] = mapped_column(String(LONGEST_ID))
    person_id: Mapped[str] = mapped_column(String(LONGEST_ID))
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class IdentityDecision(Model):
    """What a person of ours said of an anonymous id: that it is not this person, or is after all.

    The newest for a pair counts. It speaks of what was identified up to then, never of later.
    """

    __tablename__ = "identity_decision"
    __table_args__ = (
        Index("ix_identity_decision_anonymous_id", "anonymous_id"),
        Index("ix_identity_decision_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(_ROW_ID, primary_key=True)
    anonymous_id: Mapped[str] = mapped_column(String(LONGEST_ID))
    person_id: Mapped[str] = mapped_column(String(LONGEST_ID))
    is_theirs: Mapped[bool] = mapped_column()
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[str] = mapped_column(String(254), default="")
