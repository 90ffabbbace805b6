"""Lengths of time, days and windows, by the standard library's calendar."""

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EXACT = {"min": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}
DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(.*))?", re.ASCII | re.DOTALL)
REST = re.compile(r"(?::[0-5]\d(?:\.\d+)?)?(Z|[+-]\d\d(?::?\d\d)?)", re.ASCII)


def zone_of(world):
    return ZoneInfo(world["zone"])


def today(world):
    return world["now"].astimezone(zone_of(world)).date()


def day_of(moment, world):
    return moment.astimezone(zone_of(world)).date()


def begin(day, world):
    """Return the first moment of a day in the time zone."""
    return at_clock(datetime.combine(day, time()), world)


def at_clock(plain, world):
    return plain.replace(tzinfo=zone_of(world), fold=0).astimezone(UTC)


def span(text):
    number, unit = re.fullmatch(r"(\d+)(min|h|d|w|mo|y)", text).groups()
    return int(number), unit


def months_later(day, months):
    """Return the day so many months later; one the month does not have is its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(
        year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1])
    )


def moved(moment, text, sign, world):
    """Return the moment so long later (1) or earlier (-1)."""
    number, unit = span(text)
    if unit in EXACT:
        return moment + sign * timedelta(minutes=number * EXACT[unit])
    plain = moment.astimezone(zone_of(world)).replace(tzinfo=None)
    months = number * (12 if unit == "y" else 1)
    return at_clock(months_later(plain, sign * months), world)


def day_moved(day, text, sign):
    number, unit = span(text)
    if unit in ("mo", "y"):
        return months_later(day, sign * number * (12 if unit == "y" else 1))
    return day + timedelta(days=sign * number * {"d": 1, "w": 7}[unit])


def day_in(text, world):
    """Return the day that a text begins with, or None."""
    found = DAY.fullmatch(text)
    if found is None:
        return None
    try:
        day = date.fromisoformat(found[1])
        if found[2] is None:
            return day
        plain = datetime.combine(day, time(int(found[2]), int(found[3])))
        rest = REST.fullmatch(found[4])
        before = offset(rest[1]) if rest else None
        return day if before is None else day_of(plain.replace(tzinfo=UTC) - before, world)
    except (ValueError, OverflowError):
        return None


def offset(text):
    """Return the offset of a clock; None where there is no such one."""
    if text == "Z":
        return timedelta()
    digits = text[1:].replace(":", "") + "00"
    hours, minutes = int(digits[:2]), int(digits[2:4])
    if hours > 23 or minutes > 59:
        return None
    return (-1 if text[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes)


def moment_in(text, world):
    """Return the moment that a text with a clock stands for: with an offset, or of the zone."""
    found = datetime.fromisoformat(text)
    return at_clock(found, world) if found.tzinfo is None else found.astimezone(UTC)


def has_clock(text):
    return len(text) > 10


def bounds(when, world):
    """Return where a window begins and ends, what of its ends is in it: (start, end, both)."""
    now = world["now"]
    if "calendar" in when:
        first, after = stretch(when["calendar"].replace("_", " "), today(world))
        return begin(first, world), begin(after, world), False
    if "from" in when or "to" in when:
        return _fixed(when.get("from"), when.get("to"), world)
    start = moved(now, when["last"], -1, world) if when.get("last") else None
    if when.get("before"):
        return start, moved(now, when["before"], -1, world), False
    return start, now, True


def _fixed(start, end, world):
    if start:
        start = (
            moment_in(start, world) if has_clock(start) else begin(date.fromisoformat(start), world)
        )
    if end and has_clock(end):
        end = moment_in(end, world)
    elif end:
        end = begin(date.fromisoformat(end) + timedelta(days=1), world)
    return start or None, end or None, False


def stretch(word, today_):
    """Return the first day of a stretch of the calendar, and the first day after it."""
    day, week = timedelta(days=1), timedelta(days=7)
    if word in ("today", "yesterday"):
        first = today_ if word == "today" else today_ - day
        return first, first + day
    which, unit = word.split()
    back = 1 if which == "last" else 0
    if unit == "week":
        first = today_ - timedelta(days=today_.weekday()) - back * week
        return first, first + week
    length = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = today_.replace(day=1, month=(today_.month - 1) // length * length + 1)
    first = months_later(first, -back * length)
    return first, months_later(first, length)
