"""Segment groups, segments, members, and every message and item that the webhook received."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.columns import UtcDateTime, status_enum
from app.extensions import Model
from app.site.segments.messages import LONGEST_ID, UpdateType

# SQLite numbers rows by itself only where the key is a plain INTEGER.
_ROW_ID = BigInteger().with_variant(Integer, "sqlite")


class MessageStatus(StrEnum):
    """How far a message is."""

    QUEUED = "queued"
    PROCESSED = "processed"

    @property
    def is_active(self) -> bool:
        """Tell whether items of it are still to be worked."""
        return self is MessageStatus.QUEUED

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return "info" if self.is_active else "good"


class ItemStatus(StrEnum):
    """What became of an item."""

    QUEUED = "queued"
    APPLIED = "applied"
    SUPERSEDED = "superseded"
    UNKNOWN_PERSON = "unknown person"
    UNKNOWN_SEGMENT = "unknown segment"
    DETACHED = "segment detached"
    REFUSED = "refused"

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _TONES.get(self, "warn")


_TONES = {
    ItemStatus.QUEUED: "info",
    ItemStatus.APPLIED: "good",
    ItemStatus.SUPERSEDED: "neutral",
    ItemStatus.REFUSED: "bad",
}


class SegmentGroup(Model):
    """The segments of one activation; its identifier stands in each message."""

    __tablename__ = "segment_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    identifier: Mapped[str] = mapped_column(String(LONGEST_ID), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Segment(Model):
    """An audience of the platform as the site knows it."""

    __tablename__ = "segment"
    __table_args__ = (UniqueConstraint("group_id", "audience_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("segment_group.id", ondelete="CASCADE"))
    audience_id: Mapped[str] = mapped_column(String(LONGEST_ID))
    name: Mapped[str] = mapped_column(Text)
    # By name of the property: {"value": what was sent, "item": the id of the item that sent it}.
    properties: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    detached_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The item that named it last; one that came before it names it no more.
    named_item_id: Mapped[int] = mapped_column(BigInteger, default=0)
    # Items up to this one came before the segment was last detached: they count no more.
    cleared_item_id: Mapped[int] = mapped_column(BigInteger, default=0)

    group: Mapped[SegmentGroup] = relationship(lazy="raise_on_sql")

    @property
    def is_detached(self) -> bool:
        """Tell whether the platform keeps it up to date no more."""
        return self.detached_at is not None


class SegmentMember(Model):
    """How a person stands in a segment; who left is kept, to know which changes are older."""

    __tablename__ = "segment_member"
    __table_args__ = (Index("ix_segment_member_standing", "segment_id", "is_member", "person_id"),)

    segment_id: Mapped[int] = mapped_column(
        ForeignKey("segment.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[str] = mapped_column(String(LONGEST_ID), primary_key=True)
    is_member: Mapped[bool] = mapped_column()
    # The sender's number of the change, where it gave one, and the id of the item that brought it.
    sequence: Mapped[int | None] = mapped_column(BigInteger)
    item_id: Mapped[int] = mapped_column(BigInteger)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class WebhookMessage(Model):
    """One message that was taken in, once, with the answer it was given."""

    __tablename__ = "webhook_message"
    __table_args__ = (UniqueConstraint("client_id", "webhook_id"),)

    id: Mapped[int] = mapped_column(_ROW_ID, primary_key=True)
    # What the sender is told to ask by; ids of rows tell nothing about others so.
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("segment_group.id", ondelete="RESTRICT"))
    client_id: Mapped[str] = mapped_column(String(LONGEST_ID))
    webhook_id: Mapped[str] = mapped_column(String(LONGEST_ID))
    update_type: Mapped[UpdateType] = mapped_column(status_enum(UpdateType), index=True)
    body_size: Mapped[int] = mapped_column()
    body_sha256: Mapped[str] = mapped_column(String(64))
    item_count: Mapped[int] = mapped_column()
    status: Mapped[MessageStatus] = mapped_column(status_enum(MessageStatus), index=True)
    pending_batch_count: Mapped[int] = mapped_column(default=0)
    answer_status: Mapped[int] = mapped_column()
    answer: Mapped[dict[str, Any]] = mapped_column(JSON)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    processed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    group: Mapped[SegmentGroup] = relationship(lazy="raise_on_sql")


class WebhookBatch(Model):
    """Items that one job works, in one transaction: all of them or none."""

    __tablename__ = "webhook_batch"

    id: Mapped[int] = mapped_column(_ROW_ID, primary_key=True)
    message_id: Mapped[int] = mapped_column(
        ForeignKey("webhook_message.id", ondelete="CASCADE"), index=True
    )
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handed_over_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    worked_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


class WebhookItem(Model):
    """One item of a message, as it was sent, and what became of it."""

    __tablename__ = "webhook_item"
    __table_args__ = (
        Index("ix_webhook_item_of_message", "message_id", "position"),
        Index("ix_webhook_item_by_status", "message_id", "status"),
        Index("ix_webhook_item_of_segment", "group_id", "audience_id", "id"),
        Index("ix_webhook_item_waiting", "group_id", "audience_id", "status"),
    )

    id: Mapped[int] = mapped_column(_ROW_ID, primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("webhook_message.id", ondelete="CASCADE"))
    batch_id: Mapped[int | None] = mapped_column(
        ForeignKey("webhook_batch.id", ondelete="SET NULL"), index=True
    )
    group_id: Mapped[int] = mapped_column(ForeignKey("segment_group.id", ondelete="RESTRICT"))
    position: Mapped[int] = mapped_column()
    update_type: Mapped[UpdateType] = mapped_column(status_enum(UpdateType))
    audience_id: Mapped[str | None] = mapped_column(String(LONGEST_ID))
    person_id: Mapped[str | None] = mapped_column(String(LONGEST_ID))
    membership: Mapped[bool | None] = mapped_column()
    sequence: Mapped[int | None] = mapped_column(BigInteger)
    # The audience's in a create, the property's in metadata.
    name: Mapped[str | None] = mapped_column(Text)
    raw: Mapped[str] = mapped_column(Text)
    status: Mapped[ItemStatus] = mapped_column(status_enum(ItemStatus))
    # Why it was refused.
    reason: Mapped[str | None] = mapped_column(Text)


class WebhookRefusal(Model):
    """A request that was not taken in, and why; only the newest are kept."""

    __tablename__ = "webhook_refusal"

    id: Mapped[int] = mapped_column(_ROW_ID, primary_key=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[int] = mapped_column()
    code: Mapped[str] = mapped_column(String(64))
    detail: Mapped[str] = mapped_column(Text)
    client_id: Mapped[str] = mapped_column(String(LONGEST_ID))
    remote_address: Mapped[str] = mapped_column(String(64))
