"""The deliveries of one activation, one at a time and in order, each by one worker.

Works within the caller's transactions, and commits nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from app import encryption
from app.activations import sending
from app.activations.models import ACTIVE, Activation, Delivery, DeliveryAttempt, DeliveryStatus
from app.activations.payload import UpdateType
from app.activations.sending import Outcome, Target
from app.extensions import db


@dataclass(frozen=True)
class Means:
    """What delivering needs of the settings: the keys of secrets, and where requests may go."""

    keys: Sequence[str]
    is_private_allowed: bool


@dataclass(frozen=True)
class Attempt:
    """One try: where to, under which id, which bytes. No target where the secret is unreadable."""

    target: Target | None
    webhook_id: str
    body: bytes

    def carry_out(self, now: datetime) -> Outcome:
        """Send, and return what came of it."""
        if self.target is None:
            sentence = "The stored client secret cannot be decrypted any more. Enter it again."
            return Outcome(None, sentence, "", 0)
        return sending.send(self.target, self.webhook_id, self.body, now)


def claim_next(activation_id: int, stalled_after: timedelta, now: datetime) -> Delivery | None:
    """Return the oldest delivery that waits, as ours to send; none while it is not its time.

    One that is being sent keeps those after it waiting, unless its sender fell silent.
    """
    first = (
        select(Delivery.id)
        .join(Activation)
        .where(
            Delivery.activation_id == activation_id,
            Delivery.status.in_(ACTIVE),
            Delivery.update_type != UpdateType.HEARTBEAT,
            Activation.is_paused.is_(False),
        )
        .order_by(Delivery.id)
        .limit(1)
    )
    delivery_id = db.session.scalar(first)
    claimed = db.session.scalar(
        update(Delivery)
        .where(Delivery.id == delivery_id, is_due(stalled_after, now))
        .values(status=DeliveryStatus.SENDING, claimed_at=now)
        .returning(Delivery.id)
    )
    if claimed is None:
        return None
    return db.session.get(Delivery, claimed, populate_existing=True)


def is_due(stalled_after: timedelta, now: datetime):  # type: ignore[no-untyped-def]
    """Return the condition that a delivery may be sent now."""
    return or_(
        (Delivery.status == DeliveryStatus.QUEUED) & (Delivery.next_attempt_at <= now),
        (Delivery.status == DeliveryStatus.SENDING) & (Delivery.claimed_at < now - stalled_after),
    )


def prepared(delivery: Delivery, means: Means) -> Attempt:
    """Return all that a try needs, so that it holds no transaction open while it lasts."""
    activation = db.session.get_one(Activation, delivery.activation_id, populate_existing=True)
    try:
        secret = encryption.decrypted(activation.encrypted_secret, means.keys)
    except encryption.SecretUnreadable:
        return Attempt(None, delivery.webhook_id, delivery.body)
    target = Target(
        url=activation.base_url,
        client_id=activation.client_id,
        secret=secret,
        auth_method=activation.auth_method,
        is_private_allowed=means.is_private_allowed,
    )
    return Attempt(target, delivery.webhook_id, delivery.body)


def note(
    delivery: Delivery, outcome: Outcome, began: datetime, now: datetime, *, is_last: bool = False
) -> bool:
    """Keep what came of a try; False where the delivery is no longer ours, or no longer there."""
    values = _standing(delivery.attempt_count + 1, outcome, now, is_last=is_last)
    ours = (
        (Delivery.id == delivery.id)
        & (Delivery.status == DeliveryStatus.SENDING)
        & (Delivery.claimed_at == delivery.claimed_at)
    )
    kept = db.session.scalar(update(Delivery).where(ours).values(values).returning(Delivery.id))
    if kept is None:
        return False
    db.session.add(
        DeliveryAttempt(
            delivery_id=delivery.id,
            began_at=began,
            milliseconds=outcome.milliseconds,
            status_code=outcome.status_code,
            failure=outcome.failure,
            answer=outcome.answer,
        )
    )
    return True


def _standing(count: int, outcome: Outcome, now: datetime, *, is_last: bool) -> dict[str, object]:
    """Return how a delivery stands after so many tries, as values of its columns."""
    values: dict[str, object] = {"attempt_count": count, "failure": outcome.failure}
    if outcome.is_delivered:
        return values | {"status": DeliveryStatus.DELIVERED, "finished_at": now}
    if outcome.is_hopeless or is_last:
        return values | {"status": DeliveryStatus.FAILED, "finished_at": now}
    again = now + sending.pause_after(count, outcome)
    return values | {"status": DeliveryStatus.QUEUED, "next_attempt_at": again}
