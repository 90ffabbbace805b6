"""Between the draft and its forms: filling them in, and reading what was entered."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import abort
from wtforms import FieldList
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, Optional

from app.dataflows import suggesting
from app.dataflows.definition import Conversion, takes
from app.dataflows.models import Dataflow, DataflowColumn
from app.lake.write_modes import WriteMode
from app.schemas import queries as schemas
from app.schemas.models import SchemaColumn
from app.tabular.types import ColumnType
from wizard import column_pages, type_choices
from wizard.forms import TransformMapForm, WideTransformMapForm

NO_SCHEMA = 0
# More columns than these are not listed in every line, but once, for all lines to choose from.
MOST_IN_A_LIST = 100


def transform_map_form(dataflow: Dataflow) -> TransformMapForm:
    """Return the form with types, write mode and mapping as they are saved."""
    shown = column_pages.of_step(dataflow)
    conversions = _conversion_rows(shown.columns.columns)
    mappings = _mapping_rows(dataflow, shown.targets.columns)
    kind = WideTransformMapForm if is_wide(dataflow) else TransformMapForm
    form = kind(
        data={
            "version": dataflow.version,
            "schema_id": dataflow.schema_id or NO_SCHEMA,
            "conversions": conversions,
            "write_mode": dataflow.write_mode.value,
            "reject_limit_count": dataflow.reject_limit_count,
            "reject_limit_percent": dataflow.reject_limit_percent,
            "drift_policy": dataflow.drift_policy.value,
            "mappings": mappings,
        }
    )
    _offer_schemas(form, dataflow)
    refuse_other_rows(form.conversions, "column_id", conversions)
    refuse_other_rows(form.mappings, "schema_column_id", mappings)
    for conversion, read in zip(form.conversions, shown.columns.columns, strict=True):
        conversion.form.type.choices = type_choices.types_for(read)
    _offer_columns(form, dataflow, shown.targets.columns)
    return form


def is_wide(dataflow: Dataflow) -> bool:
    """Tell whether there are too many columns to list all of them in each line of the mapping."""
    return len(dataflow.columns) + len(dataflow.transformations) > MOST_IN_A_LIST


def _offer_columns(
    form: TransformMapForm, dataflow: Dataflow, targets: Sequence[SchemaColumn]
) -> None:
    """Let each column of the schema be filled by any column."""
    types = suggesting.column_types(dataflow)
    known = AnyOf(types, "There is no column of this name: choose one of the list, or none.")
    for row, target in zip(form.mappings, targets, strict=True):
        if is_wide(dataflow):
            row.form.column.validators = [Optional(), known]
        else:
            row.form.column.choices = _fitting_first(types, target.type)


def conversions(form: TransformMapForm) -> dict[int, Conversion]:
    """Return the types entered, by column id."""
    entered = {}
    for row in form.conversions:
        kind, _space, pattern = row.form.type.data.partition(" ")
        entered[int(row.form.column_id.data)] = Conversion(
            type=ColumnType(kind), fallback=row.form.fallback.data or "", pattern=pattern
        )
    return entered


def mapping(form: TransformMapForm) -> dict[int, str]:
    """Return the column entered for each schema column, by its id."""
    return {
        int(row.form.schema_column_id.data): row.form.column.data or "" for row in form.mappings
    }


def write_mode(form: TransformMapForm) -> WriteMode:
    """Return the write mode entered."""
    return WriteMode(form.write_mode.data)


def schema_id(form: TransformMapForm) -> int | None:
    """Return the schema chosen, if there are schemas and one was."""
    return form.schema_id.data or None if "schema_id" in form else None


def _offer_schemas(form: TransformMapForm, dataflow: Dataflow) -> None:
    """Let a schema be chosen, where there are any."""
    choices = [
        SelectChoice(schema.id, f"{schema.name} ({schema.parent.value})")
        for schema in schemas.list_schemas()
    ]
    if not choices:
        del form.schema_id
        return
    nothing = [] if dataflow.schema_id else [SelectChoice(NO_SCHEMA, "Choose a schema")]
    form.schema_id.choices = [*nothing, *choices]


def _conversion_rows(columns: Sequence[DataflowColumn]) -> list[dict[str, Any]]:
    return [
        {
            "column_id": column.id,
            "type": type_choices.chosen(column),
            "fallback": column.fallback,
        }
        for column in columns
    ]


def _mapping_rows(dataflow: Dataflow, targets: Sequence[SchemaColumn]) -> list[dict[str, Any]]:
    filled = {mapping.schema_column_id: mapping.column_name for mapping in dataflow.mappings}
    return [
        {"schema_column_id": column.id, "column": filled.get(column.id, "")} for column in targets
    ]


def refuse_other_rows(field: FieldList, id_name: str, rows: list[dict[str, Any]]) -> None:
    """Answer 409 where a form was sent whose rows are not those that the page would show now."""
    if [str(row.form[id_name].data) for row in field] != [str(row[id_name]) for row in rows]:
        abort(409)


def _fitting_first(types: Mapping[str, ColumnType], wanted: ColumnType) -> list[SelectChoice]:
    """Return all columns to choose from, those of a fitting type first."""
    ordered = sorted(types, key=lambda name: not takes(wanted, types[name]))
    return [
        SelectChoice("", "(leave empty)"),
        *(SelectChoice(name, f"{name} · {types[name].word}") for name in ordered),
    ]
