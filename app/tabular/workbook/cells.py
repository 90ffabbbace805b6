"""A sheet's values as text, each written in one way only."""

from datetime import date, datetime, time, timedelta
from typing import Any

from app.tabular.written_numbers import number_text


def cell_text(value: Any) -> str | None:
    """Return a value as text: dates by ISO 8601, whole numbers without a point, empty as None."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, datetime | time):
        return _without_zeros(value.isoformat())
    if isinstance(value, date):
        return value.isoformat()
    return _duration(value) if isinstance(value, timedelta) else str(value)


def _without_zeros(text: str) -> str:
    return text.rstrip("0") if "." in text else text


def _duration(value: timedelta) -> str:
    """Return hours, minutes and seconds, as sheets show a length of time."""
    sign = "-" if value < timedelta(0) else ""
    value = abs(value)
    minutes, seconds = divmod(value.days * 86_400 + value.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{value.microseconds:06}".rstrip("0").rstrip(".")
    return f"{sign}{hours:02}:{minutes:02}:{seconds:02}{fraction}"
