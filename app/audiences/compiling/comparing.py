"""Comparing columns with values, and with each other: always true or false, never unknown."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any, cast

import ibis
import ibis.expr.types as ir

from app.audiences.compiling.question import Question
from app.audiences.tree import values
from app.audiences.tree.operators import NEGATIONS, Operator
from app.lake import numbers
from app.tabular.types import ColumnType

DECIMAL = f"decimal(38, {values.PLACES})"
_DAY, _CLOCK = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}", r"[T ]([01][0-9]|2[0-3]):[0-5][0-9]"
# The end of the text itself: to some engines a dollar sign is also before a last line end.
_DATED = rf"{_DAY}(\z|{_CLOCK})"
_SECONDS, _ZONED = r"(:[0-5][0-9]([.][0-9]+)?)?", r"(Z|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)"
_OFFSET = rf"{_DAY}{_CLOCK}{_SECONDS}{_ZONED}\z"
_DAYS = ibis.literal(date.min, "date"), ibis.literal(date.max, "date")
Texts = str | tuple[str, ...]
Compare = Callable[[Any, Any], Any]

ORDERS: dict[Operator, Compare] = {
    Operator.AT_LEAST: lambda one, other: one >= other,
    Operator.AT_MOST: lambda one, other: one <= other,
    Operator.MORE_THAN: lambda one, other: one > other,
    Operator.LESS_THAN: lambda one, other: one < other,
    Operator.EQUALS: lambda one, other: one == other,
    Operator.IS: lambda one, other: one == other,
}
_DATES: dict[Operator, Compare] = {
    Operator.BEFORE: lambda one, other: one < other,
    Operator.AFTER: lambda one, other: one > other,
    Operator.ON: lambda one, other: one == other,
}


def fits(
    column: ir.Value, kind: ColumnType, how: Operator, value: Texts, question: Question
) -> ir.BooleanValue:
    """Return whether a column of this type fits; raise ValueUnfit."""
    return _told(how, column, partial(_compared, kind=kind, value=value, question=question))


def text_fits(text: ir.Value, how: Operator, value: Texts, question: Question) -> ir.BooleanValue:
    """Return whether a text that may be anything fits, read as a number or date where asked so."""
    kind = ColumnType.TEXT
    if how.is_date:
        return fits(day_of(text, question), ColumnType.DATE, how, value, question)
    return fits(text, kind, how, value, question)


def pair_fits(one: ir.Value, other: ir.Value, how: Operator, question: Question) -> ir.BooleanValue:
    """Return whether two texts fit each other; where one is missing, as a missing value does."""

    def compared(text: Any, positive: Operator) -> Any:
        if positive is Operator.CONTAINS:
            return text.contains(other)
        if positive.is_date:
            return _DATES[positive](day_of(text, question), day_of(other, question))
        if positive is Operator.IS:
            return text == other
        return ORDERS[positive](as_number(text), as_number(other))

    return _told(how, one, compared)


def as_number(column: Any) -> Any:
    """Return text as an exact number, and nothing where it is none; a number as it is."""
    return numbers.as_number(column) if column.type().is_string() else column


def day_of(text: Any, question: Question) -> Any:
    """Return the day of a text that is a date or begins with one.

    A moment that says its offset has the day of the time zone; else the day is as it is written.
    """
    is_dated, has_offset = text.re_search(_DATED), text.re_search(_OFFSET)
    nothing = ibis.null("string")
    written = ibis.ifelse(is_dated & ~has_offset, text.substr(0, 10), nothing).try_cast("date")
    moment = ibis.ifelse(is_dated & has_offset, text, nothing).try_cast("timestamp('UTC', 6)")
    day = written.coalesce(question.dialect.day(moment, question.zone.key))
    # The engine goes on before the year 1 and after 9999, where nothing else does.
    return ibis.ifelse(day.between(*_DAYS), day, ibis.null("date"))


def decimal(value: Decimal, kind: str = DECIMAL) -> Any:
    """Return a number as the engines compare it exactly."""
    return ibis.literal(value, kind)


def _told(how: Operator, column: Any, compared: Callable[[Any, Operator], Any]) -> ir.BooleanValue:
    if not how.needs_value:
        found = column.isnull() if how is Operator.IS_EMPTY else column.notnull()
    elif how in NEGATIONS:
        found = ~compared(column, NEGATIONS[how]).fill_null(False)
    else:
        found = compared(column, how).fill_null(False)
    return cast("ir.BooleanValue", found)


def _compared(
    column: Any, how: Operator, *, kind: ColumnType, value: Texts, question: Question
) -> Any:
    if how is Operator.IS_ONE_OF:
        return _one_of(column, kind, value)
    if kind is ColumnType.DATETIME:
        return _moment_fits(column, how, _one(value), question)
    if kind is ColumnType.DATE:
        return _day_fits(column, how, _one(value), question)
    if how in _WITHIN:
        return _WITHIN[how](column.cast("string"), _one(value))
    if kind is ColumnType.BOOLEAN:
        return column == values.truth(_one(value))
    if kind.is_number or how.is_order:
        return number_fits(as_number(column), how, value)
    return column == _one(value)


def number_fits(column: Any, how: Operator, value: Texts) -> Any:
    """Return whether a number fits, unknown where it is missing; raise ValueUnfit."""
    if how is Operator.BETWEEN:
        low, high = values.numbers(value if isinstance(value, tuple) else (value,))
        return (column >= decimal(low)) & (column <= decimal(high))
    return ORDERS[how](column, decimal(values.number(_one(value))))


def _one_of(column: Any, kind: ColumnType, value: Texts) -> Any:
    given = value if isinstance(value, tuple) else (value,)
    if kind.is_number:
        return column.isin([decimal(values.number(each)) for each in given])
    return column.isin(list(given))


def _day_fits(column: Any, how: Operator, value: str, question: Question) -> Any:
    today = question.now.astimezone(question.zone).date()
    start, end = values.days(how, value, today)
    return _within(column, start, end, "date")


def _moment_fits(column: Any, how: Operator, value: str, question: Question) -> Any:
    bounds = values.moments(how, value, question.now, question.zone)
    return within(column, bounds.start, bounds.end)


def within(column: Any, start: datetime | None, end: datetime | None) -> Any:
    """Return whether a moment is from one on and before another."""
    return _within(column, start, end, "timestamp('UTC', 6)")


def _within(column: Any, start: Any, end: Any, kind: str) -> Any:
    parts = []
    if start is not None:
        parts.append(column >= ibis.literal(start, kind))
    if end is not None:
        parts.append(column < ibis.literal(end, kind))
    if len(parts) == 2:
        return parts[0] & parts[1]
    return parts[0] if parts else column.notnull()


def _one(value: Texts) -> str:
    return value if isinstance(value, str) else "".join(value[:1])


_WITHIN: dict[Operator, Compare] = {
    Operator.CONTAINS: lambda one, other: one.contains(other),
    Operator.STARTS_WITH: lambda one, other: one.startswith(other),
    Operator.ENDS_WITH: lambda one, other: one.endswith(other),
}
