"""Names are alike whatever their letters and marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dataflows import alike

NAMES = st.text(max_size=20)


@pytest.mark.parametrize(
    ("one", "other"),
    [("email", "E-Mail"), ("first_name", "First Name"), ("Café", "CAFE"), ("userId", "user_id")],
)
def test_case_accents_and_marks_make_no_difference(one, other):
    assert alike.similarity(one, other) == 1


@pytest.mark.parametrize(("one", "other"), [("email", "customerEmail"), ("name", "last name")])
def test_a_name_within_another_is_likely_the_same(one, other):
    assert alike.similarity(one, other) == alike.WITHIN


@pytest.mark.parametrize(("one", "other"), [("email", "points"), ("?", "!"), ("id", "valid")])
def test_other_words_are_not_alike(one, other):
    assert alike.similarity(one, other) < 0.6


@given(NAMES, NAMES)
def test_likeness_has_no_direction_and_a_name_is_like_itself(one, other):
    assert alike.similarity(one, other) == alike.similarity(other, one)
    assert 0 <= alike.similarity(one, other) <= 1
    assert alike.similarity(one, one) == 1


@given(NAMES.filter(lambda name: any(sign.isalnum() for sign in name)))
def test_marks_around_a_name_fold_away(name):
    assert alike.folded(f"_{name}- ") == alike.folded(name)
