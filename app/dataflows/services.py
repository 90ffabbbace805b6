"""Filling a dataflow step by step, and putting it to work."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.dataflows import column_choices, drawing, naming, queries, standing, suggesting, versions
from app.dataflows.as_code import queries as code
from app.dataflows.column_choices import ColumnChoice
from app.dataflows.definition import Conversion, DriftPolicy
from app.dataflows.fallbacks import FallbackInvalid as FallbackInvalid
from app.dataflows.fallbacks import is_fallback_right
from app.dataflows.models import (
    Dataflow,
    DataflowState,
)
from app.dataflows.queries import WHOLE
from app.dataflows.racing import EditedElsewhere as EditedElsewhere
from app.dataflows.racing import refusing_races
from app.dataflows.reject_limits import RejectLimit
from app.dataflows.states import Event
from app.extensions import db
from app.lake.write_modes import WriteMode
from app.schemas.models import Schema
from app.tabular.options import ParsingOptions

log = logging.getLogger(__name__)


class NameTaken(Exception):
    """Another dataflow has this name."""


class RunUnderWay(Exception):
    """A run of the dataflow has not ended yet."""


class NothingActive(Exception):
    """The dataflow has no active version to resume or to go back to."""


class NotReady(Exception):
    """Something is still missing; `missing` holds the sentences."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(*missing)
        self.missing = list(missing)


def create_dataflow(*, name: str, description: str, now: datetime) -> Dataflow:
    """Start a draft with a stream of its own; raise NameTaken."""
    dataflow = drawing.begun(name=name.strip(), description=description.strip(), now=now)
    _commit_name()
    log.info("dataflow.created", extra={"dataflow_id": dataflow.id})
    return dataflow


@refusing_races
def save_general(
    *, dataflow_id: int, version: int, name: str, description: str, now: datetime
) -> Dataflow:
    """Save step 1; raise NameTaken or EditedElsewhere."""
    dataflow = editable(dataflow_id=dataflow_id, version=version)
    dataflow.name, dataflow.description = name.strip(), description.strip()
    dataflow.stream.name = name.strip()
    touch(dataflow, now)
    _commit_name()
    return dataflow


@refusing_races
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


@refusing_races
def save_transform_map(
    *,
    dataflow_id: int,
    version: int,
    conversions: Mapping[int, Conversion],
    write_mode: WriteMode,
    mapping: Mapping[int, str],
    now: datetime,
    limit: RejectLimit | None = None,
    drift_policy: DriftPolicy | None = None,
) -> Dataflow:
    """Save step 4: types by column id, and which column fills each schema column, by its id.

    Columns that are not named stay as they are. Raises FallbackInvalid or EditedElsewhere.
    """
    dataflow = editable(dataflow_id=dataflow_id, version=version)
    options = ParsingOptions.from_dict(dataflow.parsing_options or {})
    entered = [(each, conversions[each.id]) for each in dataflow.columns if each.id in conversions]
    for column, conversion in entered:
        if not is_fallback_right(conversion, options):
            raise FallbackInvalid(column.name)
    for column, conversion in entered:
        column.type, column.pattern = conversion.type, conversion.pattern
        column.fallback = conversion.fallback
    dataflow.drift_policy = drift_policy or dataflow.drift_policy
    if dataflow.schema is not None:
        saved = {row.schema_column_id: row.column_name for row in dataflow.mappings}
        drawing.map_to(dataflow, dataflow.schema, write_mode, {**saved, **mapping})
        dataflow.reject_limit = limit or dataflow.reject_limit
    touch(dataflow, now)
    db.session.commit()
    return dataflow


@refusing_races
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
    drawing.map_to(dataflow, schema, dataflow.write_mode, filled)
    touch(dataflow, now)
    db.session.commit()
    return dataflow


@refusing_races
def activate(
    *, dataflow_id: int, version: int, missing: Sequence[str], now: datetime, by: str = ""
) -> Dataflow:
    """Let production files start runs by the draft as it is now: the active version from here on.

    Raises NotReady while something is missing, or EditedElsewhere.
    """
    dataflow = editable(dataflow_id=dataflow_id, version=version)
    if missing or dataflow.schema is None:
        raise NotReady(missing)
    versions.swap(dataflow, dataflow.schema, by=by, now=now)
    standing.note(dataflow, Event.ACTIVATED)
    try:
        db.session.commit()
    except IntegrityError as failure:
        db.session.rollback()
        raise EditedElsewhere(dataflow_id) from failure
    log.info(
        "dataflow.activated",
        extra={"dataflow_id": dataflow_id, "number": dataflow.active_number},
    )
    return dataflow


def pause(*, dataflow_id: int) -> Dataflow:
    """Let production files wait; a run under way ends. Raises EventImpossible for a draft."""
    dataflow = get(dataflow_id)
    standing.note(dataflow, Event.PAUSED)
    db.session.commit()
    log.info("dataflow.paused", extra={"dataflow_id": dataflow_id})
    return dataflow


def resume(*, dataflow_id: int) -> Dataflow:
    """Let production files start runs again, by the version that was active.

    Raises NothingActive where there is none, EventImpossible for a draft.
    """
    dataflow = get(dataflow_id)
    if dataflow.state is DataflowState.PAUSED and dataflow.active_number is None:
        raise NothingActive(dataflow_id)
    standing.note(dataflow, Event.RESUMED)
    db.session.commit()
    log.info("dataflow.resumed", extra={"dataflow_id": dataflow_id})
    return dataflow


@refusing_races
def go_back(*, dataflow_id: int, now: datetime) -> Dataflow:
    """Make the draft what the active version is; raise NothingActive."""
    dataflow = get(dataflow_id)
    active = code.described(dataflow, is_draft=False)
    schema = versions.active_schema(dataflow)
    if active is None or schema is None:
        raise NothingActive(dataflow_id)
    drawing.draw(dataflow, schema, active)
    touch(dataflow, now)
    db.session.commit()
    return dataflow


def clone_dataflow(*, dataflow_id: int, now: datetime) -> Dataflow:
    """Start a draft as a copy of another's, with a stream of its own; raise NameTaken."""
    dataflow = get(dataflow_id)
    name = naming.copy_of(dataflow.name, queries.names_like(naming.COPY))
    copy = drawing.copied(dataflow, name=name, now=now)
    _commit_name()
    log.info("dataflow.cloned", extra={"dataflow_id": copy.id, "from": dataflow_id})
    return copy


def delete_dataflow(*, dataflow_id: int, is_running: bool = False) -> None:
    """Delete the definition, its stream and files, not the dataset; raise RunUnderWay.

    A paused dataflow may be running still, which only the caller knows.
    """
    dataflow = get(dataflow_id)
    if is_running or dataflow.state is DataflowState.RUNNING:
        raise RunUnderWay(dataflow_id)
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
    """Return the dataflow whose draft is to change; raise EditedElsewhere."""
    dataflow = get(dataflow_id)
    if dataflow.version != version:
        raise EditedElsewhere(dataflow_id)
    return dataflow


def touch(dataflow: Dataflow, now: datetime) -> None:
    """Note that the draft changed; what is active stays as it is."""
    dataflow.version += 1
    dataflow.changed_at = now
    standing.note(dataflow, Event.EDITED)


def _commit_name() -> None:
    try:
        db.session.commit()
    except IntegrityError as failure:
        db.session.rollback()
        raise NameTaken from failure
