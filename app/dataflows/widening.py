"""What a file changes in the dataflow that reads it: new columns, another name for a known one.

Works within the transaction of a service, and never commits.
"""

from collections.abc import Sequence
from dataclasses import asdict

from app.dataflows import suggesting
from app.dataflows.definition import takes
from app.dataflows.models import Dataflow, DataflowColumn, DataflowMapping
from app.extensions import db
from app.schemas import growing
from app.schemas.growing import ColumnNotAddable
from app.schemas.models import Schema, SchemaColumn
from app.tabular.columns.profiles import ColumnProfile
from app.tabular.types import ColumnType


class ColumnGone(Exception):
    """The dataflow reads no column of that name, or reads the other one already."""


def widen(dataflow: Dataflow, schema: Schema, profiles: Sequence[ColumnProfile]) -> None:
    """Read new columns of the file, and fill columns of the schema with them.

    Raises ColumnNotAddable. A column of the schema that has the name already, and is empty so far,
    is filled where its type allows; any other is added.
    """
    for profile in profiles:
        if profile.name in suggesting.column_names(dataflow):
            raise ColumnNotAddable(
                f"The new column “{profile.name}” was not added: the dataflow has a column of that "
                "name already, made of others. Give that one another name in step 4."
            )
        column = column_of(profile, position=len(dataflow.columns))
        dataflow.columns.append(column)
        target = _empty_target(dataflow, schema, column)
        target = target or growing.add_column(schema, column.name, column.type)
        db.session.flush()
        dataflow.mappings.append(
            DataflowMapping(schema_column_id=target.id, column_name=column.name)
        )


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


def follow_rename(dataflow: Dataflow, old: str, new: str) -> None:
    """Read a column under the name it has in the file now; raise ColumnGone."""
    columns = {column.source_name: column for column in dataflow.columns}
    if old not in columns or new in columns:
        raise ColumnGone(old)
    columns[old].source_name = new


def _empty_target(
    dataflow: Dataflow, schema: Schema, column: DataflowColumn
) -> SchemaColumn | None:
    """Return the schema's column of this name, if nothing fills it and it holds such values."""
    found = growing.find_column(schema, column.name)
    filled = {mapping.schema_column_id for mapping in dataflow.mappings}
    if found is None or found.id in filled or not takes(found.type, column.type):
        return None
    return found
