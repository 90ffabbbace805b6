"""What a condition's text stands for: a number, a truth, a stretch of time."""

from datetime import UTC, date, datetime, timedelta
from decimal import Context, Decimal, InvalidOperation
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.audiences.tree import spans, windows
from app.audiences.tree.operators import Operator
from app.audiences.tree.spans import Span, SpanUnreadable
from app.audiences.tree.windows import TICK, Bounds

# A number of so much or more is none: the sum of very many of them would not fit in 38 digits.
LARGEST: Final = Decimal(10) ** 20
PLACES: Final = 9
_LAST_PLACE: Final = Decimal(1).scaleb(-PLACES)
# All digits on both sides of the point; those of the default are one too few.
_WIDE: Final = Context(prec=38)
Days = tuple[date | None, date | None]


class ValueUnfit(Exception):
    """A value cannot be compared with a column of that type; the sentence says why."""


def zone(name: str) -> ZoneInfo:
    """Return the time zone of a name; raise ValueUnfit."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as failure:
        raise ValueUnfit(f"“{name}” is no time zone. Write one such as Europe/Oslo.") from failure


def number(text: str) -> Decimal:
    """Return the exact number a text stands for; raise ValueUnfit."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation as failure:
        raise ValueUnfit(f"“{text}” is no number.") from failure
    if not text.strip().isascii() or "_" in text or not found.is_finite():
        raise ValueUnfit(f"“{text}” is no number.")
    if found.copy_abs() >= LARGEST or found != found.quantize(_LAST_PLACE, context=_WIDE):
        raise ValueUnfit(f"“{text}” has more digits than can be compared exactly.")
    return found


def numbers(texts: tuple[str, ...]) -> tuple[Decimal, Decimal]:
    """Return the two numbers that something is to lie between; raise ValueUnfit."""
    if len(texts) != 2:
        raise ValueUnfit("Write two numbers, the lower one first.")
    low, high = number(texts[0]), number(texts[1])
    if low > high:
        raise ValueUnfit(f"Nothing lies between {texts[0]} and {texts[1]}: turn them round.")
    return low, high


def truth(text: str) -> bool:
    """Return whether a text says yes; raise ValueUnfit."""
    word = text.strip().lower()
    if word not in {"true", "false", "yes", "no"}:
        raise ValueUnfit(f"“{text}” is neither true nor false.")
    return word in {"true", "yes"}


def day(text: str) -> date:
    """Return the day of a text; raise ValueUnfit."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as failure:
        raise ValueUnfit(f"“{text}” is no date. Write 2026-12-31.") from failure


def day_or_moment(text: str) -> date | datetime:
    """Return the day or the moment of a text; raise ValueUnfit."""
    if len(text.strip()) <= len("2026-12-31"):
        return day(text)
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError as failure:
        said = f"“{text}” is no date and time. Write 2026-12-31 or 2026-12-31T18:00."
        raise ValueUnfit(said) from failure


def days(operator: Operator, text: str, today: date) -> Days:
    """Return the first day that fits and the first after it; None where there is no bound.

    Raises ValueUnfit.
    """
    if operator.takes_span:
        return _days_of_span(operator, _span(text), today)
    at, one = day(text), timedelta(days=1)
    if at >= date.max - one:
        raise ValueUnfit(f"“{text}” is too far away to be compared with.")
    return {
        Operator.ON: (at, at + one),
        Operator.IS: (at, at + one),
        Operator.BEFORE: (None, at),
        Operator.AFTER: (at + one, None),
        Operator.AT_LEAST: (at, None),
        Operator.AT_MOST: (None, at + one),
    }[operator]


def moments(operator: Operator, text: str, now: datetime, within: ZoneInfo) -> Bounds:
    """Return the moments that fit; days are those of a time zone. Raises ValueUnfit."""
    if operator.takes_span:
        return _moments_of_span(operator, _span(text), now.astimezone(within))
    at = day_or_moment(text)
    if not 1 < at.year < date.max.year:
        raise ValueUnfit(f"“{text}” is too far away to be compared with.")
    if isinstance(at, datetime):
        moment = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=within).astimezone(UTC)
        return _moments_at(operator, moment, moment + TICK)
    first, end = days(operator, text, now.date())
    bounds = (windows.start_of(each, within) if each else None for each in (first, end))
    return Bounds(*bounds)


def _moments_at(operator: Operator, start: datetime, end: datetime) -> Bounds:
    return {
        Operator.ON: Bounds(start, end),
        Operator.BEFORE: Bounds(None, start),
        Operator.AFTER: Bounds(end, None),
        Operator.AT_LEAST: Bounds(start, None),
        Operator.AT_MOST: Bounds(None, end),
    }[operator]


def _span(text: str) -> Span:
    try:
        return spans.parsed(text)
    except SpanUnreadable as failure:
        raise ValueUnfit(str(failure)) from failure


def _days_of_span(operator: Operator, span: Span, today: date) -> Days:
    if not span.unit.is_of_days:
        raise ValueUnfit("A date has no clock: count in days, weeks, months or years.")
    noon, tomorrow = datetime(today.year, today.month, today.day, 12, tzinfo=UTC), timedelta(days=1)
    if operator is Operator.IN_THE_NEXT:
        return today, spans.after(noon, span).date() + tomorrow
    first = spans.before(noon, span).date()
    return (None, first) if operator is Operator.MORE_THAN_AGO else (first, today + tomorrow)


def _moments_of_span(operator: Operator, span: Span, now: datetime) -> Bounds:
    here = now.astimezone(UTC)
    if operator is Operator.IN_THE_NEXT:
        return Bounds(here, spans.after(now, span).astimezone(UTC) + TICK)
    first = spans.before(now, span).astimezone(UTC)
    return Bounds(None, first) if operator is Operator.MORE_THAN_AGO else Bounds(first, here + TICK)
