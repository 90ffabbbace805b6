"""Saved things with valid defaults; a test names only what it is about."""

import io
from typing import Any

from app.dataflows import services as dataflows
from app.dataflows.column_choices import ColumnChoice
from app.dataflows.models import Dataflow
from app.drafts import services as drafts
from app.lake.write_modes import WriteMode
from app.schemas import services as schemas
from app.schemas.models import Schema, SchemaParent
from app.schemas.services import NewColumn
from app.streams import services as streams
from app.streams.models import FileKind, StreamFile
from app.tabular.types import ColumnType
from tests.conftest import NOW

PEOPLE_CSV = "id,name,joined,points\n1,Ada,2020-02-29,1.50\n2,Łukasz,2021-01-31,2\n3,=Eve,,0.10\n"
LIMIT = 10_000_000


def make_dataflow(name: str = "Customers") -> Dataflow:
    """Return a new draft with its stream."""
    return dataflows.create_dataflow(name=name, description="", now=NOW)


def make_file(
    dataflow: Dataflow,
    content: str | bytes = PEOPLE_CSV,
    kind: FileKind = FileKind.DRAFT,
    name: str = "people.csv",
) -> StreamFile:
    """Return a closed stream file with this content."""
    raw = content.encode() if isinstance(content, str) else content
    return streams.receive_upload(
        stream_pk=dataflow.stream_pk,
        kind=kind,
        name=name,
        stream=io.BytesIO(raw),
        limit=LIMIT,
        now=NOW,
    )


def make_parsed(content: str | bytes = PEOPLE_CSV, name: str = "Customers") -> Dataflow:
    """Return a draft whose file is downloaded, parsed and named."""
    dataflow = make_dataflow(name)
    file = make_file(dataflow, content)
    dataflow = drafts.choose_draft(
        dataflow_id=dataflow.id,
        version=dataflow.version,
        file_id=file.id,
        parse_up_to=LIMIT,
        now=NOW,
    )
    return save_columns(dataflow)


def save_columns(dataflow: Dataflow, mandatory: tuple[str, ...] = ()) -> Dataflow:
    """Save step 3 with the names of the file."""
    return dataflows.save_columns(
        dataflow_id=dataflow.id,
        version=dataflow.version,
        choices=[
            ColumnChoice(column.id, column.name, column.name in mandatory)
            for column in dataflow.columns
        ],
        now=NOW,
    )


def make_schema(columns: dict[str, ColumnType], identifier: str | None, **changes: Any) -> Schema:
    """Return a schema with these columns, one of them its identifier."""
    return schemas.create_schema(
        **{
            "name": "People",
            "parent": SchemaParent.PERSONAL_DATA,
            "description": "",
            "columns": [NewColumn(n, kind, n == identifier) for n, kind in columns.items()],
            "now": NOW,
            **changes,
        }
    )


def make_mapped(
    content: str | bytes = PEOPLE_CSV,
    identifier: str | None = "id",
    write_mode: WriteMode = WriteMode.APPEND,
) -> Dataflow:
    """Return a draft mapped, column by column, to a schema made of its columns."""
    dataflow = make_parsed(content)
    types = {column.name: column.type for column in dataflow.columns}
    parent = SchemaParent.PERSONAL_DATA if identifier else SchemaParent.INTERACTION
    schema = make_schema(types, identifier, parent=parent)
    dataflow.write_mode = write_mode
    return dataflows.choose_schema(
        dataflow_id=dataflow.id, version=dataflow.version, schema_id=schema.id, now=NOW
    )


def make_active(
    content: str | bytes = PEOPLE_CSV,
    identifier: str | None = "id",
    write_mode: WriteMode = WriteMode.APPEND,
) -> Dataflow:
    """Return an active dataflow; without an identifier, one of interactions."""
    dataflow = make_mapped(content, identifier, write_mode)
    return dataflows.activate(
        dataflow_id=dataflow.id, version=dataflow.version, missing=[], now=NOW
    )
