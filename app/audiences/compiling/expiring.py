"""When it may next change by time alone who is in an audience, and for whom it may have changed.

A window moves over the moments of events. Who is in may change when its beginning or its end passes
one of them, never between: so what has to be known is the next moment that each end will pass.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial, reduce
from typing import Any, cast

import ibis
import ibis.expr.types as ir

from app.audiences.compiling import comparing, matching
from app.audiences.compiling.question import Question
from app.audiences.tree import spans, values, windows
from app.audiences.tree.conditions import (
    Attribute,
    Did,
    Have,
    In,
    Leaf,
    Node,
    leaves,
    matches,
    window_of,
)
from app.audiences.tree.windows import TICK, Bounds, Calendar, Period, Rolling
from app.people.world import PERSON
from app.tabular.types import ColumnType

At = Callable[[datetime], Bounds]
_MOMENT = "timestamp('UTC', 6)"
_STRETCHES = {
    "day": Period.TODAY,
    "week": Period.THIS_WEEK,
    "month": Period.THIS_MONTH,
    "quarter": Period.THIS_QUARTER,
    "year": Period.THIS_YEAR,
}
AT = "at"
# How far is looked ahead for ends that move back, and how closely.
_AHEAD, _LOOK = timedelta(days=35), timedelta(minutes=30)


@dataclass(frozen=True)
class Edge:
    """Moments of people, as person_id and at, and the window over them at any time.

    It is steady where its ends never move back.
    """

    moments: ir.Table
    bounds: At
    is_steady: bool = True


def edges(tree: Node, question: Question) -> Iterator[Edge]:
    """Yield the windows of a tree that move from moment to moment."""
    for leaf, asked in _asked(tree, question):
        yield from _edges(leaf, asked)


def next_day(tree: Node, question: Question) -> datetime | None:
    """Return when the next stretch of a calendar begins that matters; None where none does."""
    found = [moment for leaf, asked in _asked(tree, question) for moment in _stretches(leaf, asked)]
    return min(found, default=None)


def passed(edge: Edge, since: datetime, until: datetime) -> ir.Table:
    """Return the people of whom an end of the window passed a moment after one time, by another."""
    before, after = edge.bounds(since), edge.bounds(until)
    ends = [(before.start, after.start), (before.end, after.end)]
    # By calendar an end may also move back, such as when the earlier month is shorter.
    told = [
        comparing.within(edge.moments[AT], min(one, other), max(one, other))
        for one, other in ends
        if one is not None and other is not None
    ]
    either = reduce(lambda one, other: one | other, told, ibis.literal(False))
    return cast("ir.Table", edge.moments.filter(either).select(PERSON).distinct())


def upcoming(edge: Edge, now: datetime) -> ir.Table:
    """Return one row with the next moment that the start and the end will pass: start, end."""
    at, bounds = edge.moments[AT], edge.bounds(now)
    wanted: dict[str, Any] = {}
    for name in ("start", "end"):
        bound = getattr(bounds, name)
        wanted[name] = (
            ibis.null(_MOMENT)
            if bound is None
            else at.min(where=at >= ibis.literal(bound, _MOMENT))
        )
    return cast("ir.Table", edge.moments.aggregate(**wanted))


def passes_at(edge: Edge, name: str, moment: datetime, now: datetime, until: datetime) -> datetime:
    """Return the first time from now on at which an end of the window is past a moment.

    The end does not move back before `until`, which is returned where that is earlier.
    """

    def is_past(at: datetime) -> bool:
        bound: datetime | None = getattr(edge.bounds(at), name)
        return bound is not None and bound > moment

    last = until - TICK
    low, high = now, min(now + timedelta(days=1), last)
    while not is_past(high):
        if high >= last:
            return until
        low, high = high, min(high + 2 * (high - now), last)
    return _first(low, high, is_past)


def turns_at(edge: Edge, now: datetime) -> datetime | None:
    """Return the first time from now on at which an end of the window moves back; None for never.

    Ends that are so many days or hours away move forward only. By months they move back where
    clocks are changed, and at the end of a longer month. Where that is not within the next weeks,
    it is the end of these.
    """
    if edge.is_steady:
        return None
    low, end = now, now + _AHEAD
    while low < end:
        high, before = low + _LOOK, _lags(edge, low)
        if _has_turned(before, edge, high):
            return _first(low, high, partial(_has_turned, before, edge))
        low = high
    return end


def _has_turned(before: list[timedelta], edge: Edge, at: datetime) -> bool:
    """Tell whether an end lags behind more than before: else they move as time does, or jump on."""
    return any(now > then for then, now in zip(before, _lags(edge, at), strict=True))


def _lags(edge: Edge, at: datetime) -> list[timedelta]:
    ends = edge.bounds(at)
    return [at - each for each in (ends.start, ends.end) if each is not None]


def _first(low: datetime, high: datetime, is_so: Callable[[datetime], bool]) -> datetime:
    """Return the first time after `low` at which something is so, as it is at `high`."""
    while high - low > TICK:
        middle = low + (high - low) // 2
        low, high = (low, middle) if is_so(middle) else (middle, high)
    return high


def _asked(tree: Node, question: Question) -> Iterator[tuple[Leaf, Question]]:
    """Yield all conditions, also those of audiences asked for, with whose days they mean."""
    for leaf in leaves(tree):
        yield leaf, question
        if isinstance(leaf, In):
            known = question.vocabulary.audience(leaf.audience)
            if known.tree is not None:
                yield from _asked(known.tree, question.within(known))


def _edges(leaf: Leaf, question: Question) -> Iterator[Edge]:
    window = window_of(leaf)
    if isinstance(window, Rolling):
        match = next(matches(leaf))
        moments = _moments(matching.named(question, match.event))
        is_steady = all(each is None or each.unit.is_exact for each in (window.last, window.before))
        yield Edge(moments, lambda now: window.bounds(now, question.zone), is_steady)
    if isinstance(leaf, Did) and leaf.steps and leaf.steps[-1].is_negated:
        within = leaf.steps[-1].within
        if within is not None:
            length = within.length
            before = leaf.steps[-2].match if len(leaf.steps) > 1 else leaf.match
            moments = _moments(matching.named(question, before.event))
            yield Edge(moments, lambda now: Bounds(None, now - length + TICK))
    if isinstance(leaf, Have) and isinstance(leaf.subject, Attribute) and leaf.operator.takes_span:
        column = question.vocabulary.column(leaf.subject)
        if column.type is ColumnType.DATETIME:
            rows = question.world.datasets[column.schema_id]
            moments = rows.select(PERSON, **{AT: rows[column.field_name]})
            how, text = leaf.operator, str(leaf.value)
            is_steady = spans.parsed(text).unit.is_exact
            yield Edge(
                moments, lambda now: values.moments(how, text, now, question.zone), is_steady
            )


def _moments(events: ir.Table) -> ir.Table:
    return cast("ir.Table", events.select(PERSON, **{AT: events.occurred_at}))


def _stretches(leaf: Leaf, question: Question) -> Iterator[datetime]:
    window = window_of(leaf)
    if isinstance(window, Calendar):
        period = _STRETCHES[_stretch_of(window.period)]
        yield _end(period, question)
    filters = (each.operator for match in matches(leaf) for each in match.filters)
    by_days = any(how.takes_span for how in filters)
    if isinstance(leaf, Have) and leaf.operator.takes_span:
        if isinstance(leaf.subject, Attribute):
            by_days |= question.vocabulary.column(leaf.subject).type is not ColumnType.DATETIME
        else:
            by_days = True
    if by_days:
        yield _end(Period.TODAY, question)


def _stretch_of(period: Period) -> str:
    return period.value.split(" ")[1] if " " in period.value else "day"


def _end(period: Period, question: Question) -> datetime:
    end = Calendar(period).bounds(question.now, question.zone).end
    return (end or windows.LATEST).astimezone(UTC)
