"""The two fields of step 4 that say how many rejected rows a run may have."""

from typing import Any

from wtforms import FloatField, IntegerField
from wtforms.validators import NumberRange, Optional

from app.dataflows.reject_limits import RejectLimit

_MOST_ROWS = 10**15


class RowsField(IntegerField):
    """Takes a number of rows."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as failure:
            raise ValueError("Enter a whole number of rows, such as 100") from failure


class PercentField(FloatField):
    """Takes a percentage, with a decimal point or comma."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([text.replace(",", ".") for text in valuelist])
        except ValueError as failure:
            raise ValueError("Enter a number of percent, such as 2.5") from failure


def rows_field() -> RowsField:
    """Return the field that asks for the most rows."""
    return RowsField(
        "Stop when more than this many rows are rejected",
        description="Empty for no limit. A run that stops writes nothing.",
        validators=[Optional(), NumberRange(0, _MOST_ROWS, "Enter 0 rows or more")],
        render_kw={"min": 0},
    )


def percent_field() -> PercentField:
    """Return the field that asks for the most percent of all rows."""
    return PercentField(
        "Stop when more than this many percent of the rows are rejected",
        description="Empty for no limit. It is looked at once the whole file is read.",
        validators=[Optional(), NumberRange(0, 100, "Enter 0 to 100 percent")],
        render_kw={"min": 0, "max": 100},
    )


def entered(form: Any) -> RejectLimit:
    """Return the limit entered."""
    return RejectLimit(form.reject_limit_count.data, form.reject_limit_percent.data)
