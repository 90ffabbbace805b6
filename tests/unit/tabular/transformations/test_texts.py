"""Kinds that keep a part of a text, against plain Python."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.columns.transforming import TransformationImpossible
from app.tabular.options import ParsingOptions
from tests.unit.tabular.strategies import TEXTS
from tests.unit.tabular.transformations.making import made

PLACES = st.integers(-8, 8).filter(bool)


def characters(text: str | None, start: int, length: int | None) -> str | None:
    """Return the characters at the wanted places, one place after the other."""
    first = start - 1 if start > 0 else len(text or "") + start
    last = len(text or "") if length is None else first + length
    places = range(first, last)
    return "".join((text or "")[at] for at in places if 0 <= at < len(text or "")) or None


@given(st.lists(TEXTS | st.none(), max_size=6), PLACES, st.none() | st.integers(1, 9))
def test_characters_from_a_place_on_are_those_at_the_places(values, start, length):
    expected = [characters(value, start, length) for value in values]

    assert made("substring", {"start": start, "length": length}, values) == expected


def test_there_is_no_character_nought():
    with pytest.raises(TransformationImpossible, match="counts from 1, or from -1"):
        made("substring", {"start": 0}, ["a"])


@pytest.mark.parametrize("kind", ["trim", "lower", "upper", "title", "hash_sha256"])
def test_what_means_empty_stays_empty(kind):
    options = ParsingOptions(null_words=("NULL",))

    assert made(kind, {}, ["", None, "NULL"], options=options) == [None, None, None]


def test_a_default_stands_where_there_is_nothing():
    options = ParsingOptions(null_words=("NULL",))

    done = made("default", {"value": "x"}, ["", None, "NULL", " ", "a"], options=options)

    assert done == ["x", "x", "x", " ", "a"]
