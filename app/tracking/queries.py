"""Reading sources, the inbox, event names, and the events themselves."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import ibis.expr.types as ir
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from app import storage
from app.extensions import db
from app.lake import engine, logs
from app.tracking import arriving, charts, events, identity, interactions, tallies, vocabulary
from app.tracking.arriving import Arrivals
from app.tracking.charts import Chart, Period
from app.tracking.flushing import Entry
from app.tracking.models import (
    EventName,
    IdentityDecision,
    IdentityLink,
    InboxEntry,
    InboxFlush,
    RefusedMessage,
    Source,
)
from app.tracking.names import EventKind
from app.tracking.newest import Filter
from app.tracking.vocabulary import KnownName
from app.tracking.write_keys import OpenedSource

LATEST = 100
# So few are not worth adding up how large they are.
FEW_REQUESTS = 100


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


def unmapped_names() -> list[KnownName]:
    """Return names that came and that mean nothing yet, the most frequent first."""
    kinds = meanings()
    return vocabulary.unmapped(tallies.tracked_names(arriving.tally(kinds)), kinds)


def known_names() -> list[KnownName]:
    """Return the names with a meaning, each with how many events came with it."""
    kinds = meanings()
    return vocabulary.known(tallies.by_name(arriving.tally(kinds)), kinds)


def links(person_id: str | None = None) -> Iterator[identity.Link]:
    """Yield who was identified when, as far as it counts; of one person's anonymous ids, or all."""
    return identity.accepted(all_links(person_id), denied(person_id))


def all_links(person_id: str | None = None) -> Iterator[identity.Link]:
    """Yield who was identified when, whether or not it was taken back since."""
    found = select(IdentityLink.anonymous_id, IdentityLink.since, IdentityLink.person_id)
    if person_id is not None:
        found = found.where(IdentityLink.anonymous_id.in_(_ids_of(person_id)))
    for row in db.session.execute(found.execution_options(yield_per=10_000)):
        yield identity.Link(row.anonymous_id, row.since, row.person_id)


def decisions(person_id: str | None = None) -> dict[tuple[str, str], IdentityDecision]:
    """Return what was decided last of each pair of an anonymous id and a person."""
    found = select(IdentityDecision).order_by(IdentityDecision.id)
    if person_id is not None:
        found = found.where(IdentityDecision.anonymous_id.in_(_ids_of(person_id)))
    return {(each.anonymous_id, each.person_id): each for each in db.session.scalars(found)}


def denied(person_id: str | None = None) -> dict[tuple[str, str], datetime]:
    """Return the pairs of an anonymous id and a person that do not count, and up to when."""
    found = decisions(person_id).items()
    return {pair: decision.decided_at for pair, decision in found if not decision.is_theirs}


def _ids_of(person_id: str) -> Select[str]:
    return select(IdentityLink.anonymous_id).where(IdentityLink.person_id == person_id)


@contextmanager
def opened_events(person_id: str | None = None) -> Iterator[tuple[Any, ir.Table]]:
    """Give a session and the events in it, each with the person who did it, if that is known."""
    spans = identity.spans(links(person_id))
    with engine.connection(storage.spill()) as session:
        yield session, with_people(session, spans)


def with_people(session: Any, spans: Any) -> ir.Table:
    """Return the events, also those of datasets, in the session, with the people of these spans."""
    stored = logs.opened(session, storage.lake(), events.TABLE, events.SCHEMA)
    table = interactions.beside(session, stored, meanings())
    return identity.with_person(table, logs.given(session, "identity_spans", spans))


def interactions_of(session: Any, person_id: str) -> ir.Table | None:
    """Return what a person did by datasets, as rows of the events table; None where none could."""
    if not interactions.list_schemas():
        return None
    return interactions.of_person(session, person_id, links(person_id), meanings())


def arrivals(wanted: Filter | None = None) -> Arrivals:
    """Return the events that came last and fit, and how many there are of each."""
    return arriving.found(wanted or Filter(), meanings())


def event_charts(period: Period, *, now: datetime) -> list[Chart]:
    """Return how many events there were when, by what they are."""
    return charts.drawn(arriving.tally(meanings()), period, now=now)


def event_words() -> list[str]:
    """Return the events there are, or could be: our kinds first, then what was received."""
    found = {event for event, _number in tallies.by_event(arriving.tally(meanings()))}
    kinds = [kind.value for kind in EventKind]
    return kinds + sorted(found - set(kinds))


def property_words() -> list[str]:
    """Return the names of properties that the last events had."""
    found = interactions.property_names()
    for row in arrivals().rows:
        found.update(json.loads(row["properties"]))
    return ["amount", *sorted(found - {"amount"})]
