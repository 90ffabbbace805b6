"""How many profiles have each identifier, and which values several people share."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
from sqlalchemy import func, select

from app import storage
from app.extensions import db
from app.lake import logs, readable
from app.people import finding
from app.people.identifiers import Identifier, Kind
from app.people.world import PERSON
from app.schemas.models import Schema
from app.tabular.types import ColumnType
from app.tracking.models import IdentityLink

SHARED_SHOWN = 100


@dataclass(frozen=True)
class Count:
    """An identifier with how many profiles have it, and how many values several people share."""

    identifier: Identifier
    profile_count: int
    shared_count: int


@dataclass(frozen=True)
class Shared:
    """A value that several people have."""

    value: str
    person_count: int


def counts(session: Any, identifiers: Iterable[Identifier]) -> list[Count]:
    """Return the figures of each identifier."""
    return [Count(each, *_figures(session, each)) for each in identifiers]


def shared(session: Any, identifier: Identifier) -> list[Shared]:
    """Return the values that most people share, at most as many as a page shows."""
    if identifier.kind is Kind.ANONYMOUS:
        found = _shared_visitors().order_by(func.count(IdentityLink.person_id.distinct()).desc())
        rows = db.session.execute(found.limit(SHARED_SHOWN))
        return [Shared(row.anonymous_id, row.number) for row in rows]
    if identifier.schema is None or identifier.kind is Kind.PERSON:
        return []
    several = _by_value(session, identifier, identifier.schema).filter(ibis._.number > 1)
    table = several.order_by([ibis.desc("number"), "value"]).limit(SHARED_SHOWN)
    return [Shared(row["value"], row["number"]) for row in logs.frame(session, table).to_pylist()]


def _figures(session: Any, identifier: Identifier) -> tuple[int, int]:
    if identifier.kind is Kind.ANONYMOUS:
        people = select(func.count(IdentityLink.person_id.distinct()))
        several = select(func.count()).select_from(_shared_visitors().subquery())
        return int(db.session.scalar(people) or 0), int(db.session.scalar(several) or 0)
    if identifier.schema is None:
        return _count(session, finding.everybody(session, storage.lake(), finding.places([]))), 0
    if identifier.kind is Kind.PERSON:
        # Each row of such a dataset is another person.
        return _count(session, finding.dataset(session, identifier.schema)), 0
    values = _by_value(session, identifier, identifier.schema)
    # A row is a person: as many people have a value as rows do.
    figures = values.aggregate(
        profiles=values.number.sum().coalesce(0), several=(values.number > 1).sum().coalesce(0)
    )
    row = logs.frame(session, figures).to_pylist()[0]
    return int(row["profiles"]), int(row["several"])


def _by_value(session: Any, identifier: Identifier, schema: Schema) -> ir.Table:
    assert identifier.column is not None
    rows = finding.dataset(session, schema)
    text = readable.expression(rows[identifier.column.field_name])
    if identifier.column.type is ColumnType.EMAIL:
        text = text.lower()
    named = rows.select(value=text, person_id=rows[PERSON])
    told = named.filter(named.value.notnull() & (named.value != ""))
    return told.group_by("value").aggregate(number=told.count())


def _shared_visitors() -> Any:
    number = func.count(IdentityLink.person_id.distinct())
    return (
        select(IdentityLink.anonymous_id, number.label("number"))
        .group_by(IdentityLink.anonymous_id)
        .having(number > 1)
    )


def _count(session: Any, table: ir.Table) -> int:
    return int(logs.frame(session, table.aggregate(number=table.count()))["number"][0].as_py())
