"""The newest events with the people they are of, and how many there are of each.

Events that were sent stand where they arrived, rows of datasets where they happened.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app import clock, storage
from app.extensions import db
from app.tracking import dataset_events, identity, links, newest, tallies
from app.tracking.interactions import Meanings
from app.tracking.models import IdentityLink
from app.tracking.newest import Filter
from app.tracking.tallies import Tally


@dataclass(frozen=True)
class Arrivals:
    """The latest events that fit, and how many fit and there are."""

    rows: list[dict[str, Any]]
    matching_count: int
    total_count: int
    by_event: list[tuple[str, int]]


def tally(meanings: Meanings) -> Tally:
    """Return how many events there are, by name and by hour."""
    now = clock.now()
    sent = tallies.of_table(storage.lake(), now=now)
    return tallies.together(sent, dataset_events.tally(meanings, now=now))


def found(wanted: Filter, meanings: Meanings) -> Arrivals:
    """Return the events that came last and fit, and how many there are of each."""
    counted, now = tally(meanings), clock.now()
    by_event = tallies.by_event(counted)
    rows = newest.rows(storage.lake(), wanted) + dataset_events.newest(wanted, meanings, now=now)
    # Of the same moment, those that were sent stay in their order.
    rows.sort(key=lambda row: dataset_events.moment(row, now), reverse=True)
    return Arrivals(
        rows=with_people(rows[: newest.LATEST]),
        matching_count=tallies.matching(counted, wanted),
        total_count=sum(number for _event, number in by_event),
        by_event=by_event,
    )


def with_people(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows, each with the person who did it where only an anonymous id was sent."""
    ids = {row["anonymous_id"] for row in rows if row["person_id"] is None}
    spans = identity.spans(links.accepted_of(ids)).to_pylist()
    by_id: dict[str, list[dict[str, Any]]] = {}
    for span in spans:
        by_id.setdefault(span["span_anonymous_id"], []).append(span)
    return [
        row
        if row["person_id"] is not None
        else {**row, "person_id": _person(by_id.get(row["anonymous_id"], ()), row["occurred_at"])}
        for row in rows
    ]


def ids_of(who: str) -> tuple[str, ...]:
    """Return an identifier with the anonymous ids that turned out to be that person."""
    linked = select(IdentityLink.anonymous_id).where(IdentityLink.person_id == who).limit(1000)
    found = links.accepted_of(db.session.scalars(linked))
    return tuple(sorted({who, *(link.anonymous_id for link in found if link.person_id == who)}))


def _person(spans: Iterable[dict[str, Any]], moment: datetime) -> str | None:
    for span in spans:
        if span["begins_at"] <= moment < span["ends_at"]:
            return str(span["span_person_id"])
    return None
