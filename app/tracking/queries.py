"""Reading sources, the inbox, event names, and the events themselves."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis
import ibis.expr.types as ir
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from app import storage
from app.extensions import db
from app.lake import engine, logs
from app.tracking import events, identity
from app.tracking.models import (
    EventName,
    IdentityDecision,
    IdentityLink,
    InboxEntry,
    RefusedMessage,
    Source,
)
from app.tracking.names import EventKind

LATEST = 100


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


def newest_decision() -> int:
    """Return the id of the decision on an identity that was made last, or 0."""
    return int(db.session.scalar(select(func.max(IdentityDecision.id))) or 0)


def _ids_of(person_id: str) -> Select[str]:
    return select(IdentityLink.anonymous_id).where(IdentityLink.person_id == person_id)


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


def is_linked(link: identity.Link) -> bool:
    """Tell whether the anonymous id is that person already at that time, or somebody else then.

    It is not where somebody decided on the two meanwhile: then the link says something new.
    """
    before = db.session.execute(
        select(IdentityLink.person_id, IdentityLink.since)
        .where(IdentityLink.anonymous_id == link.anonymous_id, IdentityLink.since <= link.since)
        .order_by(IdentityLink.since.desc())
        .limit(1)
    ).first()
    if before is None or before.since == link.since:
        return before is not None
    return before.person_id == link.person_id and not _was_decided_on(link, before.since)


def _was_decided_on(link: identity.Link, after: datetime) -> bool:
    """Tell whether a decision on the two came after a moment, up to the link."""
    found = select(IdentityDecision.id).where(
        IdentityDecision.anonymous_id == link.anonymous_id,
        IdentityDecision.person_id == link.person_id,
        IdentityDecision.decided_at >= after,
        IdentityDecision.decided_at < link.since,
    )
    return db.session.scalar(found.limit(1)) is not None


def is_person(person_id: str) -> bool:
    """Tell whether an identifier is a person's by what was identified."""
    found = select(IdentityLink.id).where(IdentityLink.person_id == person_id).limit(1)
    return db.session.scalar(found) is not None


def newest_link() -> int:
    """Return the id of the link that was made last, or 0."""
    return int(db.session.scalar(select(func.max(IdentityLink.id))) or 0)


def property_words() -> list[str]:
    """Return the names of properties that the last events had."""
    found: set[str] = set()
    for row in arrivals().rows:
        found.update(json.loads(row["properties"]))
    return ["amount", *sorted(found - {"amount"})]
