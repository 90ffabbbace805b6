"""Distinct values: exact while few, close when many."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.columns.distinct import MOST_EXACT, DistinctCounter, most_exact_for
from app.tabular.columns.seen_hashes import SeenHashes
from app.tabular.columns.words import Words
from tests.unit.tabular.strategies import TEXTS


@given(st.lists(st.lists(TEXTS, max_size=10), max_size=5))
def test_few_values_are_counted_exactly(batches):
    counter = DistinctCounter()

    for batch in batches:
        if batch:
            counter.add(Words(pa.array(batch, pa.string())))

    assert counter.is_exact
    assert counter.count == len({text for batch in batches for text in batch})


def test_many_values_are_estimated_within_a_few_percent():
    counter = DistinctCounter(most_exact=10_000)

    for start in range(0, 200_000, 50_000):
        people = [f"person {number}" for number in range(start, start + 60_000)]
        counter.add(Words(pa.array(people)))

    assert not counter.is_exact
    assert abs(counter.count - 210_000) < 210_000 * 0.05


def test_wide_files_keep_fewer_values_for_each_column():
    assert most_exact_for(10) == 100_000
    assert most_exact_for(5_000) == 2_000


def test_as_many_as_may_be_are_counted_exactly_however_often_they_come_again():
    counter = DistinctCounter()
    texts = pa.array([f"person {number}" for number in range(MOST_EXACT)])

    for start in (0, 50_000, 0, 25_000, 50_000, 0):
        counter.add(Words(texts.slice(start, 50_000)))

    assert (counter.is_exact, counter.count) == (True, MOST_EXACT)


def test_one_more_is_an_estimate():
    counter = DistinctCounter()
    texts = pa.array([f"person {number}" for number in range(MOST_EXACT + 1)])

    for start in (0, 0, 50_001, 50_001):
        counter.add(Words(texts.slice(start, 50_001)))

    assert not counter.is_exact
    assert abs(counter.count - MOST_EXACT) < MOST_EXACT * 0.03


@given(st.lists(st.lists(st.integers(0, 2**64 - 1)), max_size=6))
def test_what_was_seen_is_left_out_and_nothing_else(batches):
    seen, known = SeenHashes(), set()

    for batch in batches:
        new = set(seen.new_among(np.array(batch, np.uint64)).tolist())
        assert set(batch) - known <= new <= set(batch)
        known |= set(batch)

    assert seen.least_count <= len(known)
