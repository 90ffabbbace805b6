"""Extracting by a pattern: what is found, what is refused, and that it always comes to an end."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.columns.transforming import TransformationImpossible
from tests.unit.tabular.transformations.making import applied, failed, made, values_of

# Patterns that Python and RE2 understand alike, and that cannot run away.
PATTERNS = st.sampled_from(
    ["a", "(a)(b)?", "a|bc", "(a+)(b*)", "^(a)", "(b)$", "[ab]{2}", "(a(b))", "(?:a)(c)", "x"]
)
VALUES = st.lists(st.text("abc\n", max_size=8) | st.none(), max_size=6)


@given(PATTERNS, st.integers(0, 2), VALUES)
def test_the_first_match_agrees_with_python(pattern, group, values):
    compiled = re.compile(pattern.replace("$", r"\Z"))
    if group > compiled.groups:
        return

    def found(value):
        match = compiled.search(value or "")
        return (match[group] or None) if match and value else None

    assert made("regex_extract", {"pattern": pattern, "group": group}, values) == [
        found(value) for value in values
    ]


def test_a_value_in_which_nothing_is_found_can_be_a_failure():
    params = {"pattern": r"\d+", "otherwise": "fail"}

    done = applied("regex_extract", params, ["a1", "a", None])

    assert values_of(done) == ["1", None, None]
    assert failed(done) == [1]


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"pattern": "(a"}, "no regular expression that can be used: missing )"),
        ({"pattern": "a)(b"}, "no regular expression"),
        ({"pattern": "(?=a)"}, "no regular expression"),
        ({"pattern": r"(a)\1"}, "no regular expression"),
        ({"pattern": "((a{100}){100}){100}"}, "no regular expression"),
        ({"pattern": "a", "group": 1}, "has no group 1"),
        ({"pattern": "a" * 201}, "at most 200 characters"),
        ({"pattern": "a", "group": 9}, "from 0 to 8"),
        ({}, "Fill in “Regular expression”"),
    ],
)
def test_a_pattern_that_cannot_be_used_is_refused_in_a_sentence(params, words):
    with pytest.raises(TransformationImpossible) as refused:
        made("regex_extract", params, ["a"])

    assert words in refused.value.message


def test_a_pattern_on_which_others_never_end_ends():
    assert made("regex_extract", {"pattern": "^(a+)+$"}, ["a" * 5_000 + "b"]) == [None]
