"""What the log says of one audience is what a list of the same changes says."""

import tempfile
from collections import Counter
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.audiences.history import moves
from app.audiences.history.moves import Span, Total
from app.lake.tables import Lake
from tests.unit.audiences.recording import AUDIENCES, BEGIN, EVALUATIONS, record, record_all

ONE, OTHER = AUDIENCES[:2]


def made(folder):
    return Lake(f"{folder}/lake", locks=f"{folder}/locks")


@settings(max_examples=30)
@given(evaluations=EVALUATIONS, after=st.integers(0, 12), length=st.integers(0, 12))
def test_evaluations_and_changes_are_those_of_the_log(evaluations, after, length):
    with tempfile.TemporaryDirectory() as folder:
        lake = made(folder)
        log, _inside = record_all(lake, evaluations)
        own = [row for row in log if row[1] == ONE]
        among = [row for row in own if after < row[0] <= after + length]

        found = moves.evaluations(lake, ONE)
        span = Span(ONE, after, after + length)
        total = moves.count(lake, span)
        rows = moves.listed(lake, span, limit=100, offset=0)
        left = moves.listed(lake, Span(ONE, 0, 100, membership=False), limit=2, offset=1)

        kinds = Counter((row[4], row[3]) for row in own)
        assert [(each.at, each.entered, each.exited) for each in found] == [
            (at, kinds[at, True], kinds[at, False]) for at in sorted({row[4] for row in own})
        ]
        assert [number for each in found for number in (each.first, each.last)] == [
            pick(row[0] for row in own if row[4] == each.at)
            for each in found
            for pick in (min, max)
        ]
        assert total == Total(
            sum(row[3] for row in among),
            sum(not row[3] for row in among),
            min((row[4] for row in among), default=None),
            max((row[4] for row in among), default=None),
        )
        assert [(row["sequence"], row["person_id"], row["membership"]) for row in rows] == [
            (row[0], row[2], row[3]) for row in among
        ]
        assert [row["sequence"] for row in left] == [row[0] for row in own if not row[3]][1:3]


def test_what_was_recorded_at_one_moment_is_one_evaluation(tmp_path):
    lake = made(tmp_path)
    record(lake, ONE, {"1", "2"}, BEGIN)
    record(lake, OTHER, {"1"}, BEGIN)
    record(lake, ONE, {"2", "3"}, BEGIN)

    (found,) = moves.evaluations(lake, ONE)

    assert (found.first, found.last, found.entered, found.exited) == (1, 5, 3, 1)


def test_a_clock_that_was_put_back_stands_still(tmp_path):
    lake = made(tmp_path)
    record(lake, ONE, {"1"}, BEGIN)
    record(lake, ONE, {"1", "2"}, BEGIN - timedelta(hours=1))
    record(lake, ONE, {"1", "2", "3"}, BEGIN)
    record(lake, ONE, {"1"}, BEGIN + timedelta(hours=1))

    found = moves.evaluations(lake, ONE)

    assert [each.at for each in found] == [BEGIN, BEGIN + timedelta(hours=1)]
    assert [(each.first, each.last, each.entered, each.exited) for each in found] == [
        (1, 3, 3, 0),
        (4, 5, 0, 2),
    ]


def test_before_anything_was_recorded_there_is_nothing(tmp_path):
    lake = made(tmp_path)

    assert moves.evaluations(lake, ONE) == []
    assert moves.count(lake, Span(ONE, 0, 9)) == Total(0, 0, None, None)
    assert moves.listed(lake, Span(ONE, 0, 9), limit=5, offset=0) == []
