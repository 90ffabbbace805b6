"""The rows of a draft, drawn from what a person or a file says; nothing is committed here."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TypeVar

from sqlalchemy import inspect

from app.dataflows import suggesting
from app.dataflows.as_code.describing import Described, DescribedColumn
from app.dataflows.definition import Conversion
from app.dataflows.models import (
    Dataflow,
    DataflowColumn,
    DataflowMapping,
    DataflowTransformation,
    Destination,
    ProfileStatus,
    SourceKind,
)
from app.dataflows.states import DataflowState
from app.extensions import Model, db
from app.lake.write_modes import WriteMode
from app.schemas.models import Schema
from app.streams import services as streams
from app.tabular.columns.profiles import ColumnProfile
from app.tabular.columns.transforming import Transformation
from app.tabular.types import ColumnType

Row = TypeVar("Row", bound=Model)


def begun(*, name: str, description: str, now: datetime) -> Dataflow:
    """Return a new draft with a stream of its own."""
    dataflow = Dataflow(
        name=name,
        description=description,
        source=SourceKind.STREAM_FILE,
        destination=Destination.CDP,
        state=DataflowState.DRAFT,
        version=1,
        write_mode=WriteMode.APPEND,
        created_at=now,
        changed_at=now,
        stream=streams.create_stream(name=name, now=now),
        draft_file=None,
        schema=None,
        columns=[],
        transformations=[],
        mappings=[],
    )
    db.session.add(dataflow)
    return dataflow


# What a copy has of its own; all else is as it is in what it is copied from.
_OF_ITS_OWN = {
    *("id", "name", "state", "version", "stream_pk", "created_at", "changed_at"),
    *("activated_at", "active_number", "parsed_bytes", "parse_beat_at", "parse_attempt"),
    "memory",
}


def copied(dataflow: Dataflow, *, name: str, now: datetime) -> Dataflow:
    """Return a new draft with all that the steps of another hold, and a stream of its own."""
    copy = begun(name=name, description=dataflow.description, now=now)
    copy.stream.is_id_enough = dataflow.stream.is_id_enough
    for attribute in _columns_of(Dataflow) - _OF_ITS_OWN:
        setattr(copy, attribute, getattr(dataflow, attribute))
    copy.draft_file, copy.schema = dataflow.draft_file, dataflow.schema
    if copy.profile_status is ProfileStatus.QUEUED:
        copy.profile_status = ProfileStatus.NONE
    copy.columns = [_copy_of(row) for row in dataflow.columns]
    copy.transformations = [_copy_of(row) for row in dataflow.transformations]
    copy.mappings = [_copy_of(row) for row in dataflow.mappings]
    return copy


def _copy_of(row: Row) -> Row:
    values = {name: getattr(row, name) for name in _columns_of(type(row)) - {"id", "dataflow_id"}}
    return type(row)(**values)


def _columns_of(kind: type[Model]) -> set[str]:
    return {attribute.key for attribute in inspect(kind).column_attrs}


def add_step(dataflow: Dataflow, step: Transformation, conversion: Conversion) -> None:
    """Add a custom column after those there are."""
    dataflow.transformations.append(
        DataflowTransformation(
            position=len(dataflow.transformations),
            kind=step.kind,
            inputs=list(step.inputs),
            output=step.output,
            params=dict(step.params),
            type=conversion.type,
            fallback=conversion.fallback,
        )
    )


def change_step(row: DataflowTransformation, step: Transformation, conversion: Conversion) -> None:
    """Make a custom column by another step, where it stands."""
    row.kind, row.inputs, row.output = step.kind, list(step.inputs), step.output
    row.params = dict(step.params)
    row.type, row.fallback = conversion.type, conversion.fallback


def map_to(
    dataflow: Dataflow, schema: Schema, write_mode: WriteMode, mapping: Mapping[int, str]
) -> None:
    """Replace the mapping; interactions are always appended."""
    dataflow.write_mode = write_mode if schema.parent.has_key else WriteMode.APPEND
    dataflow.mappings.clear()
    db.session.flush()
    known = set(suggesting.column_names(dataflow))
    for column in schema.columns:
        if (name := mapping.get(column.id, "")) in known:
            dataflow.mappings.append(DataflowMapping(schema_column_id=column.id, column_name=name))


def draw(dataflow: Dataflow, schema: Schema, described: Described) -> None:
    """Make the draft what is described; what is known of its columns from a file stays known."""
    dataflow.parsing_options = described.options.to_dict()
    dataflow.reject_limit_count = described.reject_limit.count
    dataflow.reject_limit_percent = described.reject_limit.percent
    dataflow.is_file_mapping_saved = True
    if dataflow.profile_status is ProfileStatus.QUEUED:
        # A worker that parses for what was there before finds that nobody waits for it.
        dataflow.profile_status = ProfileStatus.NONE
    known = {column.source_name: column for column in dataflow.columns}
    dataflow.columns[:] = [
        _column(each, position, known.get(each.file.source_name))
        for position, each in enumerate(described.columns)
    ]
    types = {row.output: Conversion(row.type, row.fallback) for row in dataflow.transformations}
    dataflow.transformations.clear()
    for each in described.transformations:
        before = types.get(each.step.output, Conversion(ColumnType.TEXT))
        add_step(dataflow, each.step, each.conversion or before)
    dataflow.schema = schema
    mapping = {
        column.id: described.mapping[column.name]
        for column in schema.columns
        if column.name in described.mapping
    }
    map_to(dataflow, schema, described.write_mode, mapping)
    dataflow.drift_policy = described.drift_policy


def _column(
    described: DescribedColumn, position: int, known: DataflowColumn | None
) -> DataflowColumn:
    source, name = described.file.source_name, described.file.name
    column = known or DataflowColumn(source_name=source, profile=_unknown(source))
    column.position, column.name = position, name
    column.is_mandatory = described.file.is_mandatory
    if described.conversion is not None or known is None:
        conversion = described.conversion or Conversion(ColumnType.TEXT)
        column.type, column.pattern = conversion.type, conversion.pattern
        column.fallback = conversion.fallback
    return column


def _unknown(source_name: str) -> dict[str, object]:
    """Return the profile of a column that no file was seen of."""
    return asdict(
        ColumnProfile(
            name=source_name,
            original_name=source_name,
            type=ColumnType.TEXT,
            confidence=0.0,
            row_count=0,
            empty_count=0,
            distinct_count=0,
            is_distinct_exact=True,
            minimum=None,
            maximum=None,
            longest=0,
            samples=(),
            sample_lines=(),
        )
    )
