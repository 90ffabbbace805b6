"""How often the files of a stream come, told from when the last ones did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

LEAST_FILES = 3
# One file of those looked at may come early or late by more than this.
TOLERANCE = 2.0
LATE_AFTER = 2.0
_UNITS = (
    ("week", timedelta(weeks=1)),
    ("day", timedelta(days=1)),
    ("hour", timedelta(hours=1)),
    ("minute", timedelta(minutes=1)),
)


@dataclass(frozen=True)
class Rhythm:
    """When the last file came, about how often they do, and whether one is late.

    `every` is empty where they come at no regular times.
    """

    last: datetime
    every: str
    is_late: bool


def rhythm_of(arrivals: Sequence[datetime], now: datetime) -> Rhythm:
    """Return the rhythm of files that arrived at these times, the newest first."""
    gaps = sorted(new - old for new, old in zip(arrivals, arrivals[1:], strict=False))
    usual = gaps[len(gaps) // 2] if len(arrivals) >= LEAST_FILES else timedelta(0)
    odd = sum(not usual / TOLERANCE <= gap <= usual * TOLERANCE for gap in gaps)
    every = _every(usual) if odd <= 1 and len(gaps) > 2 * odd else ""
    is_late = bool(every) and now - arrivals[0] > usual * LATE_AFTER
    return Rhythm(arrivals[0], every, is_late)


def _every(gap: timedelta) -> str:
    """Return `every day` or `every 2 hours`; nothing for less than a minute."""
    for name, unit in _UNITS:
        # An hour that is short by a few minutes is still one.
        count = round(gap / unit)
        if gap >= unit * 0.9:
            return f"every {name}" if count == 1 else f"every {count} {name}s"
    return ""
