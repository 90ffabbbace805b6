"""Any tree over any people and events has the members that plain loops find."""

import json
import random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.audiences.tree import reading
from app.audiences.tree.operators import Operator
from app.audiences.tree.values import ValueUnfit
from app.audiences.tree.vocabulary import AttributeUnknown, AudienceUnknown
from tests.unit.audiences import evaluating, naive
from tests.unit.audiences.trees import Trees, world_with_audiences
from tests.unit.audiences.worlds import world

# A world of many people has as many small examples in it: each is asked about alone.
# A seed cannot be made smaller.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
SEEDS = st.integers(0, 2**40)


def asked(rng, about, many):
    """Return trees about a world."""
    names = [*about["audiences"], *(each["name"] for each in about["audiences"].values())]
    made = Trees(rng, about["now"], about["zone"], tuple(names))
    return [made.tree() for _ in range(many)]


@settings(max_examples=12, phases=UNSHRUNK)
@given(seed=SEEDS)
def test_the_engine_finds_whom_plain_loops_find(seed):
    rng = random.Random(seed)
    about = world_with_audiences(rng)
    trees = asked(rng, about, 10)

    for raw, found in zip(trees, evaluating.found(trees, about), strict=True):
        assert found == naive.members(raw, about), json.dumps(raw, ensure_ascii=False)


@settings(max_examples=12, phases=UNSHRUNK)
@given(seed=SEEDS)
def test_the_engine_finds_whom_plain_loops_find_by_every_single_condition(seed):
    rng = random.Random(seed)
    about = world_with_audiences(rng)
    made = Trees(rng, about["now"], about["zone"], tuple(about["audiences"]))
    kinds = [made.did, made.did, made.figure, made.attribute, made.split, made.other]
    trees = [{"all": [kind()]} for kind in kinds]

    for raw, found in zip(trees, evaluating.found(trees, about), strict=True):
        assert found == naive.members(raw, about), json.dumps(raw, ensure_ascii=False)


def test_an_attribute_that_no_dataset_has_is_said():
    raw = {"attribute": {"schema": "Gone", "column": "x"}, "op": "is", "value": "1"}

    with pytest.raises(AttributeUnknown, match="x .Gone"):
        evaluating.found([{"all": [{"have": raw}]}], world(random.Random(1)))


def test_an_audience_that_there_is_not_is_said():
    with pytest.raises(AudienceUnknown, match="no audience “Gone”"):
        evaluating.found([{"all": [{"in": "Gone"}]}], world(random.Random(1)))


@pytest.mark.parametrize(
    ("column", "op", "value", "said"),
    [
        ("points", "is", "many", "no number"),
        ("member", "is", "perhaps", "neither true nor false"),
        ("born", "before", "soon", "no date"),
        ("born", "in_the_last", "24h", "no clock"),
        ("joined", "after", "2026-01-01T25:00", "no date and time"),
        ("joined", "after", "0001-01-01T00:00+14:00", "too far away"),
        ("born", "on", "9999-12-31", "too far away"),
    ],
)
def test_a_value_of_another_type_is_said(column, op, value, said):
    raw = {"all": [{"have": {"attribute": column, "op": op, "value": value}}]}

    with pytest.raises(ValueUnfit, match=said):
        evaluating.found([raw], world(random.Random(1)))


TYPED = {
    "many": ["5", "5.1", "1e3", "x", "true", "2026-01-01", "2026-01-01T10:00", "30d", "24h"],
    "far": ["0001-01-01", "9999-12-30", "0001-01-01T00:00", "9999-12-31T23:59-14:00", "100y"],
}


@settings(max_examples=10, phases=UNSHRUNK)
@given(seed=SEEDS)
def test_whatever_is_read_is_asked_or_refused_in_a_sentence(seed):
    rng = random.Random(seed)
    about = world(rng)
    values = [*TYPED["many"], *TYPED["far"], "'; DROP TABLE stored; --", "'", "\\", "100%"]
    for _ in range(8):
        column = rng.choice(list(about["types"]))
        how = rng.choice(list(Operator))
        value = rng.sample(values, 2) if how.takes_list else rng.choice(values)
        value = ["1", "2"] if how.value == "between" else value
        told = {"op": how.value, "value": value}
        raw = rng.choice(
            (
                {"have": {"attribute": column[1], **told}},
                {"did": {"event": "*", "where": [{"property": "p", **told}]}},
                {"have": {"aggregate": {"function": "top", "event": "*"}, **told}},
            )
        )
        try:
            evaluating.found([{"all": [raw]}], about)
        except (ValueUnfit, reading.TreeInvalid) as failure:
            said = str(failure)
        else:
            continue
        assert said.endswith(".")
