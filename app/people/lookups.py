"""Whom a value of an identifier means, in a few milliseconds: by tables that are kept open."""

from collections.abc import Iterable
from typing import Any

import duckdb

from app.lake import kept, readable
from app.lake.engine import identifier as quoted
from app.lake.tables import Lake
from app.people.finding import MOST_SHARING
from app.people.identifiers import Identifier, Kind
from app.schemas.models import Schema, SchemaColumn
from app.tabular.types import ColumnType
from app.tracking import links


def persons(lake: Lake, identifiers: Iterable[Identifier], value: str) -> list[str]:
    """Return whom a value of one type of identifier means; nobody, one or several.

    A person identifier means itself. An anonymous id means whoever was identified by it last.
    """
    found: dict[str, None] = {}
    for each in identifiers:
        if each.kind is Kind.PERSON:
            return [value]
        if each.kind is Kind.ANONYMOUS:
            last = max(links.accepted_of([value]), key=lambda link: link.since, default=None)
            found |= {last.person_id: None} if last else {}
        elif each.schema is not None and each.column is not None:
            found |= dict.fromkeys(_in_dataset(lake, each.schema, each.column, value))
    return list(found)


def _in_dataset(lake: Lake, schema: Schema, column: SchemaColumn, value: str) -> list[str]:
    condition, values = _condition(column, value)
    if schema.key_column is None or condition is None:
        return []
    person = readable.sql(schema.key_column.field_name)

    def sql(rows: str) -> str:
        return (
            f"SELECT DISTINCT {person} FROM {rows} WHERE {condition} AND {person} IS NOT NULL "
            f"LIMIT {MOST_SHARING}"
        )

    try:
        return [row[0] for row in kept.rows(lake, schema.table_name, sql, values)]
    except duckdb.BinderException:
        # A column added since, which no file has yet.
        return []


def _condition(column: SchemaColumn, value: str) -> tuple[str | None, list[Any]]:
    """Return what is asked of a row; nothing where no value can be so."""
    name = quoted(column.field_name)
    if column.type is ColumnType.INTEGER:
        is_written_so = value.isascii() and value.removeprefix("-").isdecimal()
        is_whole = is_written_so and len(value) < 19 and str(int(value)) == value
        return (f"{name} = ?", [int(value)]) if is_whole else (None, [])
    if column.type is not ColumnType.EMAIL:
        return f"{name} = ?", [value]
    if not value.isascii():
        return f"lower({name}) = lower(?)", [value]
    # Lengths are compared first: to fold every address takes several times as long.
    return f"strlen({name}) = strlen(?) AND lower({name}) = lower(?)", [value, value]
