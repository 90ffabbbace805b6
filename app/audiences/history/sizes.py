"""The size of an audience over time: slots of equal length, as few as a chart has room for."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from app.audiences.history.moves import Evaluation

MOST_POINTS = 60
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
# What a slot of a whole history may be long; after the last, multiples of it.
_LENGTHS = (
    *(timedelta(minutes=number) for number in (1, 5, 15, 30)),
    *(_HOUR * number for number in (1, 3, 6, 12)),
    *(_DAY * number for number in (1, 2, 7, 14, 28, 91, 364)),
)


class Period(StrEnum):
    """How far back a history looks."""

    DAY = "24h"
    WEEK = "7d"
    MONTH = "30d"
    QUARTER = "90d"
    ALL = "all"

    @property
    def label(self) -> str:
        """The period in words."""
        words = {"24h": "24 hours", "7d": "7 days", "30d": "30 days", "90d": "90 days"}
        return words.get(self.value, "All")

    @property
    def slots(self) -> tuple[timedelta, int] | None:
        """How long a slot is and how many there are; None where that depends on the history."""
        return {
            "24h": (_HOUR / 2, 48),
            "7d": (_HOUR * 3, 56),
            "30d": (_HOUR * 12, 60),
            "90d": (_DAY * 2, 45),
        }.get(self.value)

    @property
    def length(self) -> timedelta | None:
        """How long the period is."""
        return self.slots[0] * self.slots[1] if self.slots else None


@dataclass(frozen=True)
class Point:
    """The size at the end of some time, who came to it meanwhile, and the sequences of that."""

    begins_at: datetime
    ends_at: datetime
    size: int
    entered: int
    exited: int
    after: int
    until: int

    @property
    def is_changed(self) -> bool:
        """Tell whether anybody entered or left."""
        return self.until > self.after

    @property
    def label(self) -> str:
        """When that was."""
        length = self.ends_at - self.begins_at
        begin = f"{self.begins_at.day} {self.begins_at:%b}"
        if length < _DAY:
            return f"{begin} {self.begins_at:%H:%M}–{self.ends_at:%H:%M}"
        last = self.ends_at - _DAY
        return f"{begin} {last:%Y}" if length == _DAY else f"{begin}–{last.day} {last:%b %Y}"


@dataclass(frozen=True)
class History:
    """The points of a period, and what happened in it: at each evaluation where these are few."""

    period: Period
    points: tuple[Point, ...]
    moments: tuple[Point, ...]
    is_by_evaluation: bool
    evaluation_count: int
    whole: Point

    @property
    def largest(self) -> int:
        """The largest size of any point."""
        return max((point.size for point in self.points), default=0)


def fitting(found: Sequence[Evaluation], *, now: datetime) -> Period:
    """Return the shortest of the usual periods that has all of it; 30 days where none has."""
    age = now - found[0].at if found else timedelta()
    for period in (Period.DAY, Period.WEEK):
        if period.length and age < period.length:
            return period
    return Period.MONTH


def drawn(found: Sequence[Evaluation], period: Period, *, now: datetime) -> History:
    """Return the history of a period by its evaluations, given in order."""
    slots = _slots(found, period, now)
    ends = [slot[1] for slot in slots]
    first = bisect_left([each.at for each in found], slots[0][0]) if slots else 0
    before, inside = found[:first], found[first:]
    opening = sum(each.entered - each.exited for each in before)
    edge = before[-1].last if before else 0
    groups: list[list[Evaluation]] = [[] for _ in slots]
    for each in inside:
        # What a clock that was put back recorded in the future is of the last slot.
        place = min(bisect_right(ends, each.at), len(slots) - 1)
        groups[place].append(each)
    points = _points(slots, groups, opening, edge)
    is_few = len(inside) <= MOST_POINTS
    moments = [point for point in points if point.is_changed]
    if is_few:
        at = [(each.at, each.at) for each in inside]
        moments = _points(at, [[each] for each in inside], opening, edge)
    whole = _points([(slots[0][0], ends[-1])], [list(inside)], opening, edge)[0]
    return History(period, tuple(points), tuple(moments), is_few, len(inside), whole)


def _slots(
    found: Sequence[Evaluation], period: Period, now: datetime
) -> list[tuple[datetime, datetime]]:
    if period.slots:
        length, count = period.slots
        last = int(now.timestamp() // length.total_seconds())
        first = last - count + 1
    else:
        begin = min(found[0].at, now) if found else now
        length = _fitting_length(begin, now)
        step = length.total_seconds()
        first, last = int(begin.timestamp() // step), int(now.timestamp() // step)
    edges = [
        datetime.fromtimestamp(place * length.total_seconds(), UTC)
        for place in range(first, last + 2)
    ]
    return list(pairwise(edges))


def _fitting_length(begin: datetime, now: datetime) -> timedelta:
    # A slot less, as the first and the last may each be had in part.
    room = MOST_POINTS - 1
    for length in _LENGTHS:
        if now - begin <= length * room:
            return length
    return _LENGTHS[-1] * (1 + (now - begin) // (_LENGTHS[-1] * room))


def _points(
    slots: Sequence[tuple[datetime, datetime]],
    groups: Sequence[Sequence[Evaluation]],
    size: int,
    edge: int,
) -> list[Point]:
    points = []
    for (begins_at, ends_at), group in zip(slots, groups, strict=True):
        entered = sum(each.entered for each in group)
        exited = sum(each.exited for each in group)
        size += entered - exited
        until = group[-1].last if group else edge
        points.append(Point(begins_at, ends_at, size, entered, exited, edge, until))
        edge = until
    return points
