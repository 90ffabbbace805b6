"""When something happened: windows that move with time, fixed ones and those of a calendar."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from app.audiences.tree import spans
from app.audiences.tree.spans import Span

# The engines keep moments as microseconds.
TICK: Final = timedelta(microseconds=1)
EARLIEST: Final = datetime(1, 1, 2, tzinfo=UTC)
LATEST: Final = datetime(9999, 12, 30, tzinfo=UTC)


class Period(StrEnum):
    """A stretch of a calendar; weeks begin on Monday."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    THIS_WEEK = "this week"
    LAST_WEEK = "last week"
    THIS_MONTH = "this month"
    LAST_MONTH = "last month"
    THIS_QUARTER = "this quarter"
    LAST_QUARTER = "last quarter"
    THIS_YEAR = "this year"
    LAST_YEAR = "last year"


@dataclass(frozen=True)
class Bounds:
    """From a moment on (included) until another (excluded); nothing where there is no bound."""

    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True)
class Always:
    """At any time."""

    def bounds(self, now: datetime, zone: ZoneInfo) -> Bounds:
        """Return no bounds."""
        return Bounds()


@dataclass(frozen=True)
class Rolling:
    """In the last so long, longer ago than so long, or between the two; moves with time."""

    last: Span | None = None
    before: Span | None = None

    def bounds(self, now: datetime, zone: ZoneInfo) -> Bounds:
        """Return the bounds at a moment, which is within those that reach to now."""
        here = now.astimezone(zone)
        start = spans.before(here, self.last).astimezone(UTC) if self.last else None
        end = spans.before(here, self.before).astimezone(UTC) if self.before else now + TICK
        return Bounds(start, end)


@dataclass(frozen=True)
class Fixed:
    """From a day or a moment on, up to another; days are whole ones, moments are excluded."""

    start: date | datetime | None = None
    end: date | datetime | None = None

    def bounds(self, now: datetime, zone: ZoneInfo) -> Bounds:
        """Return the bounds of these days in a time zone."""
        start, end = self.start, self.end
        if end is not None and not isinstance(end, datetime):
            end = end + timedelta(days=1)
        return Bounds(*(_moment(each, zone) for each in (start, end)))


@dataclass(frozen=True)
class Calendar:
    """In this or the last day, week, month, quarter or year, as a time zone has them."""

    period: Period

    def bounds(self, now: datetime, zone: ZoneInfo) -> Bounds:
        """Return the bounds of the stretch that a moment is in, or of the one before."""
        today = now.astimezone(zone).date()
        start, end = _stretch(self.period, today)
        return Bounds(_moment(start, zone), _moment(end, zone))


Window = Always | Rolling | Fixed | Calendar


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment a day begins in a time zone."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _moment(at: date | datetime | None, zone: ZoneInfo) -> datetime | None:
    if at is None or isinstance(at, datetime):
        return at if at is None or at.tzinfo else at.replace(tzinfo=zone).astimezone(UTC)
    return start_of(at, zone)


def _stretch(period: Period, today: date) -> tuple[date, date]:
    """Return the first day of a stretch, and the first after it."""
    if period in {Period.TODAY, Period.YESTERDAY}:
        start = today - timedelta(days=period is Period.YESTERDAY)
        return start, start + timedelta(days=1)
    if period in {Period.THIS_WEEK, Period.LAST_WEEK}:
        start = today - timedelta(days=today.weekday() + 7 * (period is Period.LAST_WEEK))
        return start, start + timedelta(days=7)
    length = _MONTHS[period]
    first = today.replace(day=1, month=today.month - (today.month - 1) % length)
    start = _months_before(first, length) if period.value.startswith("last") else first
    return start, _months_before(start, -length)


def _months_before(day: date, months: int) -> date:
    return spans.months_before(datetime.combine(day, time()), months).date()


_MONTHS = {
    Period.THIS_MONTH: 1,
    Period.LAST_MONTH: 1,
    Period.THIS_QUARTER: 3,
    Period.LAST_QUARTER: 3,
    Period.THIS_YEAR: 12,
    Period.LAST_YEAR: 12,
}
