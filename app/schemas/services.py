"""The Schema Creator's deeds."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy.exc import IntegrityError

from app.extensions import db
from app.schemas import queries, roles
from app.schemas.models import Schema, SchemaColumn, SchemaParent
from app.schemas.roles import ColumnRole, RolesInvalid
from app.tabular.types import ColumnType

log = logging.getLogger(__name__)

LONGEST_EVENT_NAME = 200


class SchemaNameTaken(Exception):
    """Another schema has this name."""


class ColumnsInvalid(Exception):
    """The columns cannot make a schema; the sentence says why."""


class SchemaInUse(Exception):
    """Dataflows write to the schema; `names` holds theirs."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(*names)
        self.names = list(names)


@dataclass(frozen=True)
class NewColumn:
    """A column to be: its name, type, whether it identifies a row, and its role."""

    name: str
    type: ColumnType
    is_identifier: bool = False
    role: ColumnRole | None = None


def create_schema(
    *,
    name: str,
    parent: SchemaParent,
    description: str,
    columns: Sequence[NewColumn],
    event_name: str = "",
    now: datetime,
) -> Schema:
    """Add a schema; raise SchemaNameTaken or ColumnsInvalid."""
    schema = begin_schema(
        name=name,
        parent=parent,
        description=description,
        columns=columns,
        event_name=event_name,
        now=now,
    )
    try:
        db.session.commit()
    except IntegrityError as failure:
        db.session.rollback()
        raise SchemaNameTaken(name) from failure
    log.info("schema.created", extra={"schema_id": schema.id})
    return schema


def begin_schema(
    *,
    name: str,
    parent: SchemaParent,
    description: str,
    columns: Sequence[NewColumn],
    event_name: str = "",
    now: datetime,
) -> Schema:
    """Return a new schema, not yet committed; raise ColumnsInvalid."""
    _check_columns(parent, columns)
    schema = Schema(
        name=name.strip(),
        parent=parent,
        description=description.strip(),
        table_name=f"dataset_{uuid4().hex}",
        event_name=event_name.strip() if parent is SchemaParent.INTERACTION else "",
        created_at=now,
    )
    schema.columns = [
        SchemaColumn(
            position=position,
            name=column.name.strip(),
            type=column.type,
            is_identifier=column.is_identifier,
            role=column.role,
        )
        for position, column in enumerate(columns)
    ]
    db.session.add(schema)
    return schema


def save_roles(
    *, schema_id: int, chosen: Mapping[int, ColumnRole | None], event_name: str
) -> Schema:
    """Give the columns with these ids these roles, the others none; raise RolesInvalid.

    No row is written: rows are read through the roles.
    """
    schema = db.session.get_one(Schema, schema_id)
    try:
        set_roles(schema, {each: chosen.get(each.id) for each in schema.columns}, event_name)
    except RolesInvalid:
        db.session.rollback()
        raise
    db.session.commit()
    log.info("schema.roles_saved", extra={"schema_id": schema_id})
    return schema


def set_roles(
    schema: Schema, chosen: Mapping[SchemaColumn, ColumnRole | None], event_name: str
) -> None:
    """Give the columns these roles, not yet committed; raise RolesInvalid."""
    if len(event_name.strip()) > LONGEST_EVENT_NAME:
        raise RolesInvalid(f"The event's name is longer than {LONGEST_EVENT_NAME} characters.")
    for column, role in chosen.items():
        column.role = role
    roles.refuse_unfit(schema.parent, schema.columns)
    schema.event_name = event_name.strip() if schema.parent is SchemaParent.INTERACTION else ""


def delete_schema(*, schema_id: int) -> str:
    """Delete a schema nothing refers to and return its table's name; raise SchemaInUse."""
    names = queries.list_references(schema_id)
    if names:
        raise SchemaInUse(names)
    schema = db.session.get_one(Schema, schema_id)
    table_name = schema.table_name
    db.session.delete(schema)
    try:
        db.session.commit()
    except IntegrityError as failure:
        db.session.rollback()
        raise SchemaInUse(queries.list_references(schema_id)) from failure
    log.info("schema.deleted", extra={"schema_id": schema_id})
    return table_name


def _check_columns(parent: SchemaParent, columns: Sequence[NewColumn]) -> None:
    names = [column.name.strip() for column in columns]
    if not names:
        raise ColumnsInvalid("Choose at least one column.")
    if "" in names:
        raise ColumnsInvalid("Give every chosen column a name.")
    folded = [name.casefold() for name in names]
    twice = next((name for name in names if folded.count(name.casefold()) > 1), None)
    if twice is not None:
        raise ColumnsInvalid(f"Two columns are called “{twice}”; give one of them another name.")
    identifiers = [column for column in columns if column.is_identifier]
    if parent.has_key and len(identifiers) != 1:
        raise ColumnsInvalid(f"Choose the column that identifies a row of {parent.value}.")
    if not parent.has_key and identifiers:
        raise ColumnsInvalid("Interactions have no identifier: each row is one more event.")
    try:
        roles.refuse_unfit(parent, columns)
    except RolesInvalid as failure:
        raise ColumnsInvalid(str(failure)) from failure
