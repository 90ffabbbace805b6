"""Trees as JSON: what is wrong is said at its place, and nothing makes it fail."""

import copy
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.audiences.tree import reading, sentences, writing
from app.audiences.tree.reading import TreeInvalid
from tests.unit.audiences.trees import Trees
from tests.unit.audiences.worlds import NOWS, ZONES

WORDS = (
    *("all", "any", "none", "did", "did_not", "have", "in", "not_in", "split", "event", "times"),
    *("where", "op", "value", "n", "of", "when", "last", "before", "from", "to", "calendar"),
    *("since", "until", "within", "after", "without", "which", "then", "aggregate", "attribute"),
    *("function", "property", "schema", "column", "name", "is", "buy", "30d", "5", "first", "days"),
)

HUGE = 10**5000


def deep(levels, inner=None):
    for _ in range(levels):
        inner = [inner]
    return inner


AWFUL = [
    *(None, True, False, 0, -1, 1.5, 10**30, 10**4000, float("nan"), float("inf"), float("-inf")),
    *("", " ", "'; DROP TABLE x; --", '"', "a\0b", "\ud800", "\u202eabc", "a\nb", "٣", "3٣d"),
    *(
        "1e400",
        "9" * 5000,
        "1e999999999",
        "1e-999999999",
        "sNaN",
        "0001-01-01",
        "9999-12-31",
        "2026-W01-1",
    ),
    *("9999-12-31T23:59-14:00", "36500d", "999999d", "x" * 201, [], {}, [[]], [{}], {"": None}),
    *({"\ud800": 1}, {"a\nb": {}}, [None], [1, 2], ["2", "1"], {"event": []}, {"did": {}}),
]
JSON = st.recursive(
    st.sampled_from([*AWFUL, *WORDS]) | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=3)
    ),
    max_leaves=12,
)


def read_or_refused(raw):
    """Return the tree, or None where each of its faults is said in a sentence."""
    try:
        return reading.parsed(raw)
    except TreeInvalid as failure:
        problems = failure.problems
    assert problems
    for path, said in problems.items():
        assert path.startswith("n")
        assert said.endswith((".", "?"))
        assert said.isprintable()
    return None


def random_tree(seed):
    rng = random.Random(seed)
    return Trees(rng, rng.choice(NOWS), rng.choice(ZONES), ("x0", "Audience 1")).tree()


def places(raw, found=()):
    """Return the ways to all values of JSON."""
    names = raw if isinstance(raw, dict) else range(len(raw)) if isinstance(raw, list) else ()
    return [found, *(way for name in names for way in places(raw[name], (*found, name)))]


def changed(raw, way, value):
    """Return JSON with another value at a place."""
    raw = copy.deepcopy(raw)
    if not way:
        return value
    inner = raw
    for name in way[:-1]:
        inner = inner[name]
    inner[way[-1]] = value
    return raw


@given(raw=JSON)
def test_any_json_is_a_tree_or_refused(raw):
    tree = read_or_refused(raw)

    assert tree is None or reading.parsed(writing.to_json(tree)) == tree


@settings(max_examples=100)
@given(seed=st.integers(0, 2**40), value=st.sampled_from([*AWFUL, *WORDS]) | JSON, data=st.data())
def test_a_tree_with_anything_at_any_place_is_a_tree_or_refused(seed, value, data):
    raw = random_tree(seed)
    way = data.draw(st.sampled_from(places(raw)))

    tree = read_or_refused(changed(raw, way, value))

    if tree is not None:
        assert reading.parsed(json.loads(json.dumps(writing.to_json(tree)))) == tree
        assert sentences.sentence(tree).isprintable()


# A number of so many digits Python does not write.
@pytest.mark.parametrize(
    "value", [*AWFUL, HUGE], ids=lambda value: f"{value!a:.20}" if value is not HUGE else "huge"
)
def test_every_awful_value_at_every_place_of_some_trees(value):
    for seed in range(6):
        raw = random_tree(seed)
        for way in places(raw):
            read_or_refused(changed(raw, way, value))


@settings(max_examples=100)
@given(seed=st.integers(0, 2**40))
def test_a_tree_is_kept_as_it_was(seed):
    tree = reading.parsed(random_tree(seed))

    assert reading.parsed(json.loads(json.dumps(writing.to_json(tree)))) == tree


def group_of(many):
    return {"any": [{"did": {"event": "buy"}}] * many}


def nested(levels):
    raw = {"did": {"event": "buy"}}
    for _ in range(levels):
        raw = {"all": [raw]}
    return raw


@pytest.mark.parametrize(("raw", "is_fine"), [(group_of(199), True), (nested(29), True)])
def test_a_tree_may_be_as_large_as_this(raw, is_fine):
    assert (read_or_refused(raw) is not None) is is_fine


@pytest.mark.parametrize(
    "raw", [group_of(200), group_of(1000), nested(30), nested(10_000), {"all": [group_of(101)] * 2}]
)
def test_a_tree_that_is_too_deep_or_too_large_is_refused(raw):
    with pytest.raises(TreeInvalid, match="at most 200 conditions and groups, 30 deep"):
        reading.parsed(raw)


@pytest.mark.parametrize(
    "value", [deep(10_000), "x" * 10**7, "1" * 10**7, [deep(10_000)], ["1"] * 10**6]
)
def test_what_is_deep_or_long_is_refused_at_any_place(value):
    raw = random_tree(3)

    for way in places(raw):
        read_or_refused(changed(raw, way, value))
    with pytest.raises(TreeInvalid):
        reading.parsed({"all": [value]})


def did(**changes):
    return {"all": [{"did": {"event": "buy", **changes}}]}


def have(**parts):
    return {"all": [{"have": parts}]}


def figure(op, value=None, function="sum"):
    return have(aggregate={"function": function, "event": "buy"}, op=op, value=value)


def step(**parts):
    return {"did": {"event": "visit", **parts}}


SINCE = {"event": "visit"}


@pytest.mark.parametrize(
    ("raw", "path", "said"),
    [
        ({}, "n", "one name"),
        ([], "n", "one name"),
        ({"all": []}, "n", "at least one condition"),
        ({"did": {"event": "buy"}}, "n", "begins with a group"),
        ({"all": [{"shout": {}}]}, "n.0", "no condition called “shout”"),
        ({"all": [{"did": 3}]}, "n.0", "needs its parts"),
        ({"all": [{"in": ""}]}, "n.0", "Choose an audience"),
        ({"all": [{"split": {"name": "a", "from": 50, "to": 50}}]}, "n.0", "from one per cent"),
        ({"all": [{"split": {"name": "a", "from": 0, "to": 100.5}}]}, "n.0", "from 0 to 100"),
        (did(event=""), "n.0", "Choose what was done"),
        (did(event="x" * 201), "n.0", "at most 200"),
        (did(times={"n": 0}), "n.0", "How often"),
        (did(times={"op": "exactly", "n": -1}), "n.0", "from 0"),
        (did(times={"n": True}), "n.0", "whole number"),
        (did(times={"op": "often", "n": 1}), "n.0", "at least, exactly or at most"),
        (did(times={"n": 2}, which="first"), "n.0", "one event alone"),
        (did(times={"n": 2}, then=step()), "n.0", "a sequence"),
        (did(which="first", then=step()), "n.0", "begins with any event"),
        (did(which="next"), "n.0", "Which one"),
        (did(then=[{"did_not": {"event": "a"}}, step()]), "n.0", "ends a sequence"),
        (did(then=step(within="1mo")), "n.0", "minutes, hours, days or weeks"),
        (did(then=step(within="1h", after="2h")), "n.0", "Nothing comes within"),
        (did(then={"did_not": {"event": "a", "after": "1h"}}), "n.0", "only “within”"),
        (did(when={"last": "soon"}), "n.0", "no length of time"),
        (did(when={"last": "0d"}), "n.0", "no length of time"),
        (did(when={"last": "200y"}), "n.0", "longer than the hundred years"),
        (did(when={"last": "30d", "before": "60d"}), "n.0", "Nothing is in the last"),
        (did(when={"from": "2026-02-01", "to": "2026-01-01"}), "n.0", "turn them round"),
        (did(when={"from": "9999-12-31"}), "n.0", "too far away"),
        (did(when={"calendar": "next week"}), "n.0", "stretch of the calendar"),
        (did(when={"since": SINCE, "last": "30d"}), "n.0", "only “within”"),
        (did(when={"since": SINCE, "until": SINCE}), "n.0", "only “within”"),
        (did(where=[{}]), "n.0", "Name the property"),
        (did(where=[{"property": "a", "op": "like", "value": "1"}]), "n.0", "how to compare"),
        (did(where=[{"property": "a", "op": "between", "value": [2, 1]}]), "n.0", "turn them"),
        (did(where=[{"property": "a", "op": "on", "value": "soon"}]), "n.0", "no date"),
        (did(where=[{"property": "amount", "op": "contains", "value": "1"}]), "n.0", "amount"),
        (did(where=[{"property": "a", "op": "is_one_of", "attribute": "b"}]), "n.0", "attribute"),
        (did(where=[{}] * 21), "n.0", "at most 20"),
        (have(op="is", value="1"), "n.0", "an attribute or a figure"),
        ({"any": [did(), *figure("contains", "1")["all"]]}, "n.1", "cannot be compared"),
        (figure("is", "much"), "n.0", "no number"),
        (figure("is_empty"), "n.0", "cannot be compared"),
        (figure("has_item", "1", "top"), "n.0", "cannot be compared"),
        (figure("is", "1", "median"), "n.0", "a sum, a count"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(raw, path, said):
    with pytest.raises(TreeInvalid) as caught:
        reading.parsed(raw)

    assert said in caught.value.problems[path]


def test_two_equal_ends_are_a_stretch_of_one_number():
    tree = reading.parsed(did(where=[{"property": "a", "op": "between", "value": [5, 5]}]))

    assert tree.members[0].match.filters[0].value == ("5", "5")
