"""Text to dates and times, by ISO 8601 or by one declared pattern; never by guessing."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.types import ColumnType, arrow_type

_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
_ZONE = r"(Z|[+-][0-9]{2}:?[0-9]{2})?"
ISO_DATE = rf"^{_DATE}$"
ISO_DATETIME = rf"^{_DATE}([T ]{_TIME} ?{_ZONE})?$"


_DIRECTIVES = set("YmdbBHMSfzIp")
_EARLIEST = pd.Timestamp(datetime.min.replace(tzinfo=UTC))
_LATEST = pd.Timestamp(datetime.max.replace(tzinfo=UTC))


class PatternImpossible(ValueError):
    """A date pattern that cannot be used."""


@dataclass(frozen=True)
class DatePattern:
    """A way to write dates: the strptime pattern, an example for people, and its shape."""

    pattern: str
    label: str
    shape: str


_MONTH = r"[A-Za-z]{3,9}"
DATE_PATTERNS = (
    DatePattern("%d/%m/%Y", "31/12/2026", r"^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}$"),
    DatePattern("%m/%d/%Y", "12/31/2026", r"^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}$"),
    DatePattern("%d-%m-%Y", "31-12-2026", r"^[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}$"),
    DatePattern("%m-%d-%Y", "12-31-2026", r"^[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}$"),
    DatePattern("%d.%m.%Y", "31.12.2026", r"^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}$"),
    DatePattern("%Y/%m/%d", "2026/12/31", r"^[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}$"),
    DatePattern("%b %d %Y", "Dec 31 2026", rf"^{_MONTH} [0-9]{{1,2}} [0-9]{{4}}$"),
    DatePattern("%d %b %Y", "31 Dec 2026", rf"^[0-9]{{1,2}} {_MONTH} [0-9]{{4}}$"),
    DatePattern("%d-%b-%Y", "31-Dec-2026", rf"^[0-9]{{1,2}}-{_MONTH}-[0-9]{{4}}$"),
)
# Pairs that only the values can tell apart: day first or month first.
TWINS = {
    "%d/%m/%Y": "%m/%d/%Y",
    "%m/%d/%Y": "%d/%m/%Y",
    "%d-%m-%Y": "%m-%d-%Y",
    "%m-%d-%Y": "%d-%m-%Y",
}


def refuse_impossible(pattern: str) -> None:
    """Raise PatternImpossible for a pattern that does not say year, month and day."""
    directives = re.findall(r"%(.?)", pattern.replace("%%", ""))
    unknown = [sign for sign in directives if sign not in _DIRECTIVES]
    is_whole = {"Y", "d"} <= set(directives) and len(set(directives) & set("mbB")) == 1
    if unknown or not is_whole or len(set(directives)) < len(directives):
        raise PatternImpossible(
            f"“{pattern}” is no pattern for dates: it needs a year (%Y), a month (%m or %b) and a "
            "day (%d), each once."
        )


def dates_of(values: pa.Array, pattern: str | None = None) -> pa.Array:
    """Return dates, null where the text is none; without a pattern, only `2026-12-31` is one."""
    if pattern is None:
        moments = _parsed(_only(values, ISO_DATE), "%Y-%m-%d")
    else:
        moments = _parsed(values, pattern)
    return _arrow(moments, ColumnType.DATE)


def datetimes_of(values: pa.Array, pattern: str | None = None) -> pa.Array:
    """Return times in UTC, null where the text is none; a time without an offset is UTC."""
    if pattern is None:
        moments = _parsed(_only(values, ISO_DATETIME), "ISO8601")
    else:
        moments = _parsed(values, pattern)
    return _arrow(moments, ColumnType.DATETIME)


def _parsed(values: pa.Array, pattern: str) -> pd.Series:
    texts = pd.Series(values.to_pylist(), dtype=object)
    moments = pd.to_datetime(texts, format=pattern, errors="coerce", utc=True)

    # An offset can lead out of the years 1 to 9999, where Python has no dates.
    return moments.where(moments.between(_EARLIEST, _LATEST))


def _arrow(moments: pd.Series, column_type: ColumnType) -> pa.Array:
    times = pa.Array.from_pandas(moments.astype("datetime64[us, UTC]"))
    return pc.cast(times, arrow_type(ColumnType.DATETIME)).cast(arrow_type(column_type), safe=False)


def _only(values: pa.Array, pattern: str) -> pa.Array:
    return pc.if_else(pc.match_substring_regex(values, pattern), values, None)
