"""What a file changes in the dataflow that reads it: new columns, another name for a known one.

Each makes a new active version, and reaches the draft too, so that activating it keeps the change.
Works within the transaction of a service, and never commits.
"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from itertools import count

from app.dataflows import suggesting, versions
from app.dataflows.definition import Definition, FileColumn, Target, takes
from app.dataflows.models import Dataflow, DataflowColumn, DataflowMapping
from app.extensions import db
from app.schemas import growing
from app.schemas.growing import ColumnNotAddable
from app.schemas.models import Schema, SchemaColumn
from app.tabular.columns.profiles import ColumnProfile
from app.tabular.types import ColumnType


class ColumnGone(Exception):
    """The dataflow reads no column of that name, or reads the other one already."""


def widen(
    dataflow: Dataflow, profiles: Sequence[ColumnProfile], *, by: str, now: datetime
) -> Definition:
    """Read new columns of the file from now on, into columns of the schema; return what is active.

    Raises ColumnNotAddable. A column of the schema that has the name already, and is empty so far,
    is filled where its type allows; any other is added.
    """
    active, schema = versions.in_force(dataflow)
    before = active.value
    found: list[tuple[DataflowColumn, SchemaColumn]] = []
    for profile in profiles:
        _refuse_taken(profile.name, before)
        column = column_of(profile, position=len(dataflow.columns) + len(found))
        filled = _empty_column(before, schema, column)
        found.append((column, filled or growing.add_column(schema, column.name, column.type)))
    db.session.flush()
    whole = _with(before, found, schema)
    versions.put_in_force(dataflow, whole, schema, by=by, now=now)
    for column, filled in found:
        _draw(dataflow, column, filled)
    return whole


def column_of(profile: ColumnProfile, *, position: int) -> DataflowColumn:
    """Return a column as its profile suggests it, under its name in the file."""
    # Text that only might be more is read by no pattern.
    pattern = "" if profile.type is ColumnType.TEXT else profile.pattern or ""
    return DataflowColumn(
        position=position,
        source_name=profile.name,
        name=profile.name,
        is_mandatory=False,
        type=profile.type,
        pattern=pattern,
        fallback="",
        profile=asdict(profile),
    )


def follow_rename(dataflow: Dataflow, old: str, new: str, *, by: str, now: datetime) -> None:
    """Read a column under the name it has in the file now; raise ColumnGone."""
    active, schema = versions.in_force(dataflow)
    before = active.value
    names = {column.source_name for column in before.columns}
    if old not in names or new in names:
        raise ColumnGone(old)
    columns = tuple(
        replace(column, source_name=new) if column.source_name == old else column
        for column in before.columns
    )
    versions.put_in_force(dataflow, replace(before, columns=columns), schema, by=by, now=now)
    drawn = {column.source_name: column for column in dataflow.columns}
    if old in drawn and new not in drawn:
        drawn[old].source_name = new


def _refuse_taken(name: str, definition: Definition) -> None:
    if name in {*(c.name for c in definition.columns), *_outputs(definition)}:
        raise ColumnNotAddable(
            f"The new column “{name}” was not added: the dataflow has a column of that name "
            "already, made of others. Give that one another name in step 4."
        )


def _outputs(definition: Definition) -> list[str]:
    return [step.output for step in definition.transformations]


def _empty_column(
    definition: Definition, schema: Schema, column: DataflowColumn
) -> SchemaColumn | None:
    """Return the schema's column of this name, if nothing fills it and it holds such values."""
    found = growing.find_column(schema, column.name)
    filled = {target.schema_column_id for target in definition.targets}
    if found is None or found.id in filled or not takes(found.type, column.type):
        return None
    return found


def _with(
    definition: Definition, found: Sequence[tuple[DataflowColumn, SchemaColumn]], schema: Schema
) -> Definition:
    """Return the definition that reads these columns too, its targets in the schema's order."""
    order = {column.id: position for position, column in enumerate(schema.columns)}
    fresh = [_target(column, filled) for column, filled in found]
    targets = sorted(
        (*definition.targets, *fresh), key=lambda target: order.get(target.schema_column_id, -1)
    )
    read = [FileColumn(c.source_name, c.name, c.is_mandatory) for c, _filled in found]
    return replace(definition, columns=(*definition.columns, *read), targets=tuple(targets))


def _target(column: DataflowColumn, filled: SchemaColumn) -> Target:
    return Target(
        schema_column_id=filled.id,
        name=filled.name,
        type=filled.type,
        is_identifier=filled.is_identifier,
        column=column.name,
        reads_as=column.type,
        pattern=column.pattern,
    )


def _draw(dataflow: Dataflow, column: DataflowColumn, filled: SchemaColumn) -> None:
    """Add a column to the draft, unless it has it: mapped alike, where it goes to that schema."""
    if column.source_name in {each.source_name for each in dataflow.columns}:
        return
    column.name = _free_name(column.name, suggesting.column_names(dataflow))
    dataflow.columns.append(column)
    is_filled = filled.id in {mapping.schema_column_id for mapping in dataflow.mappings}
    if dataflow.schema_id == filled.schema_id and not is_filled:
        dataflow.mappings.append(
            DataflowMapping(schema_column_id=filled.id, column_name=column.name)
        )


def _free_name(name: str, taken: Sequence[str]) -> str:
    """Return the name, with a number after it where the draft gave it to another column."""
    if name not in taken:
        return name
    return next(free for number in count(2) if (free := f"{name} {number}") not in taken)
