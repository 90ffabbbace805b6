"""A condition asked of many moments at once: each moment is a person of its own.

What depends on now is written into that person's events and attributes, so that the compiler that
evaluates audiences answers for all moments in one question.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.audiences.tree import values, windows
from app.audiences.tree.conditions import (
    Aggregate,
    Attribute,
    Did,
    Filter,
    Have,
    Leaf,
    Match,
    Since,
    window_of,
)
from app.audiences.tree.operators import Operator
from app.audiences.tree.windows import Always, Calendar, Rolling

# Properties that say of an event, at a moment, whether it is in the window, and long enough ago.
IN_WINDOW, IS_OVER = "\0in window", "\0is over"
OWN_SCHEMA = "\0moments"
_IS_IN, _IS_PAST = (Filter(name, Operator.IS, "1") for name in (IN_WINDOW, IS_OVER))
_DAY = timedelta(days=1)
Day = date | None


@dataclass(frozen=True)
class Moving:
    """What of a condition depends on now: its window, how long it waits, filters of days."""

    window: Rolling | Calendar | None = None
    waits: timedelta | None = None
    days: tuple[tuple[Operator, str], ...] = ()


@dataclass
class _Days:
    """Filters that compare with today, each of which becomes attributes of the moment."""

    asked: list[tuple[Operator, str]] = field(default_factory=list)

    def still(self, match: Match) -> Match:
        """Return the match with attributes of the moment in the place of today."""
        told = (each for one in match.filters for each in self._stilled(one))
        return replace(match, filters=tuple(told))

    def _stilled(self, one: Filter) -> Iterator[Filter]:
        if not one.operator.takes_span:
            yield one
            return
        key = (one.operator, str(one.value))
        if key not in self.asked:
            self.asked.append(key)
        place = self.asked.index(key)
        if one.operator is not Operator.MORE_THAN_AGO:
            after = Attribute(OWN_SCHEMA, after_column(place))
            yield Filter(one.property, Operator.AFTER, after)
        yield Filter(one.property, Operator.BEFORE, Attribute(OWN_SCHEMA, before_column(place)))


def stilled(leaf: Did | Have) -> tuple[Leaf, Moving]:
    """Return the condition with nothing in it that depends on now, and what did."""
    days = _Days()
    told = mapped(leaf, days.still)
    window = window_of(leaf)
    moving = window if isinstance(window, Rolling | Calendar) else None
    waits = None
    if moving is not None:
        told = _without_window(told)
    if isinstance(told, Did) and told.steps and told.steps[-1].is_negated:
        within = told.steps[-1].within
        waits = within.length if within is not None else None
        told = _past(told) if waits is not None else told
    return told, Moving(moving, waits, tuple(days.asked))


def mapped(leaf: Did | Have, change: Callable[[Match], Match]) -> Did | Have:
    """Return the condition with each of its matches changed."""

    def around(window: Any) -> Any:
        is_anchored = isinstance(window, Since)
        return replace(window, anchor=change(window.anchor)) if is_anchored else window

    if isinstance(leaf, Did):
        steps = tuple(
            replace(
                step, match=change(step.match), without=tuple(change(each) for each in step.without)
            )
            for step in leaf.steps
        )
        match = change(leaf.match)
        return replace(leaf, match=match, window=around(leaf.window), steps=steps)
    if isinstance(leaf.subject, Aggregate):
        subject = leaf.subject
        match, window = change(subject.match), around(subject.window)
        return replace(leaf, subject=replace(subject, match=match, window=window))
    return leaf


def _without_window(leaf: Did | Have) -> Did | Have:
    if isinstance(leaf, Did):
        return replace(leaf, match=_and(leaf.match, _IS_IN), window=Always())
    if isinstance(leaf.subject, Aggregate):
        match = _and(leaf.subject.match, _IS_IN)
        return replace(leaf, subject=replace(leaf.subject, match=match, window=Always()))
    return leaf


def _past(did: Did) -> Did:
    """Ask that the last event before the step that is not to come is long enough ago."""
    if len(did.steps) == 1:
        return replace(did, match=_and(did.match, _IS_PAST))
    before = did.steps[-2]
    marked = replace(before, match=_and(before.match, _IS_PAST))
    return replace(did, steps=(*did.steps[:-2], marked, did.steps[-1]))


def _and(match: Match, one: Filter) -> Match:
    return replace(match, filters=(*match.filters, one))


def rows(moving: Moving, moments: Sequence[datetime], zone: ZoneInfo) -> list[dict[str, Any]]:
    """Return a row a moment: its key, its bounds, and the days its filters reach from and to."""
    return [_row(moving, place, moment, zone) for place, moment in enumerate(moments)]


def _row(moving: Moving, place: int, moment: datetime, zone: ZoneInfo) -> dict[str, Any]:
    bounds = moving.window.bounds(moment, zone) if moving.window else windows.Bounds()
    row: dict[str, Any] = {
        "moment_id": str(place),
        "starts_at": bounds.start,
        "ends_at": bounds.end,
        "over_at": moment - moving.waits if moving.waits is not None else None,
    }
    today = moment.astimezone(zone).date()
    for number, (operator, span) in enumerate(moving.days):
        first, end = values.days(operator, span, today)
        row[after_column(number)] = (first - _DAY).isoformat() if first else None
        row[before_column(number)] = end.isoformat() if end else None
    return row


def after_column(place: int) -> str:
    """Return the name of the attribute that a day has to be after."""
    return f"after_{place}"


def before_column(place: int) -> str:
    """Return the name of the attribute that a day has to be before."""
    return f"before_{place}"
