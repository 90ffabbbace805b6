"""Cron expressions in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.site.exports import intervals

FIELD = st.one_of(
    st.just("*"),
    st.integers(0, 7).map(str),
    st.integers(2, 59).map("*/{}".format),
    st.sampled_from(["1-5", "0,30", "mon", "1-5/2"]),
)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("* * * * *", "every minute"),
        ("*/30 * * * *", "every 30 minutes"),
        ("5 * * * *", "every hour at minute 5"),
        ("0 */6 * * *", "every 6 hours at minute 0"),
        ("30 3 * * *", "every day at 03:30"),
        ("0 3 * * 1-5", "Monday to Friday at 03:00"),
        ("0 3 * * 0", "every Sunday at 03:00"),
        ("0 3 * * 7", "every Sunday at 03:00"),
        ("0 3 * * Wed", "every Wednesday at 03:00"),
        ("0 3 1 * *", "on day 1 of every month at 03:00"),
    ],
)
def test_what_is_usual_is_said_in_words(expression, words):
    assert intervals.words(expression) == words


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("*/7 * * * *", "at minute */7"),
        ("0 9-17 * * 1-5", "at minute 0, hour 9-17, weekday 1-5"),
        ("*/15 * * * 1", "at minute */15, weekday 1"),
        ("0 0 1 1 *", "at minute 0, hour 0, day 1, month 1"),
        ("0 0 1 * 1", "at minute 0, hour 0, day 1, weekday 1"),
    ],
)
def test_of_what_is_rare_the_fields_are_named(expression, words):
    assert intervals.words(expression) == words


@given(st.lists(FIELD, min_size=5, max_size=5))
def test_every_expression_has_words(fields):
    assert intervals.words(" ".join(fields))
