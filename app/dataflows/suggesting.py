"""What suggests itself while a dataflow is mapped: plain questions asked of its rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.dataflows.definition import Conversion, Definition, FileColumn, Target, takes
from app.tabular.columns.transforming import Transformation
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType

if TYPE_CHECKING:
    from app.dataflows.models import Dataflow, DataflowTransformation
    from app.schemas.models import Schema, SchemaColumn

# What sites call the number or code that tells one person or thing from another.
IDENTIFIER_WORDS = ("userid", "customerid", "personid", "id", "code", "sku", "rowid", "email")


def step_of(row: DataflowTransformation) -> Transformation:
    """Return a saved transformation as a value."""
    return Transformation(
        kind=row.kind, inputs=tuple(row.inputs), output=row.output, params=dict(row.params)
    )


def steps(dataflow: Dataflow) -> list[Transformation]:
    """Return the transformations in their order."""
    return [step_of(row) for row in dataflow.transformations]


def column_types(dataflow: Dataflow) -> dict[str, ColumnType]:
    """Return every column, of the file and custom, with its type."""
    return {
        **{column.name: column.type for column in dataflow.columns},
        **{row.output: row.type for row in dataflow.transformations},
    }


def column_names(dataflow: Dataflow) -> list[str]:
    """Return the names of all columns, those of the file first."""
    return list(column_types(dataflow))


def rename(dataflow: Dataflow, old: str, new: str) -> None:
    """Let whatever names a column follow its new name."""
    if old == new:
        return
    for row in dataflow.transformations:
        row.inputs = [new if name == old else name for name in row.inputs]
    for mapping in dataflow.mappings:
        if mapping.column_name == old:
            mapping.column_name = new


def likely_identifier(names: list[str]) -> str | None:
    """Return the column most likely to identify a row."""
    folded = {_folded(name): name for name in reversed(names)}
    found = next((folded[word] for word in IDENTIFIER_WORDS if word in folded), None)
    return found or next((name for name in names if _folded(name).endswith("id")), None)


def identifier_of(dataflow: Dataflow) -> str | None:
    """Return the column most likely to identify a row: one whose values all differ, if any."""
    different = [
        column.name
        for column in dataflow.columns
        if column.profile["distinct_count"] == dataflow.row_count
        and column.profile["empty_count"] == 0
    ]
    return likely_identifier(different) or likely_identifier(column_names(dataflow))


def suggested(dataflow: Dataflow, schema: Schema) -> dict[int, str]:
    """Return the column for each schema column that one suggests itself for, by its id."""
    types = column_types(dataflow)
    found: dict[int, str] = {}
    for column in schema.columns:
        name = _best_match(column, types)
        if name is not None:
            found[column.id] = name
    return found


def definition(dataflow: Dataflow, schema: Schema) -> Definition:
    """Return what a run follows."""
    return Definition(
        options=ParsingOptions.from_dict(dataflow.parsing_options or {}),
        columns=tuple(
            FileColumn(column.source_name, column.name, column.is_mandatory)
            for column in dataflow.columns
        ),
        transformations=tuple(steps(dataflow)),
        targets=_targets(dataflow, schema),
        table_name=schema.table_name,
        write_mode=dataflow.write_mode,
        reject_limit=dataflow.reject_limit,
        drift_policy=dataflow.drift_policy,
    )


def _targets(dataflow: Dataflow, schema: Schema) -> tuple[Target, ...]:
    filled = {mapping.schema_column_id: mapping.column_name for mapping in dataflow.mappings}
    conversions = {
        **{column.name: column.conversion for column in dataflow.columns},
        **{
            row.output: Conversion(row.type, row.fallback or step_of(row).fallback)
            for row in dataflow.transformations
        },
    }
    return tuple(
        Target(
            schema_column_id=column.id,
            name=column.name,
            type=column.type,
            is_identifier=column.is_identifier,
            column=filled[column.id],
            reads_as=conversions[filled[column.id]].type,
            pattern=conversions[filled[column.id]].pattern,
            fallback=conversions[filled[column.id]].fallback,
        )
        for column in schema.columns
        if filled.get(column.id) in conversions
    )


def _best_match(column: SchemaColumn, types: dict[str, ColumnType]) -> str | None:
    fitting = [name for name, kind in types.items() if takes(column.type, kind)]
    same = next((name for name in fitting if _folded(name) == _folded(column.name)), None)
    if same is None and column.is_identifier:
        return likely_identifier(fitting)
    return same


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()
