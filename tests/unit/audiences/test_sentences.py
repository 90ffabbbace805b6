"""An audience as a sentence: it never fails, and says all that is asked."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.audiences.tree import reading, sentences
from app.audiences.tree.conditions import ANYTHING, Attribute, Have, attributes, leaves, matches
from tests.unit.audiences.trees import Trees
from tests.unit.audiences.worlds import NOWS, ZONES


def asked(tree):
    """Return the names and values that a tree speaks of."""
    for leaf in leaves(tree):
        yield from (match.event for match in matches(leaf) if match.event != ANYTHING)
        yield from (attribute.column for attribute in attributes(leaf))
        filters = [each for match in matches(leaf) for each in match.filters]
        yield from (each.property for each in filters)
        compared = [leaf] if isinstance(leaf, Have) else []
        for each in (*filters, *compared):
            if isinstance(each.value, str) and not each.operator.takes_span:
                yield each.value
            elif not isinstance(each.value, str | Attribute):
                yield from each.value


@settings(max_examples=100)
@given(seed=st.integers(0, 2**40))
def test_a_sentence_says_all_that_is_asked_in_one_line(seed):
    rng = random.Random(seed)
    raw = Trees(rng, rng.choice(NOWS), rng.choice(ZONES), ("x0",)).tree()
    tree = reading.parsed(raw)

    said = sentences.sentence(tree, "Europe/Oslo", {"x0": "Loyal"})

    assert said.startswith("People who ")
    assert said.endswith(".")
    assert said.isprintable()
    for each in asked(tree):
        assert each in said


BUY = {"did": {"event": "buy"}}


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ({"did_not": {"event": "*"}}, "did not do anything"),
        (
            {"did_not": {"event": "a", "then": {"did": {"event": "b", "within": "1d"}}}},
            "did not go through this: (“a”, then did “b” within 1 day)",
        ),
        (
            {"did": {"event": "a", "when": {"since": {"event": "*"}}}},
            "did “a” after their last event",
        ),
        (
            {
                "did": {
                    "event": "a",
                    "where": [{"property": "p", "op": "in_the_last", "value": "2w"}],
                }
            },
            "did “a” where p is in the last 2 weeks",
        ),
        ({"any": [BUY, {"all": [BUY, BUY]}]}, "did “buy” or (did “buy” and did “buy”)"),
        (
            {
                "have": {
                    "aggregate": {"function": "count", "event": "*"},
                    "op": "at_most",
                    "value": 3,
                }
            },
            "have a number of events that is at most “3”",
        ),
    ],
)
def test_a_condition_is_said_as_people_say_it(condition, said):
    assert said in sentences.sentence(reading.parsed({"all": [condition]}))
