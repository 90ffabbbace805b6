"""Rows of Interaction datasets as events of people: read through the roles, never copied.

So undoing a run, changing a role or naming an event otherwise counts at once.
"""

import zlib
from collections.abc import Iterable
from functools import reduce
from typing import Any, cast

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from app import storage
from app.lake import logs, matching, readable
from app.lake.dialects import Dialect
from app.lake.logs import Session
from app.schemas import queries as schemas
from app.schemas.models import Schema, SchemaColumn
from app.schemas.roles import ColumnRole
from app.tabular.types import ColumnType
from app.tracking import events, identity
from app.tracking.names import AMOUNT_PLACES, LARGEST_AMOUNT, EventKind

TYPE = "interaction"
_MEANINGS = pa.schema([("sent_name", pa.string()), ("meant", pa.string())])
Meanings = dict[str, EventKind | None]


def list_schemas() -> list[Schema]:
    """Return the schemas whose rows count as events."""
    return [schema for schema in schemas.list_schemas() if schema.counts_as_events]


def beside(session: Session, stored: ir.Table, meanings: Meanings) -> ir.Table:
    """Return the events that sources sent together with those that datasets have."""
    tables = [as_events(opened(session, each), each, session, meanings) for each in list_schemas()]
    return reduce(lambda one, other: one.union(other.cast(stored.schema())), tables, stored)


def of_person(
    session: Session,
    person_id: str,
    links: Iterable[identity.Link],
    meanings: Meanings,
) -> ir.Table | None:
    """Return what a person did by the datasets, with the columns of the events table.

    None where no dataset has events. `links` are those of the person's anonymous ids. Each
    dataset is asked for these rows alone, so that its files are read no further than needed.
    """
    known = list(links)
    spans = logs.given(session, "interaction_spans", identity.spans(known))
    found = []
    for schema in list_schemas():
        rows = opened(session, schema)
        rows = rows.filter(
            _is_theirs(rows, schema, person_id, {each.anonymous_id for each in known})
        )
        own = identity.with_person(as_events(rows, schema, session, meanings), spans)
        found.append(own.filter(own.person_id == person_id))
    return reduce(lambda one, other: one.union(other), found) if found else None


def opened(session: Session, schema: Schema) -> ir.Table:
    """Return the rows of a schema's dataset as a relation of the session."""
    columns = schemas.arrow_schema(schema.table_name)
    return logs.opened(session, storage.lake(), schema.table_name, columns)


def as_events(rows: ir.Table, schema: Schema, session: Session, meanings: Meanings) -> ir.Table:
    """Return rows with the columns of the events table; those of nobody or no time are left out."""
    kinds = [{"sent_name": name, "meant": kind.value} for name, kind in meanings.items() if kind]
    meant = logs.given(session, "event_meanings", pa.Table.from_pylist(kinds, _MEANINGS))
    dialect = logs.dialect(session)
    read = rows.filter(is_event(rows, schema)).select(**_read(rows, schema, dialect))
    named = read.left_join(meant, read.name == meant.sent_name)
    parts = [named[each].cast("string").fill_null("") for each in _TOLD_APART]
    told = reduce(lambda one, other: one + "\n" + other, parts)
    whole = named.mutate(
        event=named.meant.coalesce(named.name), message_id=dialect.digest(told) + f"-{schema.id}"
    )
    return cast("ir.Table", whole.select(*events.SCHEMA.names))


def is_event(rows: ir.Table, schema: Schema) -> ir.BooleanValue:
    """Tell which rows are events: somebody did them at some time."""
    person = _text(rows, schema.column_of(ColumnRole.PERSON))
    visitor = _text(rows, schema.column_of(ColumnRole.ANONYMOUS_ID))
    is_somebodys = person.notnull() | visitor.notnull()
    return cast("ir.BooleanValue", moment_of(rows, schema).notnull() & is_somebodys)


def name_of(rows: ir.Table, schema: Schema) -> ir.StringValue:
    """Return what each row is called: what its column says, or else one name for all."""
    said = _text(rows, schema.column_of(ColumnRole.EVENT))
    return cast("ir.StringValue", said.coalesce(ibis.literal(schema.fixed_event)))


def moment_of(rows: ir.Table, schema: Schema) -> Any:
    """Return when each row happened."""
    return _column(rows, schema, ColumnRole.TIME).cast("timestamp('UTC', 6)")


def property_names() -> set[str]:
    """Return what the properties of such events are called."""
    return {column.name for schema in list_schemas() for column in _properties(schema)}


def versions(meanings: Meanings) -> dict[str, int | str]:
    """Return what such events depend on: the versions of the datasets, and how rows are read."""
    lake, found = storage.lake(), list_schemas()
    tables = {each.table_name: lake.data_version(each.table_name) for each in found}
    read_by = {f"{each.table_name} read": reading(each, meanings) for each in found}
    return {name: held for name, held in tables.items() if held is not None} | read_by


def reading(schema: Schema, meanings: Meanings) -> str:
    """Return what tells one way of reading the rows of a schema as events from another."""
    columns = [(each.id, each.name, each.role, each.type) for each in schema.columns]
    kinds = sorted((name, kind.value) for name, kind in meanings.items() if kind)
    said = repr((schema.table_name, schema.fixed_event, columns, kinds))
    return f"{zlib.crc32(said.encode()):08x}"


_TOLD_APART = ("person_id", "anonymous_id", "occurred_at", "name", "amount", "properties")


def _read(rows: ir.Table, schema: Schema, dialect: Dialect) -> dict[str, Any]:
    return {
        "source_id": ibis.null("int64"),
        "part": ibis.literal(0, "int32"),
        "type": ibis.literal(TYPE),
        "name": name_of(rows, schema),
        "person_id": _text(rows, schema.column_of(ColumnRole.PERSON)),
        "anonymous_id": _text(rows, schema.column_of(ColumnRole.ANONYMOUS_ID)),
        "occurred_at": moment_of(rows, schema),
        "received_at": ibis.null("timestamp('UTC', 6)"),
        "amount": _amount(rows, schema),
        "properties": _as_json(rows, schema, dialect),
    }


def _column(rows: ir.Table, schema: Schema, role: ColumnRole) -> Any:
    column = schema.column_of(role)
    return rows[column.field_name] if column is not None else ibis.null()


def _text(rows: ir.Table, column: SchemaColumn | None) -> ir.StringValue:
    if column is None:
        return cast("ir.StringValue", ibis.null("string"))
    return cast("ir.StringValue", readable.expression(rows[column.field_name]).nullif(""))


def _amount(rows: ir.Table, schema: Schema) -> Any:
    """Return the amount; one too large to be added up is none, as it is of events that are sent."""
    kind = f"decimal(38, {AMOUNT_PLACES})"
    amount = _column(rows, schema, ColumnRole.AMOUNT)
    if schema.column_of(ColumnRole.AMOUNT) is None:
        return ibis.null(kind)
    fitting = amount.abs() < int(LARGEST_AMOUNT)
    return ibis.ifelse(fitting, amount, ibis.null(amount.type())).cast(kind)


def _as_json(rows: ir.Table, schema: Schema, dialect: Dialect) -> ir.StringValue:
    kept = {ColumnType.INTEGER, ColumnType.BOOLEAN}
    values = {
        each.name: rows[each.field_name]
        if each.type in kept
        else readable.expression(rows[each.field_name])
        for each in _properties(schema)
    }
    if not values:
        return cast("ir.StringValue", ibis.literal("{}"))
    return dialect.as_json(values)


def _properties(schema: Schema) -> list[SchemaColumn]:
    return [column for column in schema.columns if column.role is None]


def _is_theirs(
    rows: ir.Table, schema: Schema, person_id: str, anonymous_ids: set[str]
) -> ir.BooleanValue:
    """Compare columns as they are stored, which the statistics of files are of."""
    person = _column(rows, schema, ColumnRole.PERSON)
    found = matching.equals(person, [person_id])
    if schema.column_of(ColumnRole.ANONYMOUS_ID) is None:
        return found
    anonymous = _column(rows, schema, ColumnRole.ANONYMOUS_ID)
    return found | matching.equals(anonymous, sorted(anonymous_ids))
