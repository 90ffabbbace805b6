"""Distinct values: exact while few, close when many."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.columns.distinct import DistinctCounter, most_exact_for
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
