"""Text to dates and times, by ISO 8601 or by one declared pattern; never by guessing."""

import re
from datetime import UTC, datetime

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.columns.date_patterns import EPOCH_MILLISECONDS, EPOCH_SECONDS
from app.tabular.types import ColumnType, arrow_type

_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
_ZONE = r"(Z|[+-][0-9]{2}:?[0-9]{2})?"
ISO_DATE = rf"^{_DATE}$"
ISO_DATETIME = rf"^{_DATE}([T ]{_TIME} ?{_ZONE})?$"


_DIRECTIVES = set("YymdbBHMSfzIp")
_EPOCH_UNITS = {EPOCH_SECONDS: "s", EPOCH_MILLISECONDS: "ms"}
# No longer than what leads out of the years that there are.
_EPOCH = {"s": r"^(-?[0-9]{1,10}|[0-9]{11})$", "ms": r"^(-?[0-9]{1,13}|[0-9]{14})$"}
EARLIEST = pd.Timestamp(datetime.min.replace(tzinfo=UTC))
LATEST = pd.Timestamp(datetime.max.replace(tzinfo=UTC))


class PatternImpossible(ValueError):
    """A date pattern that cannot be used."""


def refuse_impossible(pattern: str) -> None:
    """Raise PatternImpossible for a pattern that does not say year, month and day."""
    if pattern in (EPOCH_SECONDS, EPOCH_MILLISECONDS):
        return
    directives = re.findall(r"%(.?)", pattern.replace("%%", ""))
    unknown = [sign for sign in directives if sign not in _DIRECTIVES]
    is_whole = "d" in directives and all(
        len(set(directives) & set(choices)) == 1 for choices in ("Yy", "mbB")
    )
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


def cast_at_once(values: pa.Array, to: ColumnType) -> pa.Array | None:
    """Return dates as `2026-12-31`, or times as `2026-12-31 23:59:59`, if all texts are such.

    Where they may be others it takes more to tell, and None is returned.
    """
    is_date = to is ColumnType.DATE
    lengths = pc.min_max(pc.binary_length(values)).as_py()
    if set(lengths.values()) != {len("2026-12-31") if is_date else len("2026-12-31 23:59:59")}:
        return None
    try:
        times = pc.cast(values, pa.date32() if is_date else pa.timestamp("us"))
    except pa.ArrowInvalid:
        return None
    # Arrow knows a year 0, which calendars do not.
    if pc.min(pc.year(times)).as_py() < EARLIEST.year:
        return None
    return times if is_date else pc.assume_timezone(times, "UTC")


def _parsed(values: pa.Array, pattern: str) -> pd.Series:
    if pattern in _EPOCH_UNITS:
        return _since_epoch(values, _EPOCH_UNITS[pattern])
    texts = pd.Series(values.to_pylist(), dtype=object)
    moments = pd.to_datetime(texts, format=pattern, errors="coerce", utc=True)

    # An offset can lead out of the years 1 to 9999, where Python has no dates.
    return moments.where(moments.between(EARLIEST, LATEST))


def _since_epoch(values: pa.Array, unit: str) -> pd.Series:
    counts = pc.cast(_only(values, _EPOCH[unit]), pa.int64())
    times = pc.cast(counts, pa.timestamp(unit, "UTC")).cast(arrow_type(ColumnType.DATETIME))
    moments: pd.Series = times.to_pandas()
    return moments


def _arrow(moments: pd.Series, column_type: ColumnType) -> pa.Array:
    times = pa.Array.from_pandas(moments.astype("datetime64[us, UTC]"))
    return pc.cast(times, arrow_type(ColumnType.DATETIME)).cast(arrow_type(column_type), safe=False)


def _only(values: pa.Array, pattern: str) -> pa.Array:
    return pc.if_else(pc.match_substring_regex(values, pattern), values, None)
