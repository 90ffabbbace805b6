"""Finding people by what identifies them: each place is asked alone, never all events joined."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any, cast

import ibis.expr.types as ir
import pyarrow as pa

from app import storage
from app.lake import kept, logs, readable
from app.lake.engine import identifier as quoted
from app.lake.engine import literal
from app.lake.tables import Lake
from app.people import world
from app.people.identifiers import Identifier, Kind
from app.people.world import PERSON
from app.schemas import queries as schemas
from app.schemas.models import Schema, SchemaColumn
from app.schemas.roles import ColumnRole
from app.tracking import events, interactions, links

# So many people are named who share one value.
MOST_SHARING = 200
Condition = Callable[[ir.Column], ir.BooleanValue]


@dataclass(frozen=True)
class Place:
    """A column with person identifiers: the table, its columns, and the SQL for it as text."""

    table: str
    columns: pa.Schema
    column: str
    text: str

    def people(self, session: Any, lake: Lake, fits: Condition | None = None) -> ir.Table:
        """Return the person identifiers as text, of those that fit, each as often as it is there.

        What is asked of the column as it is stored, the statistics of files help with.
        """
        table = logs.opened(session, lake, self.table, self.columns)
        rows = table.filter(fits(table[self.column])) if fits else table
        found = rows.select(**{PERSON: readable.expression(rows[self.column])})
        return found.filter(found[PERSON].notnull() & (found[PERSON] != ""))

    def sql(self, lake: Lake, first: str = "", after: str | None = None) -> str:
        """Return the SQL for the same, of those from the first on and before the other.

        To compile it out of an expression takes longer than to answer it.
        """
        rows = kept.select(lake, self.table, [self.column])
        if rows is None:
            return f"SELECT '' AS {PERSON} WHERE false"
        bounds = [f"{self.text} > ''", f"{self.text} >= {literal(first)}"]
        bounds += [f"{self.text} < {literal(after)}"] if after is not None else []
        return f"SELECT {self.text} AS {PERSON} FROM ({rows}) WHERE {' AND '.join(bounds)}"


def dataset(session: Any, schema: Schema) -> ir.Table:
    """Return the rows of a schema of people, each with the person identifier as text."""
    key = schema.key_column
    columns = schemas.arrow_schema(schema.table_name)
    table = logs.opened(session, storage.lake(), schema.table_name, columns)
    return world.by_person(table, key.field_name if key else "")


def stored_events(session: Any) -> ir.Table:
    """Return the events as they are stored, by whoever sent them with a person or without."""
    return logs.opened(session, storage.lake(), events.TABLE, events.SCHEMA)


def places(people: Iterable[Schema]) -> list[Place]:
    """Return where person identifiers are: in events, interactions, and datasets of people."""
    found = [Place(events.TABLE, events.SCHEMA, PERSON, quoted(PERSON))]
    for schema in interactions.list_schemas():
        column = schema.column_of(ColumnRole.PERSON)
        if column is not None:
            found.append(_place(schema, column))
    for schema in people:
        if schema.key_column is not None:
            found.append(_place(schema, schema.key_column))
    return found


def everybody(
    session: Any, lake: Lake, places: Iterable[Place], fits: Condition | None = None
) -> ir.Table:
    """Return each person identifier once, of those that fit.

    Whoever an anonymous id turned out to be has an event of their own: the one that said so.
    """
    found = [place.people(session, lake, fits) for place in places]
    return cast("ir.Table", reduce(lambda one, other: one.union(other), found).distinct())


def found_by(session: Any, identifiers: Iterable[Identifier], value: str) -> dict[str, list[str]]:
    """Return whom a value identifies, beside the person identifier itself, and by what each."""
    found: dict[str, list[str]] = {}
    for each in identifiers:
        for person_id in persons_with(session, each, value):
            names = found.setdefault(person_id, [])
            if each.name not in names:
                names.append(each.name)
    return found


def persons_with(session: Any, identifier: Identifier, value: str) -> list[str]:
    """Return the people whom a value of one identifier means, the person identifier left out."""
    if identifier.kind is Kind.ANONYMOUS:
        found = sorted(links.accepted_of([value]), key=lambda link: link.since, reverse=True)
        return list(dict.fromkeys(link.person_id for link in found))
    if identifier.kind is Kind.PERSON or identifier.schema is None:
        return []
    rows = dataset(session, identifier.schema)
    meant = rows.filter(identifier.fits(rows, value)).select(PERSON).limit(MOST_SHARING)
    return list(dict.fromkeys(logs.frame(session, meant)[PERSON].to_pylist()))


def count_as_visitor(session: Any, anonymous_id: str) -> int:
    """Return how many events an anonymous id has that never turned out to be anybody."""
    table = stored_events(session)
    # In this order the files are sorted, so that hardly anything else is read.
    own = table.filter(table.person_id.isnull() & (table.anonymous_id == anonymous_id))
    return int(logs.frame(session, own.aggregate(number=own.count()))["number"][0].as_py())


def _place(schema: Schema, column: SchemaColumn) -> Place:
    columns = schemas.arrow_schema(schema.table_name)
    return Place(schema.table_name, columns, column.field_name, readable.sql(column.field_name))
