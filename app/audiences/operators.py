"""Comparing a value with what is asked for: the same for properties, attributes and sums."""

from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

import ibis
import ibis.expr.types as ir

from app.tabular.types import ColumnType

AMOUNT = "decimal(38, 9)"
_LARGEST = Decimal(10) ** 29


class Operator(StrEnum):
    """How a value is compared; a missing value fits only IS_NOT and IS_EMPTY."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    IS_EMPTY = "is_empty"
    IS_NOT_EMPTY = "is_not_empty"

    @property
    def label(self) -> str:
        """The operator as a sentence has it."""
        return self.value.replace("_", " ")

    @property
    def needs_value(self) -> bool:
        """Tell whether there is something to compare with."""
        return self not in {Operator.IS_EMPTY, Operator.IS_NOT_EMPTY}

    @property
    def is_order(self) -> bool:
        """Tell whether values are compared by size, so that text is read as a number."""
        return self in {
            Operator.AT_LEAST,
            Operator.AT_MOST,
            Operator.MORE_THAN,
            Operator.LESS_THAN,
        }


NUMBER_OPERATORS = (
    Operator.AT_LEAST,
    Operator.AT_MOST,
    Operator.MORE_THAN,
    Operator.LESS_THAN,
    Operator.IS,
    Operator.IS_NOT,
)


class ValueUnfit(Exception):
    """A value cannot be compared with a column of that type; the sentence says why."""


def read_value(text: str, kind: ColumnType, operator: Operator) -> Any:
    """Return the value that a condition's text stands for; raise ValueUnfit."""
    if not operator.needs_value:
        return None
    if operator is Operator.CONTAINS:
        return text
    if kind.is_number or (kind.is_text and operator.is_order):
        return _number(text)
    return _READERS[kind](text) if kind in _READERS else text


def fits(column: ir.Value, kind: ColumnType, operator: Operator, text: str) -> ir.BooleanValue:
    """Return whether a value fits, never unknown; a missing one does so where `fits_nothing`."""
    value = read_value(text, kind, operator)
    if operator is Operator.IS_EMPTY:
        return column.isnull()
    if operator is Operator.IS_NOT_EMPTY:
        return column.notnull()
    if operator is Operator.IS_NOT:
        return (column != _literal(value)).fill_null(True)
    return _compared(column, kind, operator, value).fill_null(False)


def fits_nothing(operator: Operator) -> bool:
    """Tell whether a missing value fits."""
    return operator in {Operator.IS_NOT, Operator.IS_EMPTY}


def _compared(column: Any, kind: ColumnType, operator: Operator, value: Any) -> Any:
    if operator is Operator.CONTAINS:
        return column.cast("string").contains(value)
    if operator is Operator.IS:
        return column == _literal(value)
    compared = as_number(column) if kind.is_text else column
    literal = _literal(value)
    return {
        Operator.AT_LEAST: lambda: compared >= literal,
        Operator.AT_MOST: lambda: compared <= literal,
        Operator.MORE_THAN: lambda: compared > literal,
        Operator.LESS_THAN: lambda: compared < literal,
    }[operator]()


def as_number(column: Any) -> Any:
    """Return text as a number, and nothing where it is none."""
    return column.try_cast(AMOUNT)


def _literal(value: Any) -> Any:
    return ibis.literal(value, AMOUNT) if isinstance(value, Decimal) else ibis.literal(value)


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text.strip())
    except InvalidOperation as failure:
        raise ValueUnfit(f"“{text}” is no number.") from failure
    if not number.is_finite() or abs(number) >= _LARGEST or number != round(number, 9):
        raise ValueUnfit(f"“{text}” has more digits than can be compared exactly.")
    return number


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as failure:
        raise ValueUnfit(f"“{text}” is no date. Write 2026-12-31.") from failure


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as failure:
        raise ValueUnfit(f"“{text}” is no date and time. Write 2026-12-31T18:00.") from failure
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _truth(text: str) -> bool:
    word = text.strip().lower()
    if word not in {"true", "false", "yes", "no"}:
        raise ValueUnfit(f"“{text}” is neither true nor false.")
    return word in {"true", "yes"}


_READERS = {
    ColumnType.DATE: _date,
    ColumnType.DATETIME: _moment,
    ColumnType.BOOLEAN: _truth,
}
