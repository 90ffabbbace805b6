"""Step 3's columns: the form that names a page of them, and what was entered."""

from typing import Any

from wtforms.fields import SelectChoice

from app.dataflows.column_choices import ColumnChoice
from app.dataflows.models import Dataflow, DataflowColumn
from app.drafts import queries as drafts
from app.tabular.columns.profiles import ColumnProfile
from app.tabular.types import ColumnType
from wizard import column_pages, entries
from wizard.forms import ColumnForm, ColumnsForm


def form_of(dataflow: Dataflow) -> ColumnsForm:
    """Return the form with a line for each column of the page."""
    form = ColumnsForm(formdata=None, data=_values(dataflow))
    return _with_readings(form, dataflow)


def sent_form(dataflow: Dataflow) -> ColumnsForm:
    """Return the form as it was sent; answer 409 where its rows are not those of the page."""
    values = _values(dataflow)
    form = ColumnsForm(data=values)
    entries.refuse_other_rows(form.columns, "column_id", values["columns"])
    return _with_readings(form, dataflow)


def _values(dataflow: Dataflow) -> dict[str, Any]:
    rows = [
        {
            "column_id": column.id,
            "name": column.name,
            "is_mandatory": column.is_mandatory,
            "reading": "" if column.type is ColumnType.TEXT else column.pattern,
        }
        for column in column_pages.of_file(dataflow).columns
    ]
    return {"version": dataflow.version, "columns": rows}


def _with_readings(form: ColumnsForm, dataflow: Dataflow) -> ColumnsForm:
    for row, column in zip(form.columns, column_pages.of_file(dataflow).columns, strict=True):
        _offer_readings(row.form, column, dataflow)
    return form


def choices(form: ColumnsForm, dataflow: Dataflow) -> list[ColumnChoice]:
    """Return what was entered for each column of the page."""
    profiles = drafts.profiles(column_pages.of_file(dataflow).columns)
    return [
        ColumnChoice(
            column_id=int(row.form.column_id.data),
            name=row.form.name.data,
            is_mandatory=row.form.is_mandatory.data,
            reads_as=_reads_as(row.form, profiles[int(row.form.column_id.data)]),
        )
        for row in form.columns
    ]


def _offer_readings(form: ColumnForm, column: DataflowColumn, dataflow: Dataflow) -> None:
    """Let it be chosen how dates are read that may be read in two ways."""
    profile = ColumnProfile.from_dict(column.profile)
    if not profile.other_pattern:
        del form.reading
        return
    patterns = (profile.pattern or "", profile.other_pattern)
    form.reading.choices = [
        *(SelectChoice(each, drafts.reading_of(dataflow, profile, each)) for each in patterns),
        SelectChoice("", "Text, as it stands"),
    ]


def _reads_as(form: ColumnForm, profile: ColumnProfile) -> tuple[ColumnType, str] | None:
    if "reading" not in form:
        return None
    pattern = form.reading.data or ""
    kind = profile.nearly or profile.type
    return (kind, pattern) if pattern else (ColumnType.TEXT, "")
