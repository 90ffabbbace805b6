"""Reading when something is to have happened: a window as JSON has it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.audiences.tree import reading_fields as fields
from app.audiences.tree import values
from app.audiences.tree.reading_fields import Notes
from app.audiences.tree.values import ValueUnfit
from app.audiences.tree.windows import Always, Calendar, Fixed, Period, Rolling, Window

_FORMS = "Say when: the last 30d, from and to a day, or this month."
_ANY_MOMENT = datetime(2000, 6, 15, tzinfo=UTC)


def read_window(when: object, notes: Notes) -> Window:
    """Return the window, or any time where it cannot be read."""
    if not isinstance(when, Mapping):
        notes.wrong(_FORMS)
        return Always()
    names = frozenset(when)
    if names == {"calendar"}:
        return _calendar(when["calendar"], notes)
    if names and names <= {"last", "before"}:
        return _rolling(when, notes)
    if names and names <= {"from", "to"}:
        return _fixed(when, notes)
    notes.wrong(_FORMS)
    return Always()


def _calendar(given: object, notes: Notes) -> Window:
    word = given.replace("_", " ") if isinstance(given, str) else ""
    if word not in set(Period):
        notes.wrong("Choose today, this week, last month or another stretch of the calendar.")
        return Always()
    return Calendar(Period(word))


def _rolling(when: Mapping[str, Any], notes: Notes) -> Window:
    last, before = (fields.span(when.get(name), notes) for name in ("last", "before"))
    if last is None and before is None:
        notes.wrong(_FORMS)
        return Always()
    window = Rolling(last, before)
    bounds = window.bounds(_ANY_MOMENT, ZoneInfo("UTC"))
    if bounds.start is not None and bounds.end is not None and bounds.start >= bounds.end:
        notes.wrong(f"Nothing is in the last {last} and longer ago than {before}.")
    return window


def _fixed(when: Mapping[str, Any], notes: Notes) -> Window:
    start, end = (_day_or_moment(when.get(name), notes) for name in ("from", "to"))
    if start is None and end is None:
        notes.wrong(_FORMS)
        return Always()
    window = Fixed(start, end)
    try:
        bounds = window.bounds(_ANY_MOMENT, ZoneInfo("UTC"))
    except OverflowError:
        notes.wrong("That day is too far away to be compared with.")
        return Always()
    if bounds.start is not None and bounds.end is not None and bounds.start >= bounds.end:
        notes.wrong(f"Nothing is from {when['from']} to {when['to']}: turn them round.")
    return window


def _day_or_moment(given: object, notes: Notes) -> date | datetime | None:
    if given is None or given == "":
        return None
    try:
        at = values.day_or_moment(fields.text(given, notes, _FORMS))
    except ValueUnfit as failure:
        notes.wrong(str(failure))
        return None
    if not 1 < at.year < 9999:
        notes.wrong("That day is too far away to be compared with.")
        return None
    return at
