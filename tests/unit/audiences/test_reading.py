"""Trees as JSON: what is wrong is said at its place, and nothing makes it fail."""

import pytest
from app.audiences.reading import TreeInvalid
from hypothesis import given
from hypothesis import strategies as st

from app.audiences import conditions, reading

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["all", "any", "did", "have", "event", "times", "where", "op", "value", "n", "when"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)


def did(**changes):
    return {"all": [{"did": {"event": "buy", **changes}}]}


@pytest.mark.parametrize(
    ("raw", "path", "said"),
    [
        ({}, "n", "one name"),
        ([], "n", "one name"),
        ({"all": []}, "n", "at least one condition"),
        ({"did": {"event": "buy"}}, "n", "begins with a group"),
        ({"all": [{"shout": {}}]}, "n.0", "no condition called"),
        ({"all": [{"did": 3}]}, "n.0", "needs its parts"),
        (did(event=""), "n.0", "Choose what was done"),
        (did(event="x" * 201), "n.0", "at most 200"),
        (did(times={"n": 0}), "n.0", "How many times"),
        (did(times={"n": "x"}), "n.0", "How many times"),
        (did(times={"n": True}), "n.0", "How many times"),
        (did(times={"op": "exactly", "n": 1}), "n.0", "at least"),
        (did(when={"last": "soon"}), "n.0", "the last how many days"),
        (did(when={"last": "0d"}), "n.0", "number of days"),
        (did(where=[{}]), "n.0", "what to compare"),
        (did(where=[{"property": "a", "op": "like", "value": "1"}]), "n.0", "how to compare"),
        (did(where=[{"property": "a", "op": [], "value": "1"}]), "n.0", "how to compare"),
        (did(where=[{}] * 21), "n.0", "at most 20"),
        (
            {"all": [{"have": {"aggregate": {"function": {}, "event": "buy"}, "value": "1"}}]},
            "n.0",
            "a sum, a count",
        ),
        ({"all": [{"have": {"op": "is", "value": "1"}}]}, "n.0", "an attribute or a figure"),
        (
            {
                "any": [
                    did(),
                    {
                        "have": {
                            "aggregate": {"function": "sum", "event": "buy"},
                            "op": "contains",
                            "value": "1",
                        }
                    },
                ]
            },
            "n.1",
            "cannot be compared",
        ),
        (
            {
                "all": [
                    {
                        "have": {
                            "aggregate": {"function": "sum", "event": "buy"},
                            "op": "is",
                            "value": "much",
                        }
                    }
                ]
            },
            "n.0",
            "no number",
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_place(raw, path, said):
    with pytest.raises(TreeInvalid) as caught:
        reading.parsed(raw)

    assert said in caught.value.problems[path]


def test_a_tree_that_is_too_deep_or_too_large_is_refused():
    deep = {"did": {"event": "buy"}}
    for _ in range(20):
        deep = {"all": [deep]}

    for raw in (deep, {"all": [{"did": {"event": "buy"}}] * 101}):
        with pytest.raises(TreeInvalid, match="at most 100 conditions"):
            reading.parsed(raw)


@given(raw=JSON)
def test_any_json_is_a_tree_or_refused(raw):
    try:
        tree = reading.parsed(raw)
    except TreeInvalid:
        return
    assert reading.parsed(conditions.to_json(tree)) == tree
