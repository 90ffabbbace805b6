"""When time alone may change what is true: moments at which something enters or leaves a window.

What is said of months needs care: a day that a month does not have is its last one, and clocks are
changed, so that one moment may pass the edge of a window several times.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.audiences.tree import spans, windows
from app.audiences.tree.spans import Span
from app.audiences.tree.windows import TICK, Bounds, Calendar, Period, Rolling

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
# How far around a moment months and clocks may lead.
_AROUND = 4
Within = Callable[[datetime], Bounds]


def of_window(
    at: datetime, window: Rolling | Calendar, zone: ZoneInfo, now: datetime
) -> list[datetime]:
    """Return the moments after now at which what happened at one enters or leaves a window."""
    may_be = (
        of_calendar(at, window, zone)
        if isinstance(window, Calendar)
        else _rolling(at, window, zone)
    )
    return crossings(at, may_be, lambda moment: window.bounds(moment, zone), now)


def of_calendar(at: datetime, window: Calendar, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield when the stretch of a moment begins and ends, and the one after it."""
    this = Calendar(_THIS.get(window.period, window.period))
    bounds = this.bounds(at, zone)
    for _turn in range(2):
        yield from (each for each in (bounds.start, bounds.end) if each is not None)
        bounds = this.bounds(bounds.end or at, zone)


def crossings(
    at: datetime, may_be: Iterable[datetime], bounds: Within, now: datetime
) -> list[datetime]:
    """Return those moments after now at which a moment is newly within bounds, or no longer."""

    def is_in(moment: datetime) -> bool:
        told = bounds(moment)
        after = told.start is None or at >= told.start
        return after and (told.end is None or at < told.end)

    later = {each for each in may_be if now < each < windows.LATEST}
    return sorted(each for each in later if is_in(each) != is_in(each - TICK))


def _rolling(at: datetime, window: Rolling, zone: ZoneInfo) -> Iterator[datetime]:
    yield at
    for span in (window.last, window.before):
        if span is not None:
            yield from passed(at, span, zone)


def passed(at: datetime, span: Span, zone: ZoneInfo, *, is_ahead: bool = False) -> set[datetime]:
    """Return all moments that may be just so long after another, or so long before it."""
    move = spans.before if is_ahead else spans.after
    try:
        target = move(at.astimezone(zone), span)
        if span.unit.is_exact:
            found = {target}
        else:
            found = _on_calendar(at, target, span, zone, is_ahead=is_ahead)
    except (OverflowError, ValueError):
        return set()
    return {each.astimezone(at.tzinfo) + more for each in found for more in (timedelta(), TICK)}


def _on_calendar(
    at: datetime, target: datetime, span: Span, zone: ZoneInfo, *, is_ahead: bool
) -> set[datetime]:
    """Return where clocks show the same, and where days or clocks change, near a target."""
    move = spans.before if is_ahead else spans.after
    clocks = {at.astimezone(zone)}
    for change in _clock_changes(at, zone):
        here = change.astimezone(zone)
        clocks |= {here, (change - TICK).astimezone(zone), here - _HOUR}
    found = _clock_changes(target, zone)
    for clock in clocks:
        near = move(clock, span).date()
        for day in (near + number * _DAY for number in range(-_AROUND, _AROUND + 1)):
            found |= {datetime.combine(day, time(), zone)}
            found |= {datetime.combine(day, clock.time(), zone).replace(fold=f) for f in (0, 1)}
    return found


def _clock_changes(around: datetime, zone: ZoneInfo) -> set[datetime]:
    """Return the moments within some days of another at which clocks are changed."""
    utc = around.astimezone(windows.EARLIEST.tzinfo)
    days = [utc + number * _DAY for number in range(-_AROUND, _AROUND + 1)]
    found = set()
    for low, high in zip(days[:-1], days[1:], strict=True):
        if low.astimezone(zone).utcoffset() != high.astimezone(zone).utcoffset():
            found.add(_change_between(low, high, zone))
    return found


def _change_between(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    before = low.astimezone(zone).utcoffset()
    while high - low > TICK:
        middle = low + (high - low) // 2
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high


def of_day(day: date, span: Span, zone: ZoneInfo) -> set[datetime]:
    """Return the midnights at which a day may come to be, or no longer be, so long ago or ahead."""
    noon = datetime.combine(day, time(12), windows.EARLIEST.tzinfo)
    days = {day, day + _DAY}
    for move in (spans.after, spans.before):
        try:
            near = move(noon, span).date()
            days |= {near + number * _DAY for number in range(-_AROUND, _AROUND + 1)}
        except (OverflowError, ValueError):
            continue
    return {windows.start_of(each, zone) for each in days}


_THIS = {
    Period.YESTERDAY: Period.TODAY,
    Period.LAST_WEEK: Period.THIS_WEEK,
    Period.LAST_MONTH: Period.THIS_MONTH,
    Period.LAST_QUARTER: Period.THIS_QUARTER,
    Period.LAST_YEAR: Period.THIS_YEAR,
}
