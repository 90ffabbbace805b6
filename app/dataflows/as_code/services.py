"""Putting a dataflow's file in force."""

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from app.dataflows import drawing, standing, versions
from app.dataflows import queries as dataflows
from app.dataflows import services as dataflow_services
from app.dataflows.as_code import comparing, queries
from app.dataflows.as_code.describing import Described, DescribedSchema, Standing
from app.dataflows.as_code.documents import CodeInvalid
from app.dataflows.drift_words import listed
from app.dataflows.models import Dataflow
from app.dataflows.states import Event
from app.extensions import db
from app.schemas import queries as schemas
from app.schemas import services as schema_services
from app.schemas.models import Schema
from app.schemas.services import NewColumn

log = logging.getLogger(__name__)


class SchemaDiffers(CodeInvalid):
    """The schema exists, and has another parent or other columns."""


class ChangedMeanwhile(Exception):
    """Somebody changed the dataflow at the same moment."""


@dataclass(frozen=True)
class Applied:
    """What a file changed, or would change; `number` is the active version, where there is one."""

    dataflow_id: int | None
    number: int | None
    changes: list[str]


def apply(*, described: Described, by: str, now: datetime, is_dry: bool = False) -> Applied:
    """Make the dataflow what the file says, all of it or nothing; a dry one is taken back.

    Raises SchemaDiffers or ChangedMeanwhile.
    """
    try:
        applied = _applied(described, by, now)
        if is_dry or not applied.changes:
            db.session.rollback()
        else:
            db.session.commit()
            log.info("dataflow.applied", extra={"dataflow_id": applied.dataflow_id})
    except (IntegrityError, StaleDataError) as failure:
        db.session.rollback()
        raise ChangedMeanwhile(described.name) from failure
    return applied


def _applied(described: Described, by: str, now: datetime) -> Applied:
    found = dataflows.find_by_name(described.name)
    schema, is_new_schema = _schema(described.schema, now)
    is_draft = described.standing is Standing.DRAFT
    before = queries.described(found, is_draft=is_draft) if found else None
    said = [*_said_of_schema(schema, is_new_schema, described), *_said(found, before, described)]
    if not said:
        return Applied(found.id if found else None, found.active_number if found else None, [])
    dataflow = found or drawing.begun(name=described.name, description="", now=now)
    db.session.flush()
    dataflow.description, schema.description = described.description, described.schema.description
    _give_roles(schema, described.schema)
    dataflow_services.touch(dataflow, now)
    if (
        before
        and before.standing is not Standing.DRAFT
        and comparing.is_same_definition(before, described)
    ):
        standing.note(dataflow, _SWITCHES[described.standing])
    else:
        said.extend(_lost(dataflow, described))
        drawing.draw(dataflow, schema, described)
        _put_in_force(dataflow, schema, described.standing, by, now)
    db.session.flush()
    return Applied(dataflow.id, dataflow.active_number, said)


def _said(found: Dataflow | None, before: Described | None, described: Described) -> list[str]:
    if found is None:
        return [f"The dataflow “{described.name}” is new, with a stream of its own."]
    return comparing.changes(before, described)


def _said_of_schema(schema: Schema, is_new: bool, described: Described) -> list[str]:
    if is_new:
        return [f"The schema “{schema.name}” is new."]
    return comparing.role_changes(queries.schema_described(schema), described.schema)


_SWITCHES = {
    Standing.ACTIVE: Event.RESUMED,
    Standing.PAUSED: Event.PAUSED,
}


def _put_in_force(
    dataflow: Dataflow, schema: Schema, wanted: Standing, by: str, now: datetime
) -> None:
    """Make what was drawn the active version, unless the file says that it is a draft."""
    if wanted is Standing.DRAFT:
        return
    db.session.flush()
    versions.swap(dataflow, schema, by=by, now=now)
    standing.note(dataflow, Event.ACTIVATED)
    if wanted is Standing.PAUSED:
        standing.note(dataflow, Event.PAUSED)


def _lost(dataflow: Dataflow, described: Described) -> list[str]:
    """Say that edits nobody activated give way to the file."""
    if described.standing is Standing.DRAFT or not versions.draft_changes(dataflow):
        return []
    return ["Edits of the draft that were not activated give way to it."]


def _schema(described: DescribedSchema, now: datetime) -> tuple[Schema, bool]:
    """Return the schema, and whether it is new; raise SchemaDiffers."""
    found = schemas.find_by_name(described.name)
    if found is None:
        columns = [NewColumn(c.name, c.type, c.is_identifier, c.role) for c in described.columns]
        schema = schema_services.begin_schema(
            name=described.name,
            parent=described.parent,
            description=described.description,
            columns=columns,
            event_name=described.event_name,
            now=now,
        )
        return schema, True
    _refuse_other(queries.schema_described(found), described)
    return found, False


def _give_roles(schema: Schema, described: DescribedSchema) -> None:
    """Give the columns the roles of the file, which was checked as it was read."""
    chosen = {each.name: each.role for each in described.columns}
    given = {column: chosen.get(column.name) for column in schema.columns}
    schema_services.set_roles(schema, given, described.event_name)


def _refuse_other(there: DescribedSchema, described: DescribedSchema) -> None:
    if there.bare == described.bare:
        return
    if there.parent is not described.parent:
        raise SchemaDiffers("schema.parent", f"“{there.name}” exists, as {there.parent}.")
    raise SchemaDiffers(
        "schema.columns",
        f"The schema “{there.name}” exists with other columns: {_how_other(there, described)}. "
        "Write its columns as they are, in their order, or name another schema.",
    )


def _how_other(there: DescribedSchema, described: DescribedSchema) -> str:
    """Say by name which columns only one of the two has, or else the first that differs."""
    own, given = ([column.name for column in each.columns] for each in (there, described))
    extra = [name for name in own if name not in given]
    lacking = [name for name in given if name not in own]
    differing = [
        *([f"it has {listed(extra)}, which the file has not"] if extra else []),
        *([f"it lacks {listed(lacking)}"] if lacking else []),
    ]
    if differing:
        return ", and ".join(differing)
    columns = zip(there.bare.columns, described.bare.columns, strict=False)
    first = next(column for column, other in columns if column != other)
    return f"it has “{first.name}” ({first.type}) where the file says otherwise"
