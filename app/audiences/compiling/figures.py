"""Figures over a person's events: sums, averages, the value that came most often, first or last."""

from decimal import Decimal
from typing import Any, cast

import ibis
import ibis.expr.types as ir

from app.audiences.compiling import comparing, matching
from app.audiences.compiling.comparing import Texts
from app.audiences.compiling.question import Question
from app.audiences.compiling.sets import People
from app.audiences.tree import values
from app.audiences.tree.conditions import Aggregate, Function, Have
from app.audiences.tree.operators import NEGATIONS, Operator
from app.people.world import PERSON
from app.tabular.types import ColumnType

FIGURE, COUNT = "figure", "of_how_many"


def those_who_have(question: Question, have: Have, subject: Aggregate) -> People:
    """Return whose figure fits; raise ValueUnfit."""
    found = figures(question, subject)
    condition = _fits(question, found, have, subject)
    if _fits_without_events(have, subject):
        return People(found.filter(~condition).select(PERSON), is_rest=True)
    return People(found.filter(condition).select(PERSON))


def figures(question: Question, subject: Aggregate) -> ir.Table:
    """Return the figure of each person who has one: person_id, figure, and of how many values."""
    events = matching.matching(question, subject.match, subject.window)
    if subject.function is Function.COUNT:
        number = events.count()
        found = events.group_by(PERSON).aggregate(**{FIGURE: number, COUNT: number})
        return cast("ir.Table", found)
    if subject.function is Function.TOP:
        return _top(question, events, subject)
    if subject.function in {Function.FIRST, Function.LAST}:
        return _at_an_end(question, events, subject)
    number = matching.property_number(question, events, subject.property)
    valued = events.select(PERSON, value=number)
    valued = valued.filter(valued["value"].notnull())
    made = _MAKERS[subject.function](valued["value"])
    found = valued.group_by(PERSON).aggregate(**{FIGURE: made, COUNT: valued.count()})
    return cast("ir.Table", found)


# Of an average the sum is kept, and how many: what is asked is compared with it exactly.
_MAKERS: dict[Function, Any] = {
    Function.SUM: lambda value: value.sum().cast(comparing.DECIMAL),
    Function.AVERAGE: lambda value: value.sum().cast(comparing.DECIMAL),
    Function.LEAST: lambda value: value.min(),
    Function.MOST: lambda value: value.max(),
}


def _top(question: Question, events: ir.Table, subject: Aggregate) -> ir.Table:
    """Return the value that came most often, of several the one that came last."""
    text = matching.property_text(question, events, subject.property)
    named = events.select(PERSON, "occurred_at", value=text)
    counted = (
        named.filter(named["value"].notnull())
        .group_by([PERSON, "value"])
        .aggregate(number=ibis._.count(), last_at=ibis._.occurred_at.max())
    )
    order = [ibis.desc("number"), ibis.desc("last_at"), ibis.asc("value")]
    first = _first(counted, order)
    return cast("ir.Table", first.select(PERSON, **{FIGURE: first["value"], COUNT: first.number}))


def _at_an_end(question: Question, events: ir.Table, subject: Aggregate) -> ir.Table:
    """Return the value of the first or the last event that has one."""
    text = matching.property_text(question, events, subject.property)
    named = events.select(PERSON, *matching.ORDER, value=text)
    valued = named.filter(named["value"].notnull())
    turn = ibis.asc if subject.function is Function.FIRST else ibis.desc
    one = _first(valued, [turn(name) for name in (*matching.ORDER, "value")])
    return cast("ir.Table", one.select(PERSON, **{FIGURE: one["value"], COUNT: ibis.literal(1)}))


def _first(rows: ir.Table, order: list[Any]) -> ir.Table:
    place = ibis.row_number().over(ibis.window(group_by=PERSON, order_by=order))
    numbered = rows.mutate(place=place)
    return cast("ir.Table", numbered.filter(numbered.place == 0))


def _fits(question: Question, found: ir.Table, have: Have, subject: Aggregate) -> Any:
    figure = found[FIGURE]
    if subject.function is Function.AVERAGE:
        return _average_fits(figure, found[COUNT], have.operator, have.value)
    if subject.function.is_number:
        kind = ColumnType.DECIMAL
        return comparing.fits(figure, kind, have.operator, have.value, question)
    return comparing.text_fits(figure, have.operator, have.value, question)


def _average_fits(total: Any, number: Any, how: Operator, value: Texts) -> Any:
    """Compare a sum with as many times the value: a quotient would have to be rounded."""
    if not how.needs_value:
        return ibis.literal(how is Operator.IS_NOT_EMPTY)

    def times(each: Decimal) -> Any:
        return comparing.decimal(each, _FACTOR) * number.cast(_NUMBER)

    if how is Operator.BETWEEN:
        low, high = values.numbers(value if isinstance(value, tuple) else (value,))
        return (total >= times(low)) & (total <= times(high))
    positive = NEGATIONS.get(how, how)
    told = comparing.ORDERS[positive](total, times(values.number(str(value))))
    return told if positive is how else ~told


def _fits_without_events(have: Have, subject: Aggregate) -> bool:
    """Tell whether the figure of somebody without such events fits: 0, or nothing at all."""
    if not subject.function.is_never_missing:
        return have.operator.fits_nothing
    return _zero_fits(have.operator, have.value)


def _zero_fits(how: Operator, value: Texts) -> bool:
    if how is Operator.BETWEEN:
        low, high = values.numbers(value if isinstance(value, tuple) else (value,))
        return low <= 0 <= high
    number = values.number(str(value))
    positive = NEGATIONS.get(how, how)
    told = bool(comparing.ORDERS[positive](Decimal(0), number))
    return told if positive is how else not told


# Together they have no more digits than the engines count with.
_FACTOR, _NUMBER = "decimal(29, 9)", "decimal(9, 0)"
