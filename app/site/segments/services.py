"""Taking messages in once, working their items, and keeping what was refused."""

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import IntegrityError

from app.extensions import db
from app.queue import JobName, ring, ring_once
from app.site.segments import queries, recording
from app.site.segments.models import (
    ItemStatus,
    WebhookBatch,
    WebhookItem,
    WebhookMessage,
    WebhookRefusal,
)
from app.site.segments.people import Known, PeopleUnreachable
from app.site.segments.recording import Bulk, Incoming

channel = logging.getLogger("cdp.webhook")

MOST_REFUSALS = 1000
# Anybody can be refused for wrong credentials: these must not push the others out.
CREDENTIALS_WRONG, MOST_STRANGERS = "credentials_wrong", 200
MOST_HANDED_OVER = 500
# A batch that cannot be worked, as the site's people do not answer, is tried again after this.
PAUSE = timedelta(seconds=15)


class WebhookIdReused(Exception):
    """A message with this id came before, and was another one."""


def ensure_groups(*, activations: Sequence[Mapping[str, str]], now: datetime) -> None:
    """Have a segment group for each sender that the settings name."""
    for entry in activations:
        recording.group_id(entry["segment_group_identifier"], now)
    db.session.commit()


def receive_message(
    *, incoming: Incoming, bulk: Bulk, known: Known, now: datetime
) -> WebhookMessage:
    """Keep a message with every item, once; few items are worked now, many by the queue.

    One that was received before is returned as it was. Raises WebhookIdReused, PeopleUnreachable.
    """
    earlier = _earlier(incoming)
    if earlier is not None:
        return earlier
    is_bulk = len(incoming.update.items) >= bulk.threshold
    persons = set() if is_bulk else known(incoming.update.person_ids)
    message = recording.recorded(incoming, now)
    if not _is_first():
        return receive_message(incoming=incoming, bulk=bulk, known=known, now=now)
    if is_bulk:
        recording.queue(message, incoming.update, bulk, now)
    else:
        recording.work_now(message, incoming.update, persons, bulk, now)
    db.session.commit()
    if message.status.is_active:
        ring_once(JobName.HAND_OVER_BATCHES)
    told = {"update_type": message.update_type.value, "items": message.item_count}
    channel.info("message.received", extra={"message_id": message.id, **told, **message.answer})
    return message


def hand_over_batches(*, stalled_after: timedelta, now: datetime) -> None:
    """Have each batch that is due worked by a job of its own; hand one that was lost over again."""
    due = (
        select(WebhookBatch.id)
        .where(
            WebhookBatch.worked_at.is_(None),
            WebhookBatch.due_at <= now,
            or_(
                WebhookBatch.handed_over_at.is_(None),
                WebhookBatch.handed_over_at < now - stalled_after,
            ),
        )
        .order_by(WebhookBatch.id)
    )
    ids = list(db.session.scalars(due.limit(MOST_HANDED_OVER)))
    db.session.execute(
        update(WebhookBatch).where(WebhookBatch.id.in_(ids)).values(handed_over_at=now)
    )
    db.session.commit()
    for batch_id in ids:
        ring(JobName.WORK_BATCH, batch_id=batch_id)


def work_batch(*, batch_id: int, known: Known, batch_items: int, now: datetime) -> None:
    """Work the items of a batch, all in one transaction; one that is worked already stays so."""
    batch = db.session.get(WebhookBatch, batch_id)
    if batch is None or batch.worked_at is not None:
        return
    try:
        persons = known(queries.person_ids_of(batch_id))
    except PeopleUnreachable:
        _postpone(batch, now)
        return
    # Only one of several that are rung for gets past this, and the others wait for its end.
    claimed = db.session.scalar(
        update(WebhookBatch)
        .where(WebhookBatch.id == batch_id, WebhookBatch.worked_at.is_(None))
        .values(worked_at=now)
        .returning(WebhookBatch.id)
    )
    if claimed is None:
        db.session.rollback()
        return
    message = db.session.get_one(WebhookMessage, batch.message_id)
    items = queries.items_of_batch(batch_id)
    recording.carry_out(message, items, persons, batch_items, now)
    recording.note_worked(message, now)
    db.session.commit()
    counts = Counter(item.status.value for item in items)
    channel.info("batch.worked", extra={"batch_id": batch_id, "message_id": message.id, **counts})


def try_again(*, message_id: int, batch_items: int, now: datetime) -> int:
    """Have items worked again whose person was not known; return how many."""
    message = db.session.get_one(WebhookMessage, message_id)
    is_unknown = WebhookItem.status == ItemStatus.UNKNOWN_PERSON
    own = is_unknown & (WebhookItem.message_id == message_id)
    count = recording.requeue(message, own, batch_items, now)
    db.session.commit()
    ring_once(JobName.HAND_OVER_BATCHES)
    return count


def keep_refusal(
    *, status: int, code: str, detail: str, client_id: str, remote_address: str, now: datetime
) -> None:
    """Keep that a request was refused, and forget the oldest of its kind that are too many."""
    db.session.rollback()
    refusal = WebhookRefusal(
        status=status,
        code=code,
        detail=detail,
        client_id=client_id,
        remote_address=remote_address[:64],
        received_at=now,
    )
    db.session.add(refusal)
    is_stranger = code == CREDENTIALS_WRONG
    kind = WebhookRefusal.code == code if is_stranger else WebhookRefusal.code != CREDENTIALS_WRONG
    most = MOST_STRANGERS if is_stranger else MOST_REFUSALS
    kept = select(WebhookRefusal.id).where(kind).order_by(WebhookRefusal.id.desc()).limit(most)
    db.session.execute(
        delete(WebhookRefusal).where(kind, WebhookRefusal.id.not_in(kept.scalar_subquery()))
    )
    db.session.commit()


def _postpone(batch: WebhookBatch, now: datetime) -> None:
    """Have a batch handed over again after a while."""
    batch.due_at, batch.handed_over_at = now + PAUSE, None
    db.session.commit()
    channel.warning("batch.postponed", extra={"batch_id": batch.id})


def _is_first() -> bool:
    """Tell whether the message of this transaction is the first: it may come twice at once."""
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        return False
    return True


def _earlier(incoming: Incoming) -> WebhookMessage | None:
    found = queries.find_message(incoming.client.client_id, incoming.webhook_id)
    if found is not None and found.body_sha256 != incoming.body_sha256:
        raise WebhookIdReused(incoming.webhook_id)
    return found
