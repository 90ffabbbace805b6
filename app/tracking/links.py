"""Reading who some ids turned out to be, for many ids at once."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import select

from app.extensions import db
from app.tracking import identity
from app.tracking.models import IdentityDecision, IdentityLink

IDS_A_QUESTION = 1_000


def accepted_of(anonymous_ids: Iterable[str]) -> list[identity.Link]:
    """Return who these anonymous ids turned out to be and since when, as far as it counts."""
    wanted = list(anonymous_ids)
    denied: dict[tuple[str, str], datetime] = {}
    for some in _some_of(wanted):
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
        for some in _some_of(anonymous_ids)
        for row in db.session.execute(select(*columns).where(IdentityLink.anonymous_id.in_(some)))
    ]


def _some_of(ids: Iterable[str]) -> Iterator[list[str]]:
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
    for some in _some_of(anonymous_ids):
        for row in db.session.execute(
            select(*columns).where(IdentityDecision.anonymous_id.in_(some))
        ):
            found.setdefault((row.anonymous_id, row.person_id), []).append(row.decided_at)
    return found


def persons_among(ids: Iterable[str]) -> set[str]:
    """Return which of these ids are people's by what was identified."""
    return {
        person_id
        for some in _some_of(ids)
        for person_id in db.session.scalars(
            select(IdentityLink.person_id).where(IdentityLink.person_id.in_(some))
        )
    }
