"""Saving activations, making deliveries of what changed, and bringing them to the other end."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app import encryption, outgoing
from app.activations import delivering, payload, planning, queries
from app.activations.delivering import Means
from app.activations.models import (
    ACTIVE,
    MAY_BE_SENT_AGAIN,
    Activation,
    AttachedAudience,
    AuthMethod,
    Delivery,
    DeliveryStatus,
)
from app.activations.payload import UpdateType
from app.extensions import db
from app.queue import JobName, ring, ring_once

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
# An attempt ends in 30 seconds, whatever the other end does: after this its worker is gone.
SILENCE = timedelta(seconds=45)
# So long one activation keeps a worker; others have their turn then.
LONGEST_TURN = timedelta(seconds=10)
# Where these change, it is another place that knows nothing of what was sent.
_WHERE = ("base_url", "segment_group_identifier", "client_id")


class ActivationNameTaken(Exception):
    """Another activation has this name."""


class EditedElsewhere(Exception):
    """The activation was changed since its page was opened."""


class AlreadyAttached(Exception):
    """The activation sends this audience already."""


class SecretNeeded(Exception):
    """The activation would lead to another host, which must not get a secret that was not meant."""


class NotToBeSent(Exception):
    """The delivery is being sent, was cancelled, or was meant for another place or moment."""


def create_activation(
    *, values: dict[str, Any], secret: str, keys: Sequence[str], now: datetime
) -> Activation:
    """Save a new activation; raise ActivationNameTaken. `values` are its columns by name."""
    activation = Activation(
        **_columns(values),
        encrypted_secret=encryption.encrypted(secret, keys),
        moved_at=now,
        created_at=now,
        changed_at=now,
    )
    db.session.add(activation)
    _commit(activation.name)
    log.info("activation.created", extra={"activation_id": activation.id})
    return activation


def save_activation(
    *,
    activation_id: int,
    version: int,
    values: dict[str, Any],
    secret: str,
    keys: Sequence[str],
    now: datetime,
) -> None:
    """Change an activation, its secret only where one is given; waiting deliveries try at once.

    One that leads elsewhere from now on sends everything anew. Raises EditedElsewhere,
    ActivationNameTaken or SecretNeeded.
    """
    changed = {**_columns(values), "version": version + 1, "changed_at": now}
    activation = db.session.get_one(Activation, activation_id, with_for_update=True)
    if activation.version != version:
        db.session.rollback()
        raise EditedElsewhere(activation_id)
    if not secret and outgoing.host_of(changed["base_url"]) != outgoing.host_of(
        activation.base_url
    ):
        db.session.rollback()
        raise SecretNeeded(activation_id)
    if secret:
        changed["encrypted_secret"] = encryption.encrypted(secret, keys)
    is_elsewhere = any(getattr(activation, name) != changed[name] for name in _WHERE)
    for name, value in changed.items():
        setattr(activation, name, value)
    if is_elsewhere:
        activation.moved_at = now
        planning.begin_anew(activation_id, now, is_elsewhere=True)
    _hurry(activation_id, now)
    _commit(changed["name"])
    _ring_for(activation_id)


def send_everything_again(*, activation_id: int, now: datetime) -> None:
    """Send all members of all attached audiences anew, in place of what waits."""
    planning.begin_anew(activation_id, now)
    db.session.commit()
    _ring_for(activation_id)


def delete_activation(*, activation_id: int) -> None:
    """Delete an activation with its deliveries; the other end is told nothing."""
    db.session.delete(db.session.get_one(Activation, activation_id))
    db.session.commit()
    log.info("activation.deleted", extra={"activation_id": activation_id})


def pause(*, activation_id: int) -> None:
    """Make and send no deliveries until it is resumed."""
    db.session.get_one(Activation, activation_id).is_paused = True
    db.session.commit()


def resume(*, activation_id: int, now: datetime) -> None:
    """Go on where it was paused: what changed meanwhile is sent."""
    db.session.get_one(Activation, activation_id).is_paused = False
    _hurry(activation_id, now)
    db.session.commit()
    _ring_for(activation_id)


def attach_audience(*, activation_id: int, audience_id: int, now: datetime) -> None:
    """Have an activation send an audience from now on; raise AlreadyAttached."""
    db.session.get_one(Activation, activation_id)
    db.session.add(
        AttachedAudience(activation_id=activation_id, audience_id=audience_id, attached_at=now)
    )
    try:
        db.session.commit()
    except IntegrityError as failure:
        db.session.rollback()
        raise AlreadyAttached(audience_id) from failure
    ring_once(JobName.SYNC_AUDIENCE, audience_id=audience_id)


def detach_audience(*, activation_id: int, audience_id: int, now: datetime) -> None:
    """Send an audience no more: drop what waits of it, and tell the other end to forget it."""
    attached = queries.find_attached(activation_id, audience_id)
    if attached is None:
        return
    audience, activation = attached.audience, attached.activation
    # From here on no deliveries of it are planned, until this is through.
    db.session.refresh(attached, with_for_update=True)
    planning.cancel(activation_id, now, public_id=audience.public_id)
    if queries.was_told(activation_id, audience.public_id):
        told = payload.detach(activation.segment_group_identifier, audience.public_id)
        db.session.add(planning.delivery(activation.id, audience, told, now))
    db.session.delete(attached)
    db.session.commit()
    ring_once(JobName.DELIVER, activation_id=activation_id)


def sync_audience(*, audience_id: int, now: datetime) -> None:
    """Make deliveries of what changed in an audience, for each activation that sends it."""
    for attached in queries.list_attached_to(audience_id):
        count = planning.plan(attached, now)
        db.session.commit()
        if count:
            fields = {"activation_id": attached.activation_id, "audience_id": audience_id}
            log.info("sync.planned", extra={**fields, "deliveries": count})
        ring_once(JobName.DELIVER, activation_id=attached.activation_id)


def deliver(*, activation_id: int, means: Means, clock: Clock) -> None:
    """Bring what waits to the other end, in order, until nothing is due or others want to work."""
    until = clock() + LONGEST_TURN
    while clock() <= until:
        claimed = delivering.claim_next(activation_id, SILENCE, clock())
        if claimed is None:
            db.session.rollback()
            return
        _try(claimed, means, clock)
    ring(JobName.DELIVER, activation_id=activation_id)


def test_connection(*, activation_id: int, means: Means, clock: Clock) -> Delivery:
    """Send a heartbeat now and return it with what came of it."""
    activation = db.session.get_one(Activation, activation_id)
    began = clock()
    told = payload.heartbeat(activation.segment_group_identifier)
    beat = planning.delivery(activation_id, None, told, began)
    beat.status, beat.claimed_at = DeliveryStatus.SENDING, began
    db.session.add(beat)
    db.session.flush()
    _try(beat, means, clock, is_last=True)
    return beat


def send_again(*, delivery_id: int, now: datetime) -> None:
    """Have a delivery sent now, or once more; raise NotToBeSent."""
    since = select(Activation.moved_at).where(Activation.id == Delivery.activation_id)
    found = db.session.scalar(
        update(Delivery)
        .where(
            Delivery.id == delivery_id,
            Delivery.status.in_(MAY_BE_SENT_AGAIN),
            Delivery.update_type != UpdateType.HEARTBEAT,
            Delivery.created_at >= since.scalar_subquery(),
        )
        .values(status=DeliveryStatus.QUEUED, next_attempt_at=now, finished_at=None)
        .returning(Delivery.activation_id)
        .execution_options(synchronize_session=False)
    )
    db.session.commit()
    if found is None:
        raise NotToBeSent(delivery_id)
    ring_once(JobName.DELIVER, activation_id=found)


def keep_activations_going(*, now: datetime) -> None:
    """Ring again for audiences with changes that were not sent, and for deliveries that are due."""
    lost = (
        (Delivery.update_type == UpdateType.HEARTBEAT)
        & (Delivery.status == DeliveryStatus.SENDING)
        & (Delivery.claimed_at < now - SILENCE)
    )
    ended = {"status": DeliveryStatus.FAILED, "finished_at": now, "failure": "It was broken off."}
    db.session.execute(update(Delivery).where(lost).values(ended))
    db.session.commit()
    for audience_id in queries.audiences_behind():
        ring_once(JobName.SYNC_AUDIENCE, audience_id=audience_id)
    for activation_id in queries.activations_due(stalled_after=SILENCE, now=now):
        ring_once(JobName.DELIVER, activation_id=activation_id)


def _try(delivery: Delivery, means: Means, clock: Clock, *, is_last: bool = False) -> None:
    """Send a claimed delivery, with no transaction open meanwhile, and keep what came of it."""
    attempt = delivering.prepared(delivery, means)
    db.session.commit()
    began = clock()
    outcome = attempt.carry_out(began)
    is_kept = delivering.note(delivery, outcome, began, clock(), is_last=is_last)
    db.session.commit()
    if is_kept and is_last:
        db.session.refresh(delivery)
    fields = {"delivery_id": delivery.id, "status": outcome.status_code or "-"}
    log.info("delivery.tried", extra={**fields, "failure": outcome.failure or "-"})


def _ring_for(activation_id: int) -> None:
    for attached in queries.list_attached(activation_id):
        ring_once(JobName.SYNC_AUDIENCE, audience_id=attached.audience_id)
    ring_once(JobName.DELIVER, activation_id=activation_id)


def _hurry(activation_id: int, now: datetime) -> None:
    """Let deliveries that wait for their next try be tried at once."""
    waiting = (Delivery.activation_id == activation_id) & Delivery.status.in_(ACTIVE)
    db.session.execute(update(Delivery).where(waiting).values(next_attempt_at=now))


def _columns(values: dict[str, Any]) -> dict[str, Any]:
    """Return the columns a form gives, trimmed."""
    trimmed = {
        name: values[name].strip()
        for name in (
            *("name", "person_identifier", "client_id"),
            *("segment_group_identifier", "base_url"),
        )
    }
    return {**trimmed, "auth_method": AuthMethod(values["auth_method"])}


def _commit(name: str) -> None:
    try:
        db.session.commit()
    except IntegrityError as failure:
        db.session.rollback()
        raise ActivationNameTaken(name) from failure
