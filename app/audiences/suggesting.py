"""What the builder suggests while somebody types: events, properties and values there are.

Nothing is suggested of what says who somebody is: addresses, phone numbers, identifiers, values of
one person alone.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Timer

import duckdb
import ibis.expr.types as ir

from app import storage
from app.audiences.tree.conditions import AMOUNT, ANYTHING, Attribute
from app.lake import engine, logs
from app.lake.engine import Session, literal
from app.people import finding
from app.people import queries as people
from app.schemas.models import Schema, SchemaColumn
from app.tabular.types import ColumnType
from app.tracking import arriving, interactions, tallies
from app.tracking import queries as tracking

MOST, LONGEST = 50, 100
# So many rows are looked at, for so long; what came up until then is no suggestion.
ROWS, SECONDS = 100_000, 2.0
_PRIVATE_NAME = re.compile(r"mail|phone|mobile|msisdn|\bfax\b", re.IGNORECASE)
_PRIVATE_VALUE = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|\+[0-9][0-9 ()/.-]{5,}")
_PRIVATE_TYPES = {ColumnType.EMAIL, ColumnType.PHONE}


@dataclass(frozen=True)
class Suggestion:
    """A name or a value, and how often it came."""

    text: str
    number: int


def event_names() -> list[Suggestion]:
    """Return the names of events, the most frequent first."""
    found = tallies.by_event(arriving.tally(tracking.meanings()))
    return [Suggestion(name, number) for name, number in found[:MOST]]


def property_names(event: str) -> list[Suggestion]:
    """Return the properties that events of a name have, the most frequent first."""
    with _events(event) as (session, rows):
        names = f"SELECT unnest(json_keys(properties)) AS value FROM ({rows})"
        return _counted(session, names)


def values_of(event: str, property_name: str) -> list[Suggestion]:
    """Return the most frequent values of a property of events of a name."""
    if property_name == AMOUNT or _PRIVATE_NAME.search(property_name):
        return []
    pointer = "/" + property_name.replace("~", "~0").replace("/", "~1")
    with _events(event) as (session, rows):
        value = f"json_extract_string(properties, {literal(pointer)})"
        return _counted(session, f"SELECT {value} AS value FROM ({rows})")


def values_of_attribute(attribute: Attribute) -> list[Suggestion]:
    """Return the most frequent values of a column of people, of those that several have."""
    found = _column(attribute)
    if found is None or _is_private(*found):
        return []
    schema, column = found
    with engine.connection(storage.spill()) as session:
        rows = finding.dataset(session, schema)
        value = rows[column.field_name].cast("string")
        return _counted(session, logs.sql(rows.select(value=value).limit(ROWS)), least=2)


def _column(attribute: Attribute) -> tuple[Schema, SchemaColumn] | None:
    for schema in people.person_schemas():
        if attribute.schema in {"", schema.name}:
            for column in schema.columns:
                if column.name == attribute.column:
                    return schema, column
    return None


def _is_private(schema: Schema, column: SchemaColumn) -> bool:
    identifiers = [schema.key_column, *schema.further_identifiers]
    is_told = column.type in _PRIVATE_TYPES or bool(_PRIVATE_NAME.search(column.name))
    return is_told or column in identifiers


@contextmanager
def _events(event: str) -> Iterator[tuple[Session, str]]:
    with engine.connection(storage.spill()) as session:
        stored = finding.stored_events(session)
        events: ir.Table = interactions.beside(session, stored, tracking.meanings())
        if event != ANYTHING:
            events = events.filter(events.event == event)
        yield session, logs.sql(events.select("properties").limit(ROWS))


def _counted(session: Session, values: str, least: int = 1) -> list[Suggestion]:
    sql = (
        f"SELECT value, count(*) AS number FROM ({values}) "
        f"WHERE value <> '' AND length(value) <= {LONGEST} "
        f"GROUP BY value HAVING count(*) >= {least} ORDER BY number DESC, value LIMIT {MOST}"
    )
    # What runs is what is stopped: between two questions nobody hears the timer.
    timer = Timer(SECONDS, session.interrupt)
    timer.daemon = True
    timer.start()
    try:
        rows = session.execute(sql).fetchall()
    except duckdb.InterruptException:
        return []
    finally:
        timer.cancel()
    return [
        Suggestion(value, number)
        for value, number in rows
        if value.isprintable() and not _PRIVATE_VALUE.fullmatch(value.strip())
    ]
