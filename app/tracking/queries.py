"""Reading sources, the inbox, event names, and the events themselves."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis
import ibis.expr.types as ir
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app import storage
from app.extensions import db
from app.lake import engine, logs
from app.tracking import events, identity
from app.tracking.flushing import Entry
from app.tracking.models import (
    EventName,
    IdentityLink,
    InboxEntry,
    InboxFlush,
    RefusedMessage,
    Source,
)
from app.tracking.names import EventKind
from app.tracking.write_keys import OpenedSource

LATEST = 100
# So few are not worth adding up how large they are.
FEW_REQUESTS = 100
IDS_A_QUESTION = 1_000


@dataclass(frozen=True)
class Arrivals:
    """The latest events that fit, and how many fit and there are."""

    rows: list[dict[str, Any]]
    matching_count: int
    total_count: int
    by_event: list[tuple[str, int]]


def list_sources() -> list[Source]:
    """Return all sources, by name."""
    return list(db.session.scalars(select(Source).order_by(Source.name)))


def find_source(source_id: int) -> Source | None:
    """Return the source with this id."""
    return db.session.get(Source, source_id)


def find_source_by_key(write_key: str) -> Source | None:
    """Return the source with this write key."""
    return db.session.scalar(select(Source).where(Source.write_key == write_key))


def opened_source(write_key: str) -> OpenedSource | None:
    """Return what requests with this write key must keep to."""
    source = find_source_by_key(write_key)
    if source is None:
        return None
    return OpenedSource(source.id, tuple(source.allowed_origins), source.requests_a_minute)


def is_inbox_full(most_requests: int, most_bytes: int) -> bool:
    """Tell whether as much waits as may, counted by requests and by their bytes."""
    oldest, newest = db.session.execute(
        select(func.min(InboxEntry.id), func.max(InboxEntry.id))
    ).one()
    count = 0 if newest is None else newest - oldest + 1
    if count < FEW_REQUESTS:
        return False
    if count >= most_requests:
        return True
    return int(db.session.scalar(select(func.sum(InboxEntry.size))) or 0) >= most_bytes


def newest_entry() -> int:
    """Return the id of the entry that came last, or 0."""
    return int(db.session.scalar(select(func.max(InboxEntry.id))) or 0)


def find_flush() -> InboxFlush | None:
    """Return the flush that was begun and not finished."""
    return db.session.scalar(select(InboxFlush).order_by(InboxFlush.number).limit(1))


def next_ranges(newest: int, most_messages: int, most_bytes: int) -> list[list[int]]:
    """Return the ids of the oldest entries as first and last of each unbroken series.

    At least one entry, if one is no newer than `newest`, and no more once a limit is reached.
    """
    ranges: list[list[int]] = []
    waiting = select(InboxEntry.id, InboxEntry.message_count, InboxEntry.size)
    oldest = waiting.where(InboxEntry.id <= newest).order_by(InboxEntry.id).limit(most_messages)
    for row in db.session.execute(oldest.execution_options(yield_per=1_000)):
        if ranges and ranges[-1][1] == row.id - 1:
            ranges[-1][1] = row.id
        else:
            ranges.append([row.id, row.id])
        most_messages -= row.message_count
        most_bytes -= row.size
        if most_messages <= 0 or most_bytes <= 0:
            break
    return ranges


def entries_of(flush: InboxFlush) -> Iterator[Entry]:
    """Yield the entries of a flush, the oldest first."""
    columns = (InboxEntry.source_id, InboxEntry.received_at, InboxEntry.kind, InboxEntry.body)
    for first, last in flush.entry_ranges:
        found = select(*columns).where(InboxEntry.id.between(first, last)).order_by(InboxEntry.id)
        for row in db.session.execute(found.execution_options(yield_per=500)):
            yield Entry(*row)


def links_of(anonymous_ids: Iterable[str]) -> list[identity.Link]:
    """Return who these anonymous ids turned out to be, and since when."""
    columns = (IdentityLink.anonymous_id, IdentityLink.since, IdentityLink.person_id)
    wanted = list(anonymous_ids)
    return [
        identity.Link(*row)
        for begin in range(0, len(wanted), IDS_A_QUESTION)
        for row in db.session.execute(
            select(*columns).where(
                IdentityLink.anonymous_id.in_(wanted[begin : begin + IDS_A_QUESTION])
            )
        )
    ]


def last_heard(source: Source) -> datetime | None:
    """Return when a source last sent something, stored or not."""
    waiting = select(func.max(InboxEntry.received_at)).where(InboxEntry.source_id == source.id)
    found = [db.session.scalar(waiting), source.received_at]
    return max((moment for moment in found if moment is not None), default=None)


def count_waiting() -> int:
    """Return how many messages are in the inbox."""
    return int(db.session.scalar(select(func.sum(InboxEntry.message_count))) or 0)


def count_refused() -> int:
    """Return how many messages were refused and are kept."""
    return int(db.session.scalar(select(func.count(RefusedMessage.id))) or 0)


def list_refused(number: int) -> Pagination:
    """Return a page of refused messages with their sources, the newest first."""
    refused = select(RefusedMessage).options(selectinload(RefusedMessage.source))
    return db.paginate(
        refused.order_by(RefusedMessage.id.desc()), page=number, per_page=50, error_out=False
    )


def meanings() -> dict[str, EventKind | None]:
    """Return what each known event name means."""
    return {row.name: row.kind for row in db.session.scalars(select(EventName))}


def list_event_names() -> list[EventName]:
    """Return the known event names, by name."""
    return list(db.session.scalars(select(EventName).order_by(EventName.name)))


def links(person_id: str | None = None) -> Iterator[identity.Link]:
    """Yield who was identified when; those of one person, or all."""
    found = select(IdentityLink.anonymous_id, IdentityLink.since, IdentityLink.person_id)
    if person_id is not None:
        ids = select(IdentityLink.anonymous_id).where(IdentityLink.person_id == person_id)
        found = found.where(IdentityLink.anonymous_id.in_(ids))
    for row in db.session.execute(found.execution_options(yield_per=10_000)):
        yield identity.Link(row.anonymous_id, row.since, row.person_id)


def anonymous_ids_of(person_id: str) -> list[tuple[str, datetime]]:
    """Return the anonymous ids that were identified as a person, with since when."""
    found = select(IdentityLink.anonymous_id, IdentityLink.since).where(
        IdentityLink.person_id == person_id
    )
    return [(row.anonymous_id, row.since) for row in db.session.execute(found)]


@contextmanager
def opened_events(person_id: str | None = None) -> Iterator[tuple[Any, ir.Table]]:
    """Give a session and the events in it, each with the person who did it, if that is known."""
    spans = identity.spans(links(person_id))
    with engine.connection(storage.staging() / "spill") as session:
        yield session, with_people(session, spans)


def with_people(session: Any, spans: Any) -> ir.Table:
    """Return the events as a relation of the session, with the people of these spans."""
    table = logs.opened(session, storage.lake(), events.TABLE, events.SCHEMA)
    session.register("identity_spans", spans)
    return identity.with_person(table, ibis.duckdb.from_connection(session).table("identity_spans"))


def arrivals(*, event: str = "", limit: int = LATEST) -> Arrivals:
    """Return the events that arrived last, of one kind or all, and how many there are of each."""
    with opened_events() as (session, table):
        grouped = table.group_by("event").aggregate(number=table.count())
        counts = logs.frame(session, grouped.order_by([ibis.desc("number"), "event"])).to_pylist()
        matching = table.filter(table.event == event) if event else table
        latest = matching.order_by([ibis.desc("received_at"), ibis.desc("occurred_at")])
        rows = logs.frame(session, latest.limit(limit)).to_pylist()
    by_event = [(row["event"], row["number"]) for row in counts]
    numbers = dict(by_event)
    return Arrivals(
        rows=rows,
        matching_count=numbers.get(event, 0) if event else sum(numbers.values()),
        total_count=sum(numbers.values()),
        by_event=by_event,
    )


def unmapped_names() -> list[tuple[str, int]]:
    """Return names that clients sent and that mean nothing yet, the most frequent first."""
    known = set(meanings())
    with opened_events() as (session, table):
        tracked = table.filter(table.type == "track")
        grouped = tracked.group_by("name").aggregate(number=tracked.count())
        counts = logs.frame(session, grouped.order_by([ibis.desc("number"), "name"])).to_pylist()
    return [(row["name"], row["number"]) for row in counts if row["name"] not in known]


def event_words() -> list[str]:
    """Return the events there are, or could be: our kinds first, then what was received."""
    with opened_events() as (session, table):
        found = logs.frame(session, table.select("event").distinct()).to_pylist()
    kinds = [kind.value for kind in EventKind]
    return kinds + sorted({row["event"] for row in found} - set(kinds))


def events_of(person_id: str, limit: int = LATEST) -> tuple[list[dict[str, Any]], int]:
    """Return what a person did last, the newest first, and how much there is."""
    with opened_events(person_id) as (session, table):
        own = table.filter(table.person_id == person_id)
        latest = own.order_by([ibis.desc("occurred_at"), "message_id", "part"]).limit(limit)
        count = logs.frame(session, own.aggregate(number=own.count()))
        return logs.frame(session, latest).to_pylist(), int(count["number"][0].as_py())


def newest_link() -> int:
    """Return the id of the link that was made last, or 0."""
    return int(db.session.scalar(select(func.max(IdentityLink.id))) or 0)


def property_words() -> list[str]:
    """Return the names of properties that the last events had."""
    found: set[str] = set()
    for row in arrivals().rows:
        found.update(json.loads(row["properties"]))
    return ["amount", *sorted(found - {"amount"})]
