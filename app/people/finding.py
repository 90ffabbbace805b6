"""Finding people by what identifies them: each place is asked alone, never all events joined."""

from collections.abc import Iterable
from functools import reduce
from typing import Any, cast

import ibis.expr.types as ir

from app import storage
from app.lake import logs, matching
from app.lake.browsing import readable
from app.people import world
from app.people.identifiers import Identifier, Kind
from app.people.world import PERSON
from app.schemas import queries as schemas
from app.schemas.models import Schema
from app.schemas.roles import ColumnRole
from app.tracking import events, interactions, links

# So many people are named who share one value.
MOST_SHARING = 200


def dataset(session: Any, schema: Schema) -> ir.Table:
    """Return the rows of a schema of people, each with the person identifier as text."""
    key = schema.key_column
    columns = schemas.arrow_schema(schema.table_name)
    table = logs.opened(session, storage.lake(), schema.table_name, columns)
    return world.by_person(table, key.field_name if key else "")


def stored_events(session: Any) -> ir.Table:
    """Return the events as they are stored, by whoever sent them with a person or without."""
    return logs.opened(session, storage.lake(), events.TABLE, events.SCHEMA)


def everybody(session: Any, people: Iterable[Schema], begins: str = "") -> ir.Table:
    """Return each person identifier once, of those that begin so.

    Whoever an anonymous id turned out to be has an event of their own: the one that said so.
    """
    columns = [(table, table[key]) for table, key in _places(session, people)]
    found = [
        (table.filter(matching.begins(column, begins)) if begins else table)
        .select(**{PERSON: readable(column)})
        .filter(lambda rows: rows[PERSON].notnull() & (rows[PERSON] != ""))
        for table, column in columns
    ]
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


def _places(session: Any, people: Iterable[Schema]) -> list[tuple[ir.Table, str]]:
    """Return each relation with person identifiers, and the column they are in."""
    found = [(stored_events(session), PERSON)]
    for schema in interactions.list_schemas():
        column = schema.column_of(ColumnRole.PERSON)
        if column is not None:
            found.append((interactions.opened(session, schema), column.field_name))
    for schema in people:
        if schema.key_column is not None:
            columns = schemas.arrow_schema(schema.table_name)
            table = logs.opened(session, storage.lake(), schema.table_name, columns)
            found.append((table, schema.key_column.field_name))
    return found
