"""What sites are told of a person, and what is kept of what they were told.

Works within the caller's transactions, and commits nothing.
"""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from app.activations import queries as activations
from app.activations.models import (
    ACTIVE,
    Activation,
    AttachedAudience,
    Delivery,
    DeliveryAttempt,
    DeliveryStatus,
)
from app.activations.payload import UpdateType
from app.audiences import changes
from app.audiences.evaluation import services as evaluation
from app.audiences.models import Audience, AudienceStatus
from app.erasures.places import Place
from app.erasures.work import NotYet, Steps, Work
from app.extensions import db
from app.lake import erasing
from app.lake.engine import literal
from app.queue import JobName, ring_once

ERASED = "[erased]"
TAKING_OUT = "audiences"


def take_out(work: Work) -> Steps:
    """Take the person out of all audiences, so that sites are told."""
    person_id = work.subject.person_id
    known = set(db.session.scalars(select(Audience.public_id)))
    work.begin(TAKING_OUT, Place.EXITS, len(known & set(changes.looked_up(work.lake, person_id))))
    yield
    evaluation.take_out(person_id=person_id, now=work.clock())
    work.end(TAKING_OUT)
    yield


def empty(work: Work) -> Steps:
    """Once every site was told or refuses to be, empty what was sent and the log of memberships."""
    _refuse_evaluations(work)
    yield from take_out(work)
    _refuse_untold(work)
    _refuse_waiting(work)
    person_id = work.subject.person_id
    for delivery_id, _status, _activation in list(_naming(person_id)):
        work.count(Place.DELIVERIES, _emptied(delivery_id, person_id))
        yield
    _empty_answers(work)
    yield
    with work.lake.writer_lock(changes.TABLE):
        condition = f"person_id = {literal(person_id)}"
        yield from work.remove_rows(changes.TABLE, Place.MEMBERSHIP, condition)


def count_sent(person_id: str) -> int:
    """Return how many deliveries name a person."""
    return sum(1 for _ in _naming(person_id))


def count_memberships(work: Work, *, is_past: bool = False) -> int:
    """Return how many entries of the log of memberships are of the person."""
    condition = f"person_id = {literal(work.subject.person_id)}"
    return erasing.count_rows(work.lake, changes.TABLE, condition, is_past=is_past)


def _refuse_evaluations(work: Work) -> None:
    """Raise NotYet while an audience is evaluated by what was there before it was removed."""
    since = work.erasure.emptied_at or work.clock()
    older = select(Audience.name).where(
        Audience.status == AudienceStatus.EVALUATING, Audience.claimed_at <= since
    )
    if (name := db.session.scalar(older.limit(1))) is not None:
        raise NotYet(f"It waits for the audience “{name}” to be evaluated, which began before.")


def _refuse_untold(work: Work) -> None:
    """Raise NotYet while an activation has not made deliveries of the person's exit."""
    last = changes.last_of(work.lake, work.subject.person_id)
    found = select(AttachedAudience).join(Audience).where(Audience.public_id.in_(list(last)))
    loaded = found.options(
        joinedload(AttachedAudience.audience), joinedload(AttachedAudience.activation)
    ).execution_options(populate_existing=True)
    for attached in db.session.scalars(loaded).all():
        audience = attached.audience
        if audience.evaluated_at is None or attached.sent_sequence >= last[audience.public_id]:
            continue
        ring_once(JobName.SYNC_AUDIENCE, audience_id=audience.id)
        raise NotYet(_why(attached.activation))


def _refuse_waiting(work: Work) -> None:
    """Raise NotYet while a message that names the person is still to be sent, as it was signed."""
    for _delivery_id, status, activation_id in _naming(work.subject.person_id):
        if status in ACTIVE:
            raise NotYet(_why(db.session.get_one(Activation, activation_id)))


def _why(activation: Activation) -> str:
    if activation.is_paused:
        return f"The activation “{activation.name}” is paused: its site is not told yet. Resume it."
    trouble = activations.troubles([activation.id]).get(activation.id, "")
    return f"It waits for the site of “{activation.name}” to be told. {trouble}".strip()


def _naming(person_id: str) -> Iterator[tuple[int, DeliveryStatus, int]]:
    """Yield the deliveries whose message names a person: id, status, and id of the activation."""
    needle = json.dumps(person_id, ensure_ascii=False).encode()
    found = (
        select(Delivery.id, Delivery.status, Delivery.activation_id, Delivery.body)
        .where(Delivery.update_type == UpdateType.MEMBERSHIP_CHANGES)
        .order_by(Delivery.id)
        .execution_options(yield_per=10)
    )
    for row in db.session.execute(found):
        if needle in row.body and _theirs(json.loads(row.body), person_id):
            yield row.id, row.status, row.activation_id


def _theirs(message: dict[str, Any], person_id: str) -> list[Any]:
    return [each for each in message["data"]["changes"] if each["personId"] == person_id]


def _emptied(delivery_id: int, person_id: str) -> int:
    """Take their changes out of a message; return how many."""
    own = Delivery.id == delivery_id
    message = json.loads(db.session.scalars(select(Delivery.body).where(own)).one())
    told = message["data"]["changes"]
    kept = [each for each in told if each["personId"] != person_id]
    message["data"]["changes"] = kept
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    values = {"body": body, "body_size": len(body), "item_count": len(kept)}
    db.session.execute(update(Delivery).where(own).values(values))
    return len(told) - len(kept)


def _empty_answers(work: Work) -> None:
    """Take the identifier out of what sites answered, where it can be told from other text."""
    for text in work.subject.texts:
        for column in (DeliveryAttempt.answer, DeliveryAttempt.failure, Delivery.failure):
            found = db.session.scalars(
                select(column.class_).where(column.contains(text, autoescape=True))
            )
            for row in found.all():
                setattr(row, column.key, getattr(row, column.key).replace(text, ERASED))
                work.count(Place.DELIVERIES, 1)
