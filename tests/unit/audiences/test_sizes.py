"""A history in slots says what each evaluation said, and never draws more than has room."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.audiences.history import sizes
from app.audiences.history.moves import Evaluation
from app.audiences.history.sizes import MOST_POINTS, Period

NOW = datetime(2026, 11, 23, 12, 7, tzinfo=UTC)
MINUTES = st.integers(1, 60 * 24 * 2000)


@st.composite
def histories(draw):
    """Evaluations in order, each of some people, none leaving who is not in."""
    ages = sorted(draw(st.lists(MINUTES, unique=True, max_size=90)), reverse=True)
    found, size, sequence = [], 0, 0
    for age in ages:
        exited = draw(st.integers(0, size))
        entered = draw(st.integers(0 if exited else 1, 9))
        gap = draw(st.integers(0, 3))
        first, sequence = sequence + gap + 1, sequence + gap + entered + exited
        size += entered - exited
        at = NOW - timedelta(minutes=age)
        found.append(Evaluation(at, first, sequence, entered, exited))
    return found


def size_at(found, end):
    return sum(each.entered - each.exited for each in found if each.at < end)


@given(found=histories(), period=st.sampled_from(Period))
def test_each_slot_has_what_happened_in_it(found, period):
    history = sizes.drawn(found, period, now=NOW)

    assert 1 <= len(history.points) <= MOST_POINTS
    assert history.points[-1].begins_at <= NOW < history.points[-1].ends_at
    assert all(one.ends_at == other.begins_at for one, other in pairwise(history.points))
    assert len({point.ends_at - point.begins_at for point in history.points}) == 1
    for point in history.points:
        own = [each for each in found if point.begins_at <= each.at < point.ends_at]
        ours = [each for each in found if point.after < each.first and each.last <= point.until]
        assert point.size == size_at(found, point.ends_at)
        assert (point.entered, point.exited) == (
            sum(each.entered for each in own),
            sum(each.exited for each in own),
        )
        assert own == ours


@given(found=histories(), period=st.sampled_from(Period))
def test_the_table_has_each_evaluation_where_they_are_few(found, period):
    history = sizes.drawn(found, period, now=NOW)

    begin = history.points[0].begins_at
    inside = [each for each in found if each.at >= begin]
    assert history.evaluation_count == len(inside)
    assert history.is_by_evaluation == (len(inside) <= MOST_POINTS)
    assert len(history.moments) <= MOST_POINTS
    assert sum(each.entered for each in history.moments) == history.whole.entered
    assert sum(each.exited for each in history.moments) == history.whole.exited
    if history.is_by_evaluation:
        assert [(each.begins_at, each.entered, each.exited) for each in history.moments] == [
            (each.at, each.entered, each.exited) for each in inside
        ]


@given(found=histories())
def test_a_whole_history_begins_with_its_first_evaluation(found):
    history = sizes.drawn(found, Period.ALL, now=NOW)

    assert history.evaluation_count == len(found)
    if found:
        assert history.points[0].begins_at <= found[0].at < history.points[0].ends_at


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(hours=1), Period.DAY),
        (timedelta(hours=25), Period.WEEK),
        (timedelta(days=8), Period.MONTH),
        (timedelta(days=800), Period.MONTH),
    ],
)
def test_a_period_suits_the_age_of_an_audience(age, expected):
    assert sizes.fitting([Evaluation(NOW - age, 1, 1, 1, 0)], now=NOW) is expected


def test_an_audience_without_a_history_has_a_period_all_the_same():
    assert sizes.fitting([], now=NOW) is Period.DAY


def test_what_a_clock_ahead_recorded_is_of_the_last_slot():
    found = [Evaluation(NOW + timedelta(hours=3), 1, 2, 2, 0)]

    for period in Period:
        last = sizes.drawn(found, period, now=NOW).points[-1]
        assert (last.size, last.after, last.until) == (2, 0, 2)


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period.DAY, "23 Nov 12:00–12:30"),
        (Period.WEEK, "23 Nov 12:00–15:00"),
        (Period.MONTH, "23 Nov 12:00–00:00"),
        (Period.QUARTER, "23 Nov–24 Nov 2026"),
    ],
)
def test_a_slot_is_called_by_when_it_was(period, expected):
    assert sizes.drawn([], period, now=NOW).points[-1].label == expected


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(minutes=20), timedelta(minutes=1)),
        (timedelta(hours=20), timedelta(minutes=30)),
        (timedelta(days=58), timedelta(days=1)),
        (timedelta(days=364 * 59), timedelta(days=364)),
        (timedelta(days=364 * 60), timedelta(days=364 * 2)),
    ],
)
def test_slots_are_longer_the_longer_the_history(age, expected):
    (point, *_others) = sizes.drawn([Evaluation(NOW - age, 1, 1, 1, 0)], Period.ALL, now=NOW).points

    assert point.ends_at - point.begins_at == expected
