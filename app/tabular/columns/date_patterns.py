"""The ways to write dates and times that are known by their looks, and can be chosen."""

from dataclasses import dataclass

from app.tabular.types import ColumnType

_MONTH = r"[A-Za-z]{3,9}"
_DAY = "[0-9]{1,2}"
_YEAR = "[0-9]{4}"


@dataclass(frozen=True)
class DatePattern:
    """A way to write dates: the strptime pattern, an example for people, and its shape."""

    pattern: str
    label: str
    shape: str
    type: ColumnType = ColumnType.DATE


def _numbers(first: str, second: str, third: str, between: str) -> str:
    mark = rf"\{between}"
    return rf"{first}{mark}{second}{mark}{third}"


_DATES = (
    ("%d/%m/%Y", "31/12/2026", _numbers(_DAY, _DAY, _YEAR, "/")),
    ("%m/%d/%Y", "12/31/2026", _numbers(_DAY, _DAY, _YEAR, "/")),
    ("%d.%m.%Y", "31.12.2026", _numbers(_DAY, _DAY, _YEAR, ".")),
    ("%d-%m-%Y", "31-12-2026", _numbers(_DAY, _DAY, _YEAR, "-")),
    ("%m-%d-%Y", "12-31-2026", _numbers(_DAY, _DAY, _YEAR, "-")),
    ("%Y/%m/%d", "2026/12/31", _numbers(_YEAR, _DAY, _DAY, "/")),
    ("%d-%b-%Y", "31-Dec-2026", rf"{_DAY}-{_MONTH}-{_YEAR}"),
    ("%d %b %Y", "31 Dec 2026", rf"{_DAY} {_MONTH} {_YEAR}"),
    ("%b %d %Y", "Dec 31 2026", rf"{_MONTH} {_DAY} {_YEAR}"),
    ("%b %d, %Y", "Dec 31, 2026", rf"{_MONTH} {_DAY}, {_YEAR}"),
    ("%d %B %Y", "31 December 2026", rf"{_DAY} {_MONTH} {_YEAR}"),
    ("%B %d, %Y", "December 31, 2026", rf"{_MONTH} {_DAY}, {_YEAR}"),
    ("%Y.%m.%d", "2026.12.31", _numbers(_YEAR, _DAY, _DAY, ".")),
)
_TIMES = (
    ("%H:%M", "14:05", "[0-9]{1,2}:[0-9]{2}"),
    ("%H:%M:%S", "14:05:33", "[0-9]{1,2}:[0-9]{2}:[0-9]{2}"),
    ("%I:%M %p", "2:05 PM", "[0-9]{1,2}:[0-9]{2} [AaPp][Mm]"),
    ("%I:%M:%S %p", "2:05:33 PM", "[0-9]{1,2}:[0-9]{2}:[0-9]{2} [AaPp][Mm]"),
)
DATE_PATTERNS = tuple(DatePattern(pattern, label, f"^{shape}$") for pattern, label, shape in _DATES)
DATETIME_PATTERNS = tuple(
    DatePattern(
        f"{pattern} {time_pattern}",
        f"{label} {time_label}",
        f"^{shape} {time_shape}$",
        ColumnType.DATETIME,
    )
    for pattern, label, shape in _DATES[:9]
    for time_pattern, time_label, time_shape in _TIMES
)
# Which century is meant, only a person knows.
SHORT_YEAR_PATTERNS = (
    DatePattern("%d/%m/%y", "31/12/26", rf"^{_numbers(_DAY, _DAY, '[0-9]{2}', '/')}$"),
    DatePattern("%m/%d/%y", "12/31/26", rf"^{_numbers(_DAY, _DAY, '[0-9]{2}', '/')}$"),
    DatePattern("%d.%m.%y", "31.12.26", rf"^{_numbers(_DAY, _DAY, '[0-9]{2}', '.')}$"),
    DatePattern("%d-%m-%y", "31-12-26", rf"^{_numbers(_DAY, _DAY, '[0-9]{2}', '-')}$"),
    DatePattern("%d-%b-%y", "31-Dec-26", rf"^{_DAY}-{_MONTH}-[0-9]{{2}}$"),
)
COMPACT_PATTERN = DatePattern("%Y%m%d", "20261231", r"^[12][0-9]{3}[01][0-9][0-3][0-9]$")
EPOCH_SECONDS, EPOCH_MILLISECONDS = "epoch s", "epoch ms"
EPOCH_PATTERNS = (
    DatePattern(EPOCH_SECONDS, "1798725933 (Unix seconds)", "", ColumnType.DATETIME),
    DatePattern(EPOCH_MILLISECONDS, "1798725933000 (Unix ms)", "", ColumnType.DATETIME),
)


def twin_of(pattern: str) -> str | None:
    """Return the pattern with day and month the other way round, where only values tell which."""
    date = pattern.split(" ")[0]
    if date[:5] not in ("%d/%m", "%m/%d", "%d-%m", "%m-%d"):
        return None
    swapped = {"%d": "%m", "%m": "%d"}
    return swapped[pattern[:2]] + pattern[2] + swapped[pattern[3:5]] + pattern[5:]
