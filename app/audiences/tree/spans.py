"""Lengths of time as people write them: 30d, 24h, 3mo."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

_WRITTEN: Final = re.compile(r"([0-9]{1,6})\s*([a-z]+)")
MOST_DAYS: Final = 36_500


class Unit(StrEnum):
    """What a span is counted in; months and years have no fixed length."""

    MINUTES = "min"
    HOURS = "h"
    DAYS = "d"
    WEEKS = "w"
    MONTHS = "mo"
    YEARS = "y"

    @property
    def label(self) -> str:
        """The unit as people name several of it."""
        return self.name.lower()

    @property
    def is_exact(self) -> bool:
        """Tell whether each has the same length."""
        return self in _LENGTHS

    @property
    def is_of_days(self) -> bool:
        """Tell whether it can be counted on a calendar without a clock."""
        return self not in {Unit.MINUTES, Unit.HOURS}


_LENGTHS = {
    Unit.MINUTES: timedelta(minutes=1),
    Unit.HOURS: timedelta(hours=1),
    Unit.DAYS: timedelta(days=1),
    Unit.WEEKS: timedelta(weeks=1),
}
_DAYS_AT_MOST = {Unit.MONTHS: 31, Unit.YEARS: 366}


class SpanUnreadable(Exception):
    """A text is no span; the sentence says how one is written."""


@dataclass(frozen=True)
class Span:
    """So many of a unit, at least one."""

    number: int
    unit: Unit

    @property
    def length(self) -> timedelta:
        """How long it is, at most where months and years differ."""
        one = _LENGTHS.get(self.unit) or timedelta(days=_DAYS_AT_MOST[self.unit])
        return self.number * one

    def __str__(self) -> str:
        """Return the span as it is written."""
        return f"{self.number}{self.unit.value}"


def parsed(text: object) -> Span:
    """Return the span a text stands for; raise SpanUnreadable."""
    found = _WRITTEN.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None or found[2] not in set(Unit) or not int(found[1]):
        said = f"{shown(text)} is no length of time. Write 30d, 12h, 90min, 6w, 3mo or 1y."
        raise SpanUnreadable(said)
    span = Span(int(found[1]), Unit(found[2]))
    if span.length > timedelta(days=MOST_DAYS):
        raise SpanUnreadable(f"“{span}” is longer than the hundred years that can be asked for.")
    return span


def shown(given: object, most: int = 20) -> str:
    """Return the beginning of something unreadable in quotes, without signs that cannot be seen."""
    if not isinstance(given, str):
        return "This"
    return f"“{''.join(sign if sign.isprintable() else '?' for sign in given[:most])}”"


def before(moment: datetime, span: Span) -> datetime:
    """Return the moment so long before, by the calendar and clock of the moment's time zone.

    A day of a month that the earlier month does not have is its last one.
    """
    return _moved(moment, span, -1)


def after(moment: datetime, span: Span) -> datetime:
    """Return the moment so long after, as `before` does."""
    return _moved(moment, span, 1)


def _moved(moment: datetime, span: Span, sign: int) -> datetime:
    if span.unit.is_exact:
        # By the clock of UTC: 24 hours are 24 hours when clocks are changed.
        return (moment.astimezone(UTC) + sign * span.length).astimezone(moment.tzinfo)
    months = span.number * (12 if span.unit is Unit.YEARS else 1)
    return months_before(moment, -sign * months)


def months_before(moment: datetime, months: int) -> datetime:
    """Return the moment so many months before; a negative number is after."""
    place = moment.year * 12 + moment.month - 1 - months
    year, month = divmod(place, 12)
    last = monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last), fold=0)
