"""Pairs and words as a person writes them: what is written is read back as it was."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.transformations import written
from app.tabular.transformations.parameters import ParameterImpossible

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r")) | st.text(' "=,\na')
# A word is never of spaces, nor has any around it.
WORDS = TEXTS.map(str.strip).filter(bool)


@given(st.dictionaries(TEXTS, TEXTS))
def test_pairs_that_were_written_are_read_back(mapping):
    assert written.pairs(written.pairs_written(mapping)) == mapping


@given(st.dictionaries(TEXTS, TEXTS))
def test_a_browser_may_send_its_own_line_ends(mapping):
    sent = written.pairs_written(mapping).replace("\n", "\r\n")

    assert written.pairs(sent) == mapping


@given(st.lists(WORDS))
def test_words_that_were_written_are_read_back(words):
    assert written.words(written.words_written(words)) == words


@given(st.text(' "=\na'))
def test_what_is_read_as_pairs_is_kept_by_being_written(text):
    found = None
    with suppress(ParameterImpossible):
        found = written.pairs(text)

    assert found is None or written.pairs(written.pairs_written(found)) == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1\n\n  b=2  \n", {"a": "1", "b": "2"}),
        ("a = b = c", {"a": "b = c"}),
        ('"a = b" = c', {"a = b": "c"}),
        ('"" = none', {"": "none"}),
        ('" a " = " "', {" a ": " "}),
        ('"he said ""no""" = x', {'he said "no"': "x"}),
        ('5" = five inches', {'5"': "five inches"}),
        ('"open = x', {'"open': "x"}),
        ('"a" b = x', {'"a" b': "x"}),
        ("a = 1\na = 1", {"a": "1"}),
    ],
)
def test_pairs_are_lines_of_old_and_new(text, expected):
    assert written.pairs(text) == expected


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a = 1\nb\nc = 2", "“b” is not old = new."),
        ("a = 1\na = 2", "“a” stands there twice, with two new values."),
    ],
)
def test_a_line_that_is_no_pair_is_refused(text, sentence):
    with pytest.raises(ParameterImpossible) as refused:
        written.pairs(text)

    assert str(refused.value) == sentence


def test_a_long_line_of_spaces_is_refused_like_any_other():
    with pytest.raises(ParameterImpossible):
        written.pairs(" " * 50_000 + "x" + " " * 50_000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ja, oui", ["ja", "oui"]),
        ("ja\noui,,", ["ja", "oui"]),
        ('"yes, sir", no', ["yes, sir", "no"]),
        ('5", 7"', ['5"', '7"']),
    ],
)
def test_words_have_commas_between(text, expected):
    assert written.words(text) == expected
