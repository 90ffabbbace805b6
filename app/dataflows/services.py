"""Filling a dataflow step by step, and putting it to work."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.dataflows import checking, column_choices, suggesting, widening
from app.dataflows.column_choices import (
    ColumnChoice,
)
from app.dataflows.definition import Conversion, DriftPolicy
from app.dataflows.models import (
    Dataflow,
    DataflowMapping,
    DataflowState,
    DataflowTransformation,
    Destination,
    SourceKind,
)
from app.dataflows.queries import WHOLE
from app.extensions import db
from app.lake.planning import WriteMode
from app.schemas.models import Schema
from app.streams import services as streams
from app.tabular.columns import transforming
from app.tabular.columns.transforming import Transformation
from app.tabular.types import ColumnType

log = logging.getLogger(__name__)


class NameTaken(Exception):
    """Another dataflow has this name."""


class EditedElsewhere(Exception):
    """The definition changed since the page that sent this was opened."""


class NotEditable(Exception):
    """An active dataflow is not edited in place; pause it first."""


class NotReady(Exception):
    """Something is still missing; `missing` holds the sentences."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(*missing)
        self.missing = list(missing)


class FallbackInvalid(Exception):
    """The fallback value is not of the column's type."""


def create_dataflow(*, name: str, description: str, now: datetime) -> Dataflow:
    """Start a draft with a stream of its own; raise NameTaken."""
    dataflow = Dataflow(
        name=name.strip(),
        description=description.strip(),
        source=SourceKind.STREAM_FILE,
        destination=Destination.CDP,
        state=DataflowState.DRAFT,
        version=1,
        write_mode=WriteMode.APPEND,
        created_at=now,
        changed_at=now,
        stream=streams.create_stream(name=name.strip(), now=now),
    )
    db.session.add(dataflow)
    _commit_name()
    log.info("dataflow.created", extra={"dataflow_id": dataflow.id})
    return dataflow


def save_general(
    *, dataflow_id: int, version: int, name: str, description: str, now: datetime
) -> Dataflow:
    """Save step 1; raise NameTaken, EditedElsewhere or NotEditable."""
    dataflow = editable(dataflow_id=dataflow_id, version=version)
    dataflow.name, dataflow.description = name.strip(), description.strip()
    dataflow.stream.name = name.strip()
    touch(dataflow, now)
    _commit_name()
    return dataflow


def save_columns(
    *, dataflow_id: int, version: int, choices: Sequence[ColumnChoice], now: datetime
) -> Dataflow:
    """Save step 3's columns; raise ColumnNameInvalid, MandatoryImpossible, EditedElsewhere.

    Columns without a choice stay as they are.
    """
    dataflow = editable(dataflow_id=dataflow_id, version=version)
    column_choices.take(dataflow, choices)
    dataflow.is_file_mapping_saved = True
    touch(dataflow, now)
    db.session.commit()
    return dataflow


def save_transform_map(
    *,
    dataflow_id: int,
    version: int,
    conversions: Mapping[int, Conversion],
    write_mode: WriteMode,
    mapping: Mapping[int, str],
    now: datetime,
    drift_policy: DriftPolicy | None = None,
) -> Dataflow:
    """Save step 4: types by column id, and which column fills each schema column, by its id.

    Raises FallbackInvalid, EditedElsewhere or NotEditable.
    """
    dataflow = editable(dataflow_id=dataflow_id, version=version)
    entered = [(each, conversions[each.id]) for each in dataflow.columns if each.id in conversions]
    for column, conversion in entered:
        if not checking.is_fallback_right(dataflow, conversion):
            raise FallbackInvalid(column.name)
    for column, conversion in entered:
        column.type, column.pattern = conversion.type, conversion.pattern
        column.fallback = conversion.fallback
    dataflow.drift_policy = drift_policy or dataflow.drift_policy
    if dataflow.schema is not None:
        _map(dataflow, dataflow.schema, write_mode, mapping)
    touch(dataflow, now)
    db.session.commit()
    return dataflow


def add_transformation(
    *, dataflow_id: int, version: int, step: Transformation, type_: ColumnType, now: datetime
) -> Dataflow:
    """Add a custom column; raise TransformationImpossible or EditedElsewhere."""
    dataflow = editable(dataflow_id=dataflow_id, version=version)
    names = [column.name for column in dataflow.columns]
    transforming.refuse_impossible(names, [*suggesting.steps(dataflow), step])
    dataflow.transformations.append(
        DataflowTransformation(
            position=len(dataflow.transformations),
            kind=step.kind,
            inputs=list(step.inputs),
            output=step.output,
            params=dict(step.params),
            type=type_,
        )
    )
    touch(dataflow, now)
    db.session.commit()
    return dataflow


def remove_transformation(
    *, dataflow_id: int, version: int, transformation_id: int, now: datetime
) -> Dataflow:
    """Take a custom column out; raise TransformationImpossible while another is made of it."""
    dataflow = editable(dataflow_id=dataflow_id, version=version)
    left = [step for step in dataflow.transformations if step.id != transformation_id]
    names = [column.name for column in dataflow.columns]
    transforming.refuse_impossible(names, [suggesting.step_of(row) for row in left])
    dataflow.transformations[:] = left
    for position, row in enumerate(left):
        row.position = position
    known = {*names, *(row.output for row in left)}
    dataflow.mappings[:] = [m for m in dataflow.mappings if m.column_name in known]
    touch(dataflow, now)
    db.session.commit()
    return dataflow


def choose_schema(
    *,
    dataflow_id: int,
    version: int,
    schema_id: int,
    now: datetime,
    mapping: Mapping[int, str] | None = None,
) -> Dataflow:
    """Map to this schema, as given or as it suggests itself; raise EditedElsewhere."""
    dataflow = editable(dataflow_id=dataflow_id, version=version)
    schema = db.session.get_one(Schema, schema_id)
    dataflow.schema = schema
    filled = suggesting.suggested(dataflow, schema) if mapping is None else mapping
    _map(dataflow, schema, dataflow.write_mode, filled)
    touch(dataflow, now)
    db.session.commit()
    return dataflow


def activate(*, dataflow_id: int, version: int, missing: Sequence[str], now: datetime) -> Dataflow:
    """Let production files start runs; raise NotReady while something is missing."""
    dataflow = editable(dataflow_id=dataflow_id, version=version)
    if missing:
        raise NotReady(missing)
    dataflow.state = DataflowState.WAITING
    dataflow.activated_at = now
    db.session.commit()
    log.info("dataflow.activated", extra={"dataflow_id": dataflow_id})
    return dataflow


def follow_rename(*, dataflow_id: int, old: str, new: str, now: datetime) -> Dataflow:
    """Read a column of the file under its new name from now on, active or not; raise ColumnGone."""
    dataflow = get(dataflow_id)
    widening.follow_rename(dataflow, old, new)
    touch(dataflow, now)
    db.session.commit()
    log.info("dataflow.column_renamed", extra={"dataflow_id": dataflow_id})
    return dataflow


def pause(*, dataflow_id: int) -> Dataflow:
    """Stop production files from starting runs; they wait."""
    dataflow = get(dataflow_id)
    if dataflow.state.is_active:
        dataflow.state = DataflowState.PAUSED
        db.session.commit()
    return dataflow


def delete_dataflow(*, dataflow_id: int) -> None:
    """Delete the definition, its stream and files; the dataset stays with its schema."""
    dataflow = get(dataflow_id)
    if dataflow.state is DataflowState.RUNNING:
        raise NotEditable(dataflow_id)
    stream = dataflow.stream
    db.session.delete(dataflow)
    db.session.flush()
    db.session.delete(stream)
    db.session.commit()
    log.info("dataflow.deleted", extra={"dataflow_id": dataflow_id})


def get(dataflow_id: int) -> Dataflow:
    """Return the dataflow with all that hangs on it."""
    return db.session.scalars(
        select(Dataflow).where(Dataflow.id == dataflow_id).options(*WHOLE)
    ).one()


def editable(*, dataflow_id: int, version: int) -> Dataflow:
    """Return the dataflow to change; raise EditedElsewhere or NotEditable."""
    dataflow = get(dataflow_id)
    if dataflow.state.is_active:
        raise NotEditable(dataflow_id)
    if dataflow.version != version:
        raise EditedElsewhere(dataflow_id)
    return dataflow


def touch(dataflow: Dataflow, now: datetime) -> None:
    """Note that the definition changed."""
    dataflow.version += 1
    dataflow.changed_at = now
    if dataflow.state is DataflowState.READY:
        dataflow.state = DataflowState.DRAFT


def _map(
    dataflow: Dataflow, schema: Schema, write_mode: WriteMode, mapping: Mapping[int, str]
) -> None:
    """Replace the mapping; interactions are always appended."""
    dataflow.write_mode = write_mode if schema.parent.has_key else WriteMode.APPEND
    dataflow.stream.is_overwriting = dataflow.write_mode is WriteMode.OVERWRITE
    dataflow.mappings.clear()
    db.session.flush()
    known = set(suggesting.column_names(dataflow))
    for column in schema.columns:
        if (name := mapping.get(column.id, "")) in known:
            dataflow.mappings.append(DataflowMapping(schema_column_id=column.id, column_name=name))


def _commit_name() -> None:
    try:
        db.session.commit()
    except IntegrityError as failure:
        db.session.rollback()
        raise NameTaken from failure
