"""The kind that reads dates and times of a place, and writes them in UTC."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.columns import dates
from app.tabular.columns.converting import rendered
from app.tabular.columns.date_patterns import DATE_PATTERNS, DATETIME_PATTERNS
from app.tabular.transformations.kinds import (
    Given,
    Group,
    Kind,
    Made,
    Settings,
    converted,
    trimmed,
)
from app.tabular.transformations.parameters import Parameter, ParameterImpossible
from app.tabular.types import ColumnType, arrow_type

ISO = ("", "2026-12-31 14:05 (ISO 8601)")
_WITH_OFFSET = r":[0-9.]+ ?(Z|[+-][0-9]{2}:?[0-9]{2})$"
PATTERN = Parameter(
    "pattern",
    "How it is written",
    "choice",
    choices=(ISO, *((each.pattern, each.label) for each in (*DATE_PATTERNS, *DATETIME_PATTERNS))),
)


def _in_utc(given: Given) -> Made:
    texts = trimmed(given.texts)
    encoded = texts.dictionary_encode()
    distinct, pattern = encoded.dictionary, given.settings["pattern"] or None
    moments = _moments(distinct, pattern, ZoneInfo(given.settings["zone"]))
    return converted(texts, pc.take(rendered(moments), encoded.indices))


def _moments(texts: pa.Array, pattern: str | None, zone: ZoneInfo) -> pa.Array:
    """Return times in UTC, null where a text is none or no clock of the zone showed it."""
    read = dates.datetimes_of(texts, pattern)
    local = _localised(read, zone)
    if pattern is not None:
        return local
    return pc.if_else(pc.match_substring_regex(texts, _WITH_OFFSET), read, local)


def _localised(times: pa.Array, zone: ZoneInfo) -> pa.Array:
    """Return times that were read as if in UTC as those of a zone's clocks, the first of two."""
    clocks = pd.Series(times.cast(pa.timestamp("us")).to_numpy(zero_copy_only=False))
    both = [
        clocks.dt.tz_localize(zone, ambiguous=np.full(len(clocks), is_summer), nonexistent="NaT")
        for is_summer in (True, False)
    ]
    first = both[0].where(both[0] <= both[1], both[1]).dt.tz_convert("UTC")
    # Next to the first and last of all years, another zone may have none.
    first = first.where(first.between(dates.EARLIEST, dates.LATEST))
    return pa.Array.from_pandas(first).cast(arrow_type(ColumnType.DATETIME))


def _refuse_unknown_zone(_input_count: int, settings: Settings) -> None:
    try:
        ZoneInfo(settings["zone"])
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = f"There is no time zone “{settings['zone']}”: write it as Europe/Oslo."
        raise ParameterImpossible(message) from None


KINDS = (
    Kind(
        "time_in_zone",
        "Date and time of a place",
        "Reads times as the clocks of a time zone show them, and writes them in UTC.",
        _in_utc,
        group=Group.CONVERT,
        parameters=(
            Parameter(
                "zone",
                "Time zone",
                is_required=True,
                longest=60,
                hint="As Europe/Oslo or America/New_York. A time with an offset keeps its own.",
            ),
            PATTERN,
        ),
        type=ColumnType.DATETIME,
        failure="is no date and time that the clocks there showed",
        writes_plainly=True,
        check=_refuse_unknown_zone,
    ),
)
