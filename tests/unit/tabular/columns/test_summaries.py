"""Histograms, top values and hashes: compared with plain counting."""

from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.columns.hashing import hashes_of
from app.tabular.columns.histograms import BINS, GrowingHistogram
from app.tabular.columns.top_values import MOST_COUNTED, TopValues
from app.tabular.columns.values import Values, distinct_values, values_of
from app.tabular.columns.words import Words
from tests.unit.tabular.strategies import TEXTS

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)


def counted(*pieces):
    histogram = GrowingHistogram()
    for piece in pieces:
        histogram.add(np.array(piece, dtype=float))
    return histogram


@given(st.lists(st.lists(NUMBERS, min_size=1, max_size=20), min_size=1, max_size=5))
def test_every_number_is_counted_once(pieces):
    bins = counted(*pieces).bins(are_whole=False)

    assert sum(bins) == sum(map(len, pieces))


@pytest.mark.parametrize("shape", ["uniform", "normal", "exponential"])
def test_bins_are_those_of_numpy_but_for_what_lies_at_an_edge(shape):
    numbers = getattr(np.random.default_rng(1), shape)(size=60_000)

    bins = counted(*np.array_split(numbers, 60)).bins(are_whole=False)
    exact, _ = np.histogram(numbers, BINS)

    assert np.abs(np.array(bins) - exact).sum() < 0.05 * len(numbers)


def test_numbers_far_outside_the_first_ones_find_their_place():
    bins = counted([1, 2, 3], [1e6], [-1e6]).bins(are_whole=False)

    assert (bins[0], bins[-1], sum(bins)) == (1, 1, 5)


def test_few_whole_numbers_have_a_bin_each():
    assert counted([1, 2, 2, 5]).bins(are_whole=True) == (1, 2, 0, 0, 1)
    assert counted([7, 7]).bins(are_whole=True) == (2,)


def test_a_histogram_taken_in_and_scaled_counts_the_same():
    days, times = counted([1, 2, 9]), counted([36.0])

    times.absorb(days.scaled(24))

    assert (times.least, times.most) == (24, 216)
    assert sum(times.bins(are_whole=False)) == 4


@given(st.lists(st.sampled_from("abcdefghijkl"), min_size=1), st.integers(1, 9))
def test_top_values_are_exact_while_there_are_few(texts, size):
    top = TopValues()
    for start in range(0, len(texts), size):
        piece = texts[start : start + size]
        found = values_of(pa.array(piece), np.arange(len(piece)) + start, must_be_distinct=True)
        top.add(*found)

    shown, counts = top.shown(), Counter(texts)

    assert top.is_exact
    assert all(counts[text] == count for text, count in shown)
    assert [count for _, count in shown] == sorted(counts.values(), reverse=True)[:8]


def test_a_frequent_value_among_many_is_found_by_a_sample():
    top = TopValues()
    for batch in range(4):
        texts = [
            "often" if number % 4 == 0 else f"{batch}-{number}" for number in range(MOST_COUNTED)
        ]
        lines = np.arange(len(texts))
        top.add(*values_of(pa.array(texts), lines, must_be_distinct=top.is_exact))

    ((text, count),) = top.shown()

    assert not top.is_exact
    assert text == "often"
    assert count == pytest.approx(MOST_COUNTED, rel=0.1)


@given(
    st.lists(st.one_of(TEXTS, st.text("ab\0", max_size=40)), min_size=1, max_size=30),
    st.integers(0, 3),
)
def test_texts_have_the_same_hash_just_when_they_are_the_same(texts, start):
    array = pa.array(["skipped"] * start + texts, pa.string()).slice(start)

    hashes = hashes_of(Words(array)).tolist()

    assert len(set(hashes)) == len(set(texts))
    assert hashes == [hashes_of(Words(pa.array([text]))).tolist()[0] for text in texts]


def test_a_nul_is_no_end():
    texts = ["a", "b\0", "", "\x01", "\0"]

    assert len(set(hashes_of(Words(pa.array(texts))).tolist())) == len(texts)


def test_long_texts_are_hashed_to_their_end():
    texts = pa.array(["x" * 600 + "a", "x" * 600 + "b"])

    assert len(set(hashes_of(Words(texts)).tolist())) == 2


def test_distinct_values_stand_where_they_are_first():
    found = distinct_values(pa.array(["b", "a", "b"]), np.array([5, 6, 7]))

    assert found.texts.to_pylist() == ["b", "a"]
    assert (found.lines.tolist(), found.counts.tolist()) == ([5, 6], [2, 1])
    assert Values(found.texts, found.lines, found.counts).total == 3
