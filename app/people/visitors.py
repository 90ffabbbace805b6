"""Anonymous ids that became people: how many have one, and which stood for several.

What was taken back counts for nobody, as in every search and on every page of a person.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, func, select

from app.tracking import identity, links
from app.tracking.models import IdentityDecision, IdentityLink

Pair = tuple[str, str]
Denied = dict[Pair, Any]
_LINK = (IdentityLink.anonymous_id, IdentityLink.since, IdentityLink.person_id)
# What tells a row from another that has its id, by table.
_TOLD: dict[Any, tuple[Any, ...]] = {
    IdentityLink: (IdentityLink.id, *_LINK),
    IdentityDecision: (
        IdentityDecision.id,
        IdentityDecision.person_id,
        IdentityDecision.decided_at,
    ),
}


def state(connection: Connection) -> tuple[Any, ...]:
    """Return what tells whether a link or a decision came or went: how many, and the newest.

    Ids of deleted rows come back, so what the newest says belongs to it.
    """
    found = []
    for columns in _TOLD.values():
        number = connection.scalar(select(func.count()).select_from(columns[0].class_)) or 0
        newest = connection.execute(select(*columns).order_by(columns[0].desc()).limit(1)).first()
        found.append((number, tuple(newest) if newest else None))
    return tuple(found)


def remembered(connection: Connection) -> str:
    """Return the state as text that may be kept: it says nothing of whom it is about."""
    told = [(number, *_said(newest)) for number, newest in state(connection)]
    return json.dumps(told)


def changed_since(connection: Connection, then: str) -> set[str] | None:
    """Return the anonymous ids of which links or decisions were added since a remembered state.

    None where something else became of them, such as that some were erased.
    """
    if then == remembered(connection):
        return set()
    found: set[str] = set()
    for (number, last, digest), table in zip(json.loads(then), _TOLD, strict=True):
        added = connection.scalars(select(table.anonymous_id).where(table.id > last)).all()
        total = connection.scalar(select(func.count()).select_from(table)) or 0
        row = connection.execute(select(*_TOLD[table]).where(table.id == last)).first()
        if total != number + len(added) or _said(row) != (last, digest):
            return None
        found.update(added)
    return found


def _said(row: Any) -> tuple[int, str]:
    """Return the id of a row and a digest of what it says; 0 of none."""
    if row is None:
        return 0, ""
    return int(row[0]), hashlib.sha256(repr(tuple(row)).encode()).hexdigest()[:32]


def figures(connection: Connection) -> tuple[int, int]:
    """Return how many people have an anonymous id, and how many ids stood for several."""
    everybody = connection.scalar(select(func.count(IdentityLink.person_id.distinct()))) or 0
    lost = _without_any_left(connection, _denied(connection))
    return int(everybody) - lost, len(shared(connection))


def shared(connection: Connection) -> dict[str, int]:
    """Return the anonymous ids that stood for several people, with for how many."""
    # Linked more than once: an index tells it, and leaves few to look at.
    several = (
        select(IdentityLink.anonymous_id)
        .group_by(IdentityLink.anonymous_id)
        .having(func.count() > 1)
    )
    number = func.count(IdentityLink.person_id.distinct()).label("number")
    rows = connection.execute(
        select(IdentityLink.anonymous_id, number)
        .where(IdentityLink.anonymous_id.in_(several))
        .group_by(IdentityLink.anonymous_id)
        .having(number > 1)
    )
    found = {row.anonymous_id: int(row.number) for row in rows}
    denied = _denied(connection)
    told = {anonymous_id for anonymous_id, _person_id in denied} & found.keys()
    left: dict[str, set[str]] = {each: set() for each in told}
    for link in identity.accepted(_links(connection, IdentityLink.anonymous_id, told), denied):
        left[link.anonymous_id].add(link.person_id)
    counted = found | {each: len(people) for each, people in left.items()}
    return {each: people for each, people in counted.items() if people > 1}


def _without_any_left(connection: Connection, denied: Denied) -> int:
    """Return how many people had anonymous ids, all of which were taken from them."""
    told = {person_id for _anonymous_id, person_id in denied}
    found = list(_links(connection, IdentityLink.person_id, told))
    had = {link.person_id for link in found}
    return len(had - {link.person_id for link in identity.accepted(found, denied)})


def _denied(connection: Connection) -> Denied:
    columns = (
        IdentityDecision.anonymous_id,
        IdentityDecision.person_id,
        IdentityDecision.is_theirs,
        IdentityDecision.decided_at,
    )
    rows = connection.execute(select(*columns).order_by(IdentityDecision.id))
    last = {(row.anonymous_id, row.person_id): row for row in rows}
    return {pair: row.decided_at for pair, row in last.items() if not row.is_theirs}


def _links(connection: Connection, column: Any, ids: Iterable[str]) -> list[identity.Link]:
    return [
        identity.Link(*row)
        for some in links.some_of(ids)
        for row in connection.execute(select(*_LINK).where(column.in_(some)))
    ]
