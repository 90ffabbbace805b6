"""Taking events in durably, moving them to their table once, saying what their names mean."""

import json
import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app import storage
from app.extensions import db
from app.queue import JobName, ring_once
from app.suppressions import queries as suppressions
from app.suppressions.suppressed import Suppressed
from app.tracking import events, identity, queries
from app.tracking.messages import Message, MessageType
from app.tracking.models import EventName, IdentityLink, InboxEntry, RefusedMessage, Source
from app.tracking.names import DEFAULT_NAMES, EventKind

log = logging.getLogger(__name__)

MESSAGES_A_FLUSH = 20_000
LONGEST_RAW = 2_000


class SourceNameTaken(Exception):
    """Another source has this name."""


class SourceNameInvalid(Exception):
    """A source's name is empty or too long."""


class SourceInUse(Exception):
    """Messages of the source still wait to be stored."""


@dataclass(frozen=True)
class Refusal:
    """A message that cannot be taken in, and why."""

    reason: str
    raw: Any


def create_source(*, name: str, now: datetime) -> Source:
    """Add a source with a write key of its own; raise SourceNameInvalid or SourceNameTaken."""
    name = name.strip()
    if not 0 < len(name) <= 120:
        raise SourceNameInvalid(name)
    source = Source(name=name, write_key=secrets.token_urlsafe(24), created_at=now)
    db.session.add(source)
    try:
        db.session.commit()
    except IntegrityError as failure:
        db.session.rollback()
        raise SourceNameTaken(name) from failure
    log.info("source.created", extra={"source_id": source.id})
    return source


def delete_source(*, source_id: int) -> None:
    """Let a write key open nothing any more; its events stay. Raises SourceInUse."""
    db.session.delete(db.session.get_one(Source, source_id))
    try:
        db.session.commit()
    except IntegrityError as failure:
        db.session.rollback()
        raise SourceInUse(source_id) from failure
    log.info("source.deleted", extra={"source_id": source_id})


def receive(
    *,
    source_id: int,
    messages: Sequence[Message],
    refused: Sequence[Refusal],
    now: datetime,
) -> None:
    """Keep what one request brought, in one transaction; once this returns, it is durable."""
    if messages:
        db.session.add(
            InboxEntry(
                source_id=source_id,
                received_at=now,
                message_count=len(messages),
                messages=json.dumps([message.to_dict() for message in messages]),
            )
        )
    suppressed = suppressions.suppressed() if refused else Suppressed()
    for each in refused:
        raw = "" if suppressed.refuses_raw(each.raw) else json.dumps(each.raw)[:LONGEST_RAW]
        db.session.add(
            RefusedMessage(source_id=source_id, received_at=now, reason=each.reason, raw=raw)
        )
    source = db.session.get_one(Source, source_id)
    source.received_at = now
    db.session.commit()
    if messages:
        ring_once(JobName.FLUSH_INBOX)


def flush_inbox() -> None:
    """Move what waits to the events table, the oldest first, each message once."""
    lake = storage.lake()
    while True:
        # Read under the lock: a flush elsewhere may just have moved the same entries.
        with lake.writer_lock(events.TABLE):
            entries = _next_entries()
            if not entries:
                return
            count = _flush(entries)
        log.info("inbox.flushed", extra={"event_count": count, "entry_count": len(entries)})


def map_event_name(*, name: str, kind: EventKind | None) -> None:
    """Say what a name means from now on; events that are stored keep what they were taken for."""
    row = db.session.scalar(select(EventName).where(EventName.name == name))
    if row is None:
        db.session.add(EventName(name=name, kind=kind))
    else:
        row.kind = kind
    try:
        db.session.commit()
    except IntegrityError:
        # Somebody else named it this very moment; what is said last counts.
        db.session.rollback()
        map_event_name(name=name, kind=kind)


def ensure_event_names() -> None:
    """Begin with the common vocabulary, unless there are names already."""
    if db.session.scalar(select(EventName.id).limit(1)) is None:
        db.session.add_all(EventName(name=n, kind=kind) for n, kind in DEFAULT_NAMES.items())
        db.session.commit()


def _next_entries() -> list[InboxEntry]:
    """Return the oldest entries, as many as one commit takes."""
    taken: list[InboxEntry] = []
    waiting = select(InboxEntry).order_by(InboxEntry.id).limit(MESSAGES_A_FLUSH)
    count = 0
    for entry in db.session.scalars(waiting.execution_options(yield_per=100)):
        taken.append(entry)
        count += entry.message_count
        if count >= MESSAGES_A_FLUSH:
            break
    return taken


def _flush(entries: Sequence[InboxEntry]) -> int:
    """Store the messages of these entries and forget the entries.

    Killed between the two, the next flush finds the messages stored and only forgets.
    """
    messages = [
        (entry.source_id, entry.received_at, Message.from_dict(each))
        for entry in entries
        for each in json.loads(entry.messages)
    ]
    messages = suppressions.kept(messages, who=lambda found: found[2])
    count = events.append_unseen(storage.lake(), events.rows(messages, queries.meanings()))
    for _source, _at, message in messages:
        _link(message)
    db.session.execute(delete(InboxEntry).where(InboxEntry.id.in_([e.id for e in entries])))
    db.session.commit()
    return count


def _link(message: Message) -> None:
    """Keep who an anonymous id turned out to be."""
    is_alias = message.type is MessageType.ALIAS
    anonymous = message.previous_id if is_alias else message.anonymous_id
    if message.type not in {MessageType.IDENTIFY, MessageType.ALIAS}:
        return
    if anonymous is None or message.person_id is None or anonymous == message.person_id:
        return
    link = identity.Link(anonymous, message.occurred_at, message.person_id)
    if not queries.is_linked(link):
        db.session.add(
            IdentityLink(anonymous_id=anonymous, since=link.since, person_id=link.person_id)
        )
