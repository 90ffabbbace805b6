"""Activations, the audiences they send, deliveries and their attempts."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String, Text, text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.activations.payload import UpdateType
from app.audiences.models import Audience
from app.columns import UtcDateTime, status_enum
from app.extensions import Model

# SQLite numbers rows by itself only where the key is a plain INTEGER.
_ROW_ID = BigInteger().with_variant(Integer, "sqlite")


class AuthMethod(StrEnum):
    """How client id and secret go along."""

    BASIC = "basic"
    HEADERS = "headers"


class DeliveryStatus(StrEnum):
    """How far a delivery is."""

    QUEUED = "queued"
    SENDING = "sending"
    DELIVERED = "delivered"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_active(self) -> bool:
        """Tell whether it is still to arrive."""
        return self in ACTIVE

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _TONES[self]


ACTIVE = frozenset({DeliveryStatus.QUEUED, DeliveryStatus.SENDING})
MAY_BE_SENT_AGAIN = frozenset(
    {DeliveryStatus.FAILED, DeliveryStatus.QUEUED, DeliveryStatus.DELIVERED}
)
_TONES = {
    DeliveryStatus.QUEUED: "neutral",
    DeliveryStatus.SENDING: "info",
    DeliveryStatus.DELIVERED: "good",
    DeliveryStatus.FAILED: "bad",
    DeliveryStatus.CANCELLED: "warn",
}


_WAITS = "status IN ('queued', 'sending')"


class Activation(Model):
    """A place that audiences are sent to, and what opens it."""

    __tablename__ = "activation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    person_identifier: Mapped[str] = mapped_column(String(120))
    client_id: Mapped[str] = mapped_column(String(200))
    encrypted_secret: Mapped[str] = mapped_column(Text)
    auth_method: Mapped[AuthMethod] = mapped_column(status_enum(AuthMethod))
    segment_group_identifier: Mapped[str] = mapped_column(String(200))
    base_url: Mapped[str] = mapped_column(String(2000))
    is_paused: Mapped[bool] = mapped_column(default=False)
    # Since when it leads where it does; what was made before was meant for another place.
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    attached: Mapped[list["AttachedAudience"]] = relationship(
        lazy="raise_on_sql", back_populates="activation", passive_deletes=True
    )


class AttachedAudience(Model):
    """An audience that an activation sends, and how much of its log was made into deliveries."""

    __tablename__ = "attached_audience"
    __table_args__ = (Unique("activation_id", "audience_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activation_id: Mapped[int] = mapped_column(ForeignKey("activation.id", ondelete="CASCADE"))
    audience_id: Mapped[int] = mapped_column(
        ForeignKey("audience.id", ondelete="RESTRICT"), index=True
    )
    sent_sequence: Mapped[int] = mapped_column(BigInteger, default=0)
    # The name the other end was told; none before the first delivery.
    sent_name: Mapped[str | None] = mapped_column(String(120))
    # The version of the audience whose description the other end was told.
    sent_version: Mapped[int] = mapped_column(default=0)
    attached_at: Mapped[datetime] = mapped_column(UtcDateTime)

    activation: Mapped[Activation] = relationship(lazy="raise_on_sql", back_populates="attached")
    audience: Mapped[Audience] = relationship(lazy="raise_on_sql")

    @property
    def is_up_to_date(self) -> bool:
        """Tell whether every change that was found is in a delivery."""
        is_described = self.sent_version >= self.audience.version
        return is_described and self.sent_sequence >= self.audience.sequence


class Delivery(Model):
    """One message, as the very bytes that are signed and sent; sent in the order they were made."""

    __tablename__ = "delivery"
    __table_args__ = (
        Index("ix_delivery_of_activation", "activation_id", "id"),
        Index(
            "ix_delivery_waiting",
            "activation_id",
            "id",
            sqlite_where=text(_WAITS),
            postgresql_where=text(_WAITS),
        ),
    )

    id: Mapped[int] = mapped_column(_ROW_ID, primary_key=True)
    activation_id: Mapped[int] = mapped_column(ForeignKey("activation.id", ondelete="CASCADE"))
    # The audience's name for others; the row may be gone when the delivery is looked at.
    audience_public_id: Mapped[str | None] = mapped_column(String(32))
    audience_name: Mapped[str] = mapped_column(String(120))
    webhook_id: Mapped[str] = mapped_column(String(64), unique=True)
    update_type: Mapped[UpdateType] = mapped_column(status_enum(UpdateType))
    body: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    body_size: Mapped[int] = mapped_column()
    item_count: Mapped[int] = mapped_column()
    status: Mapped[DeliveryStatus] = mapped_column(status_enum(DeliveryStatus))
    attempt_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_attempt_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # What went wrong the last time, as a sentence.
    failure: Mapped[str | None] = mapped_column(Text)

    @property
    def may_be_sent_again(self) -> bool:
        """Tell whether a person may have it sent: a heartbeat not, nor what was meant elsewhere."""
        is_of_this_place = self.created_at >= self.activation.moved_at
        is_message = self.update_type is not UpdateType.HEARTBEAT
        return is_of_this_place and is_message and self.status in MAY_BE_SENT_AGAIN

    activation: Mapped[Activation] = relationship(lazy="raise_on_sql")


class DeliveryAttempt(Model):
    """One try to deliver, and what came of it."""

    __tablename__ = "delivery_attempt"

    id: Mapped[int] = mapped_column(_ROW_ID, primary_key=True)
    delivery_id: Mapped[int] = mapped_column(
        ForeignKey("delivery.id", ondelete="CASCADE"), index=True
    )
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    milliseconds: Mapped[int] = mapped_column()
    status_code: Mapped[int | None] = mapped_column()
    failure: Mapped[str | None] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
