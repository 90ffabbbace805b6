"""Writing what was received: the message, its items, the batches they are worked in.

Works within the caller's transaction, and commits nothing.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, insert, select, update

from app.extensions import db
from app.site.segments import queries, working
from app.site.segments.credentials import Client
from app.site.segments.messages import Item, UpdateType, WebhookUpdate
from app.site.segments.models import (
    ItemStatus,
    MessageStatus,
    SegmentGroup,
    WebhookBatch,
    WebhookItem,
    WebhookMessage,
)

ITEMS_AN_INSERT = 5_000


@dataclass(frozen=True)
class Incoming:
    """A message as it arrived: whose it is, under which id, its bytes' digest, what it says."""

    client: Client
    webhook_id: str
    body_size: int
    body_sha256: str
    update: WebhookUpdate


@dataclass(frozen=True)
class Bulk:
    """From how many items on a message is queued, in batches of what size, one every how long."""

    threshold: int
    batch_items: int
    interval: timedelta
    status_url: str


def recorded(incoming: Incoming, now: datetime) -> WebhookMessage:
    """Add the message, as one without items yet that was worked at once."""
    message = WebhookMessage(
        public_id=uuid4().hex,
        group_id=group_id(incoming.client.group_identifier, now),
        client_id=incoming.client.client_id,
        webhook_id=incoming.webhook_id,
        update_type=incoming.update.update_type,
        body_size=incoming.body_size,
        body_sha256=incoming.body_sha256,
        item_count=len(incoming.update.items),
        status=MessageStatus.PROCESSED,
        answer_status=200,
        answer={},
        received_at=now,
    )
    db.session.add(message)
    return message


def group_id(identifier: str, now: datetime) -> int:
    """Return the id of a segment group, which is made where there is none."""
    found = select(SegmentGroup.id).where(SegmentGroup.identifier == identifier)
    known = db.session.scalar(found)
    if known is not None:
        return known
    row = working.inserting(SegmentGroup).values(identifier=identifier, created_at=now)
    db.session.execute(row.on_conflict_do_nothing(index_elements=["identifier"]))
    return db.session.scalars(found).one()


def work_now(
    message: WebhookMessage,
    given: WebhookUpdate,
    persons: Collection[str],
    bulk: Bulk,
    now: datetime,
) -> None:
    _insert_items(message, given, [None] * len(given.items))
    items = queries.items_of_message(message.id)
    queued = [item for item in items if item.status is ItemStatus.QUEUED]
    carry_out(message, queued, persons, bulk.batch_items, now)
    counts = Counter(item.status.value.replace(" ", "_") for item in items)
    message.processed_at = now
    message.answer = {"status": "processed", "items": len(items), **counts}


def carry_out(
    message: WebhookMessage,
    items: Sequence[WebhookItem],
    persons: Collection[str],
    batch_items: int,
    now: datetime,
) -> None:
    """Work items; those that came before their segment was made are worked once it is."""
    working.work(message.group_id, items, persons, now)
    made = [item.audience_id for item in items if item.update_type is UpdateType.CREATE]
    if made:
        waiting = (
            (WebhookItem.group_id == message.group_id)
            & WebhookItem.audience_id.in_(made)
            & WebhookItem.status.in_([ItemStatus.UNKNOWN_SEGMENT, ItemStatus.DETACHED])
        )
        requeue(message, waiting, batch_items, now)


def queue(message: WebhookMessage, given: WebhookUpdate, bulk: Bulk, now: datetime) -> None:
    """Cut the items into batches, one due after another."""
    count = -(-len(given.items) // bulk.batch_items)
    batches = [
        WebhookBatch(message_id=message.id, due_at=now + number * bulk.interval)
        for number in range(count)
    ]
    db.session.add_all(batches)
    db.session.flush()
    of_item = [batches[place // bulk.batch_items].id for place in range(len(given.items))]
    _insert_items(message, given, of_item)
    message.status, message.pending_batch_count = MessageStatus.QUEUED, count
    message.answer_status = 202
    message.answer = {
        "status": "queued",
        "batch": message.public_id,
        "href": f"{bulk.status_url}/{message.public_id}",
        "items": len(given.items),
        "refused": sum(item.problem is not None for item in given.items),
    }


def _insert_items(
    message: WebhookMessage, given: WebhookUpdate, batch_ids: Sequence[int | None]
) -> None:
    for start in range(0, len(given.items), ITEMS_AN_INSERT):
        some = given.items[start : start + ITEMS_AN_INSERT]
        rows = [
            _row(message, given.update_type, item, start + place, batch_ids[start + place])
            for place, item in enumerate(some)
        ]
        db.session.execute(insert(WebhookItem), rows)


def _row(
    message: WebhookMessage, kind: UpdateType, item: Item, place: int, batch_id: int | None
) -> dict[str, Any]:
    return {
        "message_id": message.id,
        "batch_id": batch_id,
        "group_id": message.group_id,
        "position": place + 1,
        "update_type": kind,
        "audience_id": item.audience_id,
        "person_id": item.person_id,
        "membership": item.membership,
        "sequence": item.sequence,
        "name": item.name,
        "raw": item.raw,
        "status": ItemStatus.REFUSED if item.problem else ItemStatus.QUEUED,
        "reason": item.problem,
    }


def requeue(
    message: WebhookMessage, which: ColumnElement[bool], batch_items: int, now: datetime
) -> int:
    """Have items worked (again) in batches that belong to a message; return how many items."""
    ids = list(db.session.scalars(select(WebhookItem.id).where(which).order_by(WebhookItem.id)))
    for start in range(0, len(ids), batch_items):
        batch = WebhookBatch(message_id=message.id, due_at=now)
        db.session.add(batch)
        db.session.flush()
        own = update(WebhookItem).where(WebhookItem.id.in_(ids[start : start + batch_items]))
        db.session.execute(own.values(status=ItemStatus.QUEUED, batch_id=batch.id))
    if ids:
        count = -(-len(ids) // batch_items)
        # Counted by the database: other batches of the message may end at this moment.
        message.pending_batch_count = WebhookMessage.pending_batch_count + count
        message.status = MessageStatus.QUEUED
        db.session.flush()
    return len(ids)


def note_worked(message: WebhookMessage, now: datetime) -> None:
    """Count a batch as worked; the last one ends its message."""
    pending = db.session.scalar(
        update(WebhookMessage)
        .where(WebhookMessage.id == message.id)
        .values(pending_batch_count=WebhookMessage.pending_batch_count - 1)
        .returning(WebhookMessage.pending_batch_count)
        .execution_options(synchronize_session=False)
    )
    if pending == 0:
        message.status, message.processed_at = MessageStatus.PROCESSED, now
