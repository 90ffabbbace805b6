"""How many profiles have each identifier, and which values several people share.

What is counted is asked as a question that says of which files, or of which links, it is: the
answer holds for as long as they are the same.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
from sqlalchemy import Connection

from app.extensions import db
from app.lake import engine, kept, logs, readable
from app.lake.engine import identifier as quoted
from app.lake.tables import Lake
from app.people import finding, visitors
from app.people.identifiers import Identifier, Kind
from app.people.world import PERSON
from app.schemas.models import Schema, SchemaColumn
from app.tabular.types import ColumnType
from app.tracking import events

SHARED_SHOWN = 100


@dataclass(frozen=True)
class Question:
    """What is counted for an identifier: where it is, of what, by which SQL, and of how much.

    Without SQL it is about the links of anonymous ids.
    """

    place: tuple[str, str]
    state: tuple[Any, ...]
    sql: str | None
    size: int


@dataclass(frozen=True)
class Figures:
    """How many profiles have an identifier, and how many values several people share."""

    profile_count: int
    shared_count: int


@dataclass(frozen=True)
class Shared:
    """A value that several people have."""

    value: str
    person_count: int


def from_log(lake: Lake, identifier: Identifier) -> Figures | None:
    """Return what needs no counting: each row of a dataset of people is another person."""
    if identifier.kind is not Kind.PERSON or identifier.schema is None:
        return None
    _files, rows = kept.extent(lake, identifier.schema.table_name)
    return Figures(rows, 0)


def question(lake: Lake, identifier: Identifier) -> Question:
    """Return what has to be counted for any other identifier."""
    if identifier.kind is Kind.ANONYMOUS:
        state = visitors.state(db.session.connection())
        return Question((lake.address(events.TABLE), identifier.name), state, None, state[0][0])
    if identifier.schema is None or identifier.column is None:
        return _of_events(lake, identifier)
    return _of_column(lake, identifier.schema, identifier.column)


def answer(asked: Question, session: engine.Session, connection: Connection) -> Figures:
    """Count, in a session of the engine and over a connection to the database."""
    if asked.sql is None:
        return Figures(*visitors.figures(connection))
    found = session.execute(asked.sql).fetchall()[0]
    return Figures(int(found[0]), int(found[1]))


def shared(identifier: Identifier, spill: Path) -> list[Shared]:
    """Return the values that most people share, at most as many as a page shows."""
    if identifier.kind is Kind.ANONYMOUS:
        found = visitors.shared(db.session.connection()).items()
        most = sorted(found, key=lambda each: (-each[1], each[0]))[:SHARED_SHOWN]
        return [Shared(*each) for each in most]
    if identifier.schema is None or identifier.kind is Kind.PERSON:
        return []
    with engine.connection(spill) as session:
        several = _by_value(session, identifier, identifier.schema).filter(ibis._.number > 1)
        table = several.order_by([ibis.desc("number"), "value"]).limit(SHARED_SHOWN)
        rows = logs.frame(session, table).to_pylist()
    return [Shared(row["value"], row["number"]) for row in rows]


def _of_events(lake: Lake, identifier: Identifier) -> Question:
    places = finding.places([])
    extents = [kept.extent(lake, each.table) for each in places]
    state = tuple(
        (each.table, each.column, files)
        for each, (files, _rows) in zip(places, extents, strict=True)
    )
    people = " UNION ALL ".join(f"({each.sql(lake)})" for each in places)
    sql = f"SELECT count(*), 0 FROM (SELECT DISTINCT {PERSON} FROM ({people}))"
    place = (lake.address(events.TABLE), identifier.name)
    return Question(place, state, sql, sum(rows for _files, rows in extents))


def _of_column(lake: Lake, schema: Schema, column: SchemaColumn) -> Question:
    """Ask of a further identifier: a row is a person, so as many have a value as rows do."""
    files, rows = kept.extent(lake, schema.table_name)
    source = kept.select(lake, schema.table_name, [column.field_name])
    text = f"CAST({quoted(column.field_name)} AS VARCHAR)"
    value = f"lower({text})" if column.type is ColumnType.EMAIL else text
    numbers = f"SELECT count(*) AS number FROM ({source}) WHERE {text} > '' GROUP BY {value}"
    sql = f"SELECT coalesce(sum(number), 0), count_if(number > 1) FROM ({numbers})"
    place = (lake.address(schema.table_name), column.field_name)
    return Question(place, files, sql if source else "SELECT 0, 0", rows)


def _by_value(session: Any, identifier: Identifier, schema: Schema) -> ir.Table:
    assert identifier.column is not None
    rows = finding.dataset(session, schema)
    text = readable.expression(rows[identifier.column.field_name])
    if identifier.column.type is ColumnType.EMAIL:
        text = text.lower()
    named = rows.select(value=text, person_id=rows[PERSON])
    told = named.filter(named.value.notnull() & (named.value != ""))
    return told.group_by("value").aggregate(number=told.count())
