"""What a definition still lacks, as sentences with the step and field that mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.dataflows import suggesting
from app.dataflows.definition import takes
from app.tabular.types import ColumnType

if TYPE_CHECKING:
    from app.dataflows.models import Dataflow
    from app.schemas.models import Schema, SchemaColumn


MOST_LISTED = 12


@dataclass(frozen=True)
class Lack:
    """One thing still missing: the slug of the step, the id of the field, the sentence."""

    step: str
    field: str
    sentence: str


def lacks(dataflow: Dataflow, schema: Schema | None) -> list[Lack]:
    """Return what is missing before the draft can be tried, in the order of the steps."""
    found: list[Lack] = []
    if dataflow.draft_file_id is None:
        found.append(Lack("download", "files", "Choose a draft file and download it"))
    elif dataflow.profile_status.value == "queued":
        found.append(Lack("file-mapping", "columns", "Wait until the draft file is parsed"))
    elif dataflow.profile_status.value != "done":
        found.append(Lack("file-mapping", "options", "Parse the draft file"))
    elif not dataflow.is_file_mapping_saved:
        found.append(Lack("file-mapping", "columns", "Save the columns"))
    if schema is None:
        found.append(Lack("transform-map", "schema", "Choose or create a schema"))
    else:
        found.extend(_mapping_lacks(dataflow, schema))
    return found


def leftovers(dataflow: Dataflow, schema: Schema | None) -> list[str]:
    """Return what the mapping leaves out, in sentences: nothing of it is a fault."""
    if schema is None:
        return []
    filled = {mapping.schema_column_id: mapping.column_name for mapping in dataflow.mappings}
    empty = [column.name for column in schema.columns if column.id not in filled]
    going = {*filled.values(), *(name for row in dataflow.transformations for name in row.inputs)}
    unused = [name for name in suggesting.column_names(dataflow) if name not in going]
    said = []
    if empty:
        said.append(f"Nothing fills these columns of the dataset: {_listed(empty)}.")
    if unused:
        said.append(f"These columns of the file go nowhere: {_listed(unused)}.")
    return said


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:MOST_LISTED])
    more = len(names) - MOST_LISTED
    return f"{shown} and {more} more" if more > 0 else shown


def _mapping_lacks(dataflow: Dataflow, schema: Schema) -> list[Lack]:
    filled = {mapping.schema_column_id: mapping.column_name for mapping in dataflow.mappings}
    if not filled:
        return [Lack("transform-map", "mapping", "Map at least one column")]
    types = suggesting.column_types(dataflow)
    found = []
    for column in schema.columns:
        sentence = _column_lack(column, filled.get(column.id), types)
        if sentence is not None:
            found.append(Lack("transform-map", f"map-{column.id}", sentence))
    return found


def _column_lack(
    column: SchemaColumn, name: str | None, types: dict[str, ColumnType]
) -> str | None:
    """Say what is wrong with one column of the mapping; an unmapped one stays empty."""
    if name is None:
        if column.is_identifier:
            return f"Map a column to the identifier “{column.name}”"
        return None
    if name not in types:
        return f"“{name}”, mapped to “{column.name}”, is no longer a column"
    if not takes(column.type, types[name]):
        return (
            f"“{name}” is {types[name].word}, but “{column.name}” holds "
            f"{column.type.word}: convert the column, or map another"
        )
    return None
