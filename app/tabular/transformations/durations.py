"""The kind that counts the time between two dates."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.columns import dates
from app.tabular.transformations.kinds import Given, Group, Kind, Made, Settings, trimmed
from app.tabular.transformations.parameters import Parameter, ParameterImpossible
from app.tabular.transformations.seconds import in_order, one_of_two, order
from app.tabular.transformations.zones import PATTERN
from app.tabular.types import ColumnType

_MICROSECONDS = {"minutes": 60_000_000, "hours": 3_600_000_000, "days": 86_400_000_000}
_MONTHS = {"months": 1, "years": 12}


def _between(given: Given) -> Made:
    texts = [trimmed(column.texts) for column in given.columns]
    pattern = given.settings["pattern"] or None
    read = [_moments(each, pattern) for each in texts]
    if len(read) == 1:
        moment = _moments(pa.array([given.settings["date"]]), None)[0]
        read.append(pa.repeat(moment, given.row_count))
    start, end = in_order(given, read[0], read[1])
    are_known = pc.and_(pc.is_valid(start), pc.is_valid(end))
    counted = pa.array(
        _counted(start.fill_null(0), end.fill_null(0), given.settings["unit"]), pa.int64()
    )
    made = pc.if_else(are_known, counted, None).cast(pa.string())
    are_there = pc.is_valid(texts[0])
    for each in texts[1:]:
        are_there = pc.and_(are_there, pc.is_valid(each))
    return Made(made, pc.and_(are_there, pc.is_null(made)))


def _moments(texts: pa.Array, pattern: str | None) -> pa.Array:
    encoded = texts.dictionary_encode()
    return pc.take(dates.datetimes_of(encoded.dictionary, pattern), encoded.indices)


def _counted(start: pa.Array, end: pa.Array, unit: str) -> np.ndarray:
    """Return how many whole units passed; a start that comes later gives the same below nought."""
    microseconds = [each.view(pa.int64()).to_numpy() for each in (start, end)]
    if unit in _MICROSECONDS:
        return _whole(microseconds[1] - microseconds[0], _MICROSECONDS[unit])
    is_turned = microseconds[1] < microseconds[0]
    months = [_month_and_rest(each) for each in (start, end)]
    (first, first_rest), (second, second_rest) = months
    forward = second - first - (second_rest < first_rest)
    backward = first - second - (first_rest < second_rest)
    return _whole(np.where(is_turned, -backward, forward), _MONTHS[unit])


def _month_and_rest(moments: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Return the number of the month since year nought, and how far into it."""
    months = pc.year(moments).to_numpy() * 12 + pc.month(moments).to_numpy()
    days = moments.view(pa.int64()).to_numpy() % _MICROSECONDS["days"]
    return months, pc.day(moments).to_numpy() * _MICROSECONDS["days"] + days


def _whole(numbers: np.ndarray, size: int) -> np.ndarray:
    """Return how many times a size goes in, not counting what is begun."""
    whole: np.ndarray = np.sign(numbers) * (np.abs(numbers) // size)
    return whole


_DATE = "Date"
_refuse_other_than_two = one_of_two("date", _DATE)


def _refuse_impossible(input_count: int, settings: Settings) -> None:
    _refuse_other_than_two(input_count, settings)
    date = settings["date"]
    if date and not _moments(pa.array([date]), None)[0].is_valid:
        message = f"“{_DATE}” is written as 2026-12-31 or 2026-12-31 14:05, and not “{date}”."
        raise ParameterImpossible(message)


KINDS = (
    Kind(
        "date_difference",
        "Time between dates",
        "Counts the whole days, months or years from one date to another.",
        _between,
        group=Group.COMBINE,
        least_inputs=1,
        most_inputs=2,
        parameters=(
            Parameter("date", _DATE, longest=40, hint="In the place of a second column"),
            order("date"),
            Parameter(
                "unit",
                "Counted in",
                "choice",
                default="days",
                choices=tuple((unit, unit.capitalize()) for unit in (*_MICROSECONDS, *_MONTHS)),
            ),
            PATTERN,
        ),
        type=ColumnType.INTEGER,
        failure="is no date that can be counted from",
        writes_plainly=True,
        column_labels=("From", "To"),
        check=_refuse_impossible,
    ),
)
