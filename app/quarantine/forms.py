"""The forms that correct rejected rows: one row by its cells, many by a value they share."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    StringField,
    TextAreaField,
)

LONGEST_VALUE = 300


class ReplacementForm(Form):
    """One wrong value, by its digest, and what is to stand in its place."""

    old = HiddenField()
    new = StringField("New value")
    is_emptied = BooleanField("Make it empty")


class ReplacementsForm(FlaskForm):
    """The values that fail a rule in a column."""

    replacements = FieldList(FormField(ReplacementForm))


def replacements_form(values: Sequence[tuple[str | None, int]]) -> ReplacementsForm:
    """Return the form with a row for each of these values."""
    return ReplacementsForm(data={"replacements": [{"old": digest(old)} for old, _count in values]})


def replacements(
    form: ReplacementsForm, values: Sequence[tuple[str | None, int]]
) -> dict[str | None, str]:
    """Return what was entered, by the values; one that no row has any more is left out."""
    known = {digest(value): value for value, _count in values}
    entered: dict[str | None, str] = {}
    for row in form.replacements:
        new, is_emptied = row.form.new.data or "", row.form.is_emptied.data
        if row.form.old.data in known and (new or is_emptied):
            entered[known[row.form.old.data]] = "" if is_emptied else new
    return entered


def digest(value: str | None) -> str:
    """Return a short name of a value: a browser would change line ends within it."""
    marked = "null" if value is None else f"text:{value}"
    return sha256(marked.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def cells_form(columns: Mapping[str, str], cells: Mapping[str, str | None]) -> Any:
    """Return a form with a field for each column of the file, filled with the row's own cells.

    `columns` has the names people know them by.
    """

    class CellsForm(FlaskForm):
        """One row."""

    for place, (source, name) in enumerate(columns.items()):
        text = cells.get(source) or ""
        is_long = "\n" in text or "\r" in text
        kind, wide = (TextAreaField, {"cols": 40}) if is_long else (StringField, {"size": 40})
        field = kind(name, default=text, filters=[_text], render_kw=wide)
        setattr(CellsForm, field_name(place), field)
    return CellsForm()


def field_name(place: int) -> str:
    """Return the name of the field for a column."""
    return f"cell-{place}"


def _text(entered: str | None) -> str:
    return entered or ""
