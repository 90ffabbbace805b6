"""The time between dates, against Python's dates and a calendar leafed through by month."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.columns.transforming import TransformationImpossible
from tests.unit.tabular.transformations.making import applied, failed, made, values_of

MONTH_ENDS = ["2024-02-29", "2025-02-28", "2026-01-31", "2026-02-28"]
MOMENTS = st.datetimes() | st.sampled_from(MONTH_ENDS).map(datetime.fromisoformat)
ROWS = st.lists(st.tuples(MOMENTS, MOMENTS), min_size=1, max_size=5)
LENGTHS = {"minutes": 60, "hours": 3600, "days": 86400}


def columns_of(rows):
    return [[row[side].isoformat(sep=" ") for row in rows] for side in (0, 1)]


def whole(length: timedelta, seconds: int) -> int:
    size = timedelta(seconds=seconds)
    return length // size if length >= timedelta() else -(-length // size)


def months(start: datetime, end: datetime) -> int:
    """Return whole months by counting: the same day and time, so many months on."""
    if end < start:
        return -months(end, start)
    count = (end.year - start.year) * 12 + end.month - start.month
    is_begun = (end.day, end.time()) < (start.day, start.time())
    return count - is_begun


@given(ROWS, st.sampled_from(sorted(LENGTHS)))
def test_minutes_hours_and_days_agree_with_python(rows, unit):
    expected = [str(whole(end - start, LENGTHS[unit])) for start, end in rows]

    assert made("date_difference", {"unit": unit}, *columns_of(rows)) == expected


@given(ROWS)
def test_months_and_years_agree_with_a_calendar(rows):
    expected = [months(start, end) for start, end in rows]
    years = [count // 12 if count >= 0 else -(-count // 12) for count in expected]

    assert made("date_difference", {"unit": "months"}, *columns_of(rows)) == [*map(str, expected)]
    assert made("date_difference", {"unit": "years"}, *columns_of(rows)) == [*map(str, years)]


@pytest.mark.parametrize(
    ("unit", "start", "end", "expected"),
    [
        ("months", "2026-01-31", "2026-02-28", "0"),
        ("months", "2026-01-31", "2026-03-31", "2"),
        ("years", "2004-02-29", "2005-02-28", "0"),
        ("years", "2004-02-29", "2005-03-01", "1"),
        ("days", "2026-01-02", "2026-01-01T00:00:01Z", "0"),
        ("hours", "2026-01-01T00:00+01:00", "2026-01-01T00:00Z", "1"),
    ],
)
def test_what_a_person_would_count(unit, start, end, expected):
    assert made("date_difference", {"unit": unit}, [start], [end]) == [expected]


def test_a_fixed_date_and_a_pattern():
    params = {"unit": "years", "date": "2026-11-26", "pattern": "%d/%m/%Y"}

    done = applied("date_difference", params, ["26/11/2000", "27/11/2000", "2000-11-26", None])
    turned = made("date_difference", {**params, "order": "value"}, ["26/11/2000"])

    assert values_of(done) == ["26", "25", None, None]
    assert failed(done) == [2]
    assert turned == ["-26"]


@pytest.mark.parametrize(
    ("params", "columns", "words"),
    [
        ({}, 1, "Choose a second column, or fill in “Date”"),
        ({"date": "2026-01-01"}, 2, "not both"),
        ({"date": "31/12/2026"}, 1, "is written as 2026-12-31"),
        ({"unit": "weeks"}, 2, "Choose one of the answers"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_a_sentence(params, columns, words):
    today = datetime(2026, 1, 1, tzinfo=UTC).date().isoformat()
    with pytest.raises(TransformationImpossible) as refused:
        made("date_difference", params, *([today] for _ in range(columns)))

    assert words in refused.value.message
