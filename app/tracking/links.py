"""Reading who some ids turned out to be, for many ids at once."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial

from sqlalchemy import select

from app import storage
from app.extensions import db
from app.lake import kept
from app.tracking import events, identity
from app.tracking.models import IdentityDecision, IdentityLink

IDS_A_QUESTION = 1_000


def accepted_of(anonymous_ids: Iterable[str]) -> list[identity.Link]:
    """Return who these anonymous ids turned out to be and since when, as far as it counts."""
    wanted = list(anonymous_ids)
    denied: dict[tuple[str, str], datetime] = {}
    for some in some_of(wanted):
        for each in db.session.scalars(
            select(IdentityDecision)
            .where(IdentityDecision.anonymous_id.in_(some))
            .order_by(IdentityDecision.id)
        ):
            pair = (each.anonymous_id, each.person_id)
            denied.pop(pair, None)
            if not each.is_theirs:
                denied[pair] = each.decided_at
    return list(identity.accepted(links_of(wanted), denied))


def links_of(anonymous_ids: Iterable[str]) -> list[identity.Link]:
    """Return who these anonymous ids turned out to be, whether or not it was taken back since."""
    columns = (IdentityLink.anonymous_id, IdentityLink.since, IdentityLink.person_id)
    return [
        identity.Link(*row)
        for some in some_of(anonymous_ids)
        for row in db.session.execute(select(*columns).where(IdentityLink.anonymous_id.in_(some)))
    ]


def some_of(ids: Iterable[str]) -> Iterator[list[str]]:
    """Yield the ids, as many at a time as a question may name."""
    wanted = list(ids)
    for begin in range(0, len(wanted), IDS_A_QUESTION):
        yield wanted[begin : begin + IDS_A_QUESTION]


def decisions_on(anonymous_ids: Iterable[str]) -> dict[tuple[str, str], list[datetime]]:
    """Return when somebody decided on each pair of one of these ids and a person."""
    columns = (
        IdentityDecision.anonymous_id,
        IdentityDecision.person_id,
        IdentityDecision.decided_at,
    )
    found: dict[tuple[str, str], list[datetime]] = {}
    for some in some_of(anonymous_ids):
        for row in db.session.execute(
            select(*columns).where(IdentityDecision.anonymous_id.in_(some))
        ):
            found.setdefault((row.anonymous_id, row.person_id), []).append(row.decided_at)
    return found


def persons_among(ids: Iterable[str]) -> set[str]:
    """Return which of these ids are people's: they were identified, or events came with them."""
    found: set[str] = set()
    for some in some_of(ids):
        identified = select(IdentityLink.person_id).where(IdentityLink.person_id.in_(some))
        found.update(db.session.scalars(identified))
        rows = kept.rows(storage.lake(), events.TABLE, partial(_persons, len(some)), some)
        found.update(person_id for (person_id,) in rows)
    return found


def _persons(count: int, rows: str) -> str:
    listed = ", ".join("?" * count)
    return f"SELECT DISTINCT person_id FROM {rows} WHERE person_id IN ({listed})"
