"""Taking events in durably, moving them to their table once, saying what their names mean."""

import logging
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from app import storage
from app.extensions import db
from app.lake import compacting
from app.lake.tables import Lake
from app.retention.services import LONGEST_READ
from app.suppressions import queries as suppressions
from app.tracking import events, flushing, linking, queries
from app.tracking.inbox import Arrival, ArrivalUnfit
from app.tracking.models import (
    EventName,
    IdentityDecision,
    InboxEntry,
    InboxFlush,
    RefusedMessage,
    Source,
)
from app.tracking.names import DEFAULT_NAMES, EventKind

log = logging.getLogger(__name__)

# So many that were refused are looked at again, where somebody is suppressed.
NEWEST_REFUSED = 1_000
MESSAGES_A_FLUSH = 50_000
BYTES_A_FLUSH = 64 * 1024 * 1024
# Made once: SQLAlchemy remembers how it compiled them.
_INTO_INBOX = insert(InboxEntry)
_INTO_REFUSED = insert(RefusedMessage)


class SourceNameTaken(Exception):
    """Another source has this name."""


class SourceNameInvalid(Exception):
    """A source's name is empty or too long."""


class NeverIdentified(Exception):
    """The anonymous id was never identified as this person."""


class SourceInUse(Exception):
    """Messages of the source still wait to be stored."""


def create_source(*, name: str, now: datetime) -> Source:
    """Add a source with a write key of its own; raise SourceNameInvalid or SourceNameTaken."""
    name = name.strip()
    # PostgreSQL has no place for NUL.
    if not 0 < len(name) <= 120 or "\0" in name:
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


def limit_source(
    *, source_id: int, allowed_origins: Sequence[str], requests_a_minute: int | None
) -> None:
    """Say which sites' pages may send with a source's key, and how often it may be used."""
    source = db.session.get_one(Source, source_id)
    source.allowed_origins = list(allowed_origins)
    source.requests_a_minute = requests_a_minute
    db.session.commit()
    log.info("source.limited", extra={"source_id": source_id})


def delete_source(*, source_id: int) -> None:
    """Let a write key open nothing any more; its events stay. Raises SourceInUse."""
    db.session.delete(db.session.get_one(Source, source_id))
    try:
        db.session.commit()
    except IntegrityError as failure:
        db.session.rollback()
        raise SourceInUse(source_id) from failure
    log.info("source.deleted", extra={"source_id": source_id})


def receive(connection: Connection, arrivals: Sequence[Arrival]) -> None:
    """Keep what requests brought, in one transaction; once this returns, it is durable.

    The connection is the caller's, open from one call to the next: what a session does for one row
    takes longer than all else for a request. Raises ArrivalUnfit where the source of one is gone.
    """
    entries = [_entry(each) for each in arrivals if each.message_count]
    refused = [flushing.refused_row(each, refusal) for each in arrivals for refusal in each.refused]
    try:
        for insertion, rows in ((_INTO_INBOX, entries), (_INTO_REFUSED, refused)):
            if rows:
                connection.execute(insertion, rows)
        connection.commit()
    except IntegrityError as failure:
        connection.rollback()
        raise ArrivalUnfit from failure


def flush_inbox() -> None:
    """Move what waits to the events table, the oldest first, each message once.

    What comes meanwhile waits for the next time, with more: each flush makes a file.
    """
    _empty_refused()
    lake, newest = storage.lake(), queries.newest_entry()
    while True:
        # Read under the lock: a flush elsewhere may just have moved the same entries.
        with lake.writer_lock(events.TABLE):
            flush = queries.find_flush() or _begin_flush(lake, newest)
            if flush is None:
                return
            count = _finish_flush(lake, flush)
        log.info("inbox.flushed", extra={"event_count": count, "flush": flush.number})


def compact_events() -> None:
    """Make few files of the many that flushes leave, and remove those nobody can be reading."""
    compacting.tidy(
        storage.lake(),
        events.TABLE,
        events.LAYOUT,
        storage.spill(),
        older_than=LONGEST_READ,
    )


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


def decide_identity(
    *, anonymous_id: str, person_id: str, is_theirs: bool, by: str, now: datetime
) -> None:
    """Take an anonymous id away from a person, or give it back; raise NeverIdentified.

    What was identified up to now no longer counts, or counts again; a later identify counts anyway.
    """
    pair = (anonymous_id, person_id)
    found = queries.all_links(person_id)
    if not any((link.anonymous_id, link.person_id) == pair for link in found):
        raise NeverIdentified(anonymous_id, person_id)
    db.session.add(
        IdentityDecision(
            anonymous_id=anonymous_id,
            person_id=person_id,
            is_theirs=is_theirs,
            decided_at=now,
            decided_by=by,
        )
    )
    db.session.commit()
    log.info("identity.decided", extra={"is_theirs": is_theirs})


def ensure_event_names() -> None:
    """Know the common vocabulary, also what a later version added; what is set already stays."""
    known = queries.meanings()
    new = {name: kind for name, kind in DEFAULT_NAMES.items() if name not in known}
    if new:
        db.session.add_all(EventName(name=name, kind=kind) for name, kind in new.items())
        db.session.commit()
        log.info("event_names.added", extra={"name_count": len(new)})


def forget_event_name(*, name: str) -> None:
    """Let a name mean nothing from now on; one of the common vocabulary stands for itself then.

    Its row stays in that case, so that it does not come back by itself.
    """
    row = db.session.scalar(select(EventName).where(EventName.name == name))
    if row is None:
        return
    if name in DEFAULT_NAMES:
        row.kind = None
    else:
        db.session.delete(row)
    db.session.commit()


def _entry(arrival: Arrival) -> dict[str, Any]:
    return {
        "source_id": arrival.source_id,
        "received_at": arrival.received_at,
        "message_count": arrival.message_count,
        "size": len(arrival.body),
        "kind": arrival.kind,
        "body": arrival.body,
    }


def _empty_refused() -> None:
    """Keep of refused messages of suppressed people only why they were refused."""
    suppressed = suppressions.suppressed()
    if not suppressed:
        return
    newest = select(RefusedMessage).where(RefusedMessage.raw != "")
    found = db.session.scalars(newest.order_by(RefusedMessage.id.desc()).limit(NEWEST_REFUSED))
    for refused in found.all():
        if suppressed.refuses_raw(flushing.as_sent(refused.raw)):
            refused.raw = ""
    db.session.commit()


def _begin_flush(lake: Lake, newest: int) -> InboxFlush | None:
    """Write down which entries are moved next, the oldest, as many as one commit takes."""
    ranges = queries.next_ranges(newest, MESSAGES_A_FLUSH, BYTES_A_FLUSH)
    if not ranges:
        return None
    flush = InboxFlush(number=events.last_flush(lake) + 1, entry_ranges=ranges)
    db.session.add(flush)
    db.session.commit()
    return flush


def _finish_flush(lake: Lake, flush: InboxFlush) -> int:
    """Store the messages of a flush once, however often it is begun, and forget its entries."""
    batch = flushing.read(queries.entries_of(flush), queries.meanings(), suppressions.suppressed())
    is_stored = events.last_flush(lake) >= flush.number
    fresh = None if is_stored else events.append_unseen(lake, batch.events, flush.number)
    linking.link(batch.identifications, fresh)
    db.session.add_all(RefusedMessage(**row) for row in batch.refused)
    for source_id, received_at in batch.last_heard.items():
        db.session.get_one(Source, source_id).received_at = received_at
    for first, last in flush.entry_ranges:
        db.session.execute(delete(InboxEntry).where(InboxEntry.id.between(first, last)))
    db.session.delete(flush)
    db.session.commit()
    return 0 if fresh is None else fresh.num_rows
