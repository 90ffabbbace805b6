"""Transformations: what each makes of a column, and which are refused."""

import hashlib

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.batches import TEXT
from app.tabular.columns.transforming import Transformation, TransformationImpossible, apply
from app.tabular.transformations.registry import KINDS
from tests.unit.tabular.strategies import TEXTS


def frame(**columns):
    return pd.DataFrame({name: pd.Series(values, dtype=TEXT) for name, values in columns.items()})


def made(kind, params, *columns):
    """Return what one transformation makes of columns called a, b, c."""
    names = "abc"[: len(columns)]
    table = frame(**dict(zip(names, columns, strict=True))) if columns else frame(x=["1", "2"])
    values = apply(table, [Transformation(kind, tuple(names), "out", params)]).frame["out"]
    assert values.dtype == TEXT
    return [None if pd.isna(value) else value for value in values]


@pytest.mark.parametrize(
    ("kind", "params", "columns", "expected"),
    [
        ("trim", {}, [[" a ", "b\t", None]], ["a", "b", None]),
        ("lower", {}, [["ÅDA", None]], ["åda", None]),
        ("upper", {}, [["åda"]], ["ÅDA"]),
        ("title", {}, [["ada lovelace"]], ["Ada Lovelace"]),
        ("replace", {"old": ".", "new": "-"}, [["1.2.3", None]], ["1-2-3", None]),
        ("replace", {"old": "x"}, [["axb"]], ["ab"]),
        ("map_values", {"mapping": {"m": "male"}}, [["m", "f", None]], ["male", "f", None]),
        ("map_values", {"mapping": {"m": "x"}, "otherwise": "empty"}, [["m", "f"]], ["x", None]),
        ("split", {"separator": "@", "part": 2}, [["a@b@c", "a", None]], ["b", None, None]),
        ("split", {}, [["Ada Lovelace"]], ["Ada"]),
        ("first_characters", {"count": "2"}, [["æøå", "a", None]], ["æø", "a", None]),
        ("hash_sha256", {}, [["a", None]], [hashlib.sha256(b"a").hexdigest(), None]),
        ("hash_sha256", {"salt": "s"}, [["a"]], [hashlib.sha256(b"sa").hexdigest()]),
        ("concat", {}, [["a", None, ""], ["b", "c", None]], ["a b", "c", None]),
        ("concat", {"separator": ", "}, [["a"], ["b"], ["c"]], ["a, b, c"]),
        ("coalesce", {}, [[None, "", "a"], ["b", "c", "d"]], ["b", "c", "a"]),
        ("constant", {"value": "shop"}, [], ["shop", "shop"]),
    ],
)
def test_each_kind_makes_its_column(kind, params, columns, expected):
    assert made(kind, params, *columns) == expected


def test_a_later_transformation_may_use_the_column_of_an_earlier_one():
    table = apply(
        frame(first=["ada"], last=["lovelace"]),
        [
            Transformation("concat", ("first", "last"), "full"),
            Transformation("upper", ("full",), "shouted"),
        ],
    ).frame

    assert table["shouted"].tolist() == ["ADA LOVELACE"]


def test_the_frame_handed_in_stays_as_it_was():
    table = frame(a=["x"])

    apply(table, [Transformation("upper", ("a",), "b")])

    assert list(table.columns) == ["a"]


@pytest.mark.parametrize(
    ("transformation", "words"),
    [
        (Transformation("explode", ("a",), "b"), "no transformation called"),
        (Transformation("trim", ("gone",), "b"), "which the file does not have"),
        (Transformation("trim", ("a",), "a"), "already a column"),
        (Transformation("trim", ("a",), " "), "Give the custom column a name"),
        (Transformation("trim", (), "b"), "takes one column, not 0"),
        (Transformation("concat", ("a",), "b"), "takes 2 or more columns, not 1"),
        (Transformation("constant", ("a",), "b", {"value": "x"}), "takes no column, not 1"),
        (Transformation("replace", ("a",), "b", {"new": "x"}), "Fill in “Replace”"),
        (Transformation("split", ("a",), "b", {"part": "0"}), "whole number from 1"),
        (Transformation("split", ("a",), "b", {"part": "two"}), "whole number from 1"),
        (Transformation("map_values", ("a",), "b", {"mapping": "x"}), "pairs each value"),
        (
            Transformation("map_values", ("a",), "b", {"mapping": {"x": "y"}, "otherwise": "?"}),
            "Choose one",
        ),
        (Transformation("trim", ("a",), "b", {"side": "left"}), "no setting “side”"),
        (Transformation("constant", (), "b", {"value": "x" * 10_001}), "too long"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(transformation, words):
    with pytest.raises(TransformationImpossible) as refused:
        apply(frame(a=["x"]), [transformation])

    assert words in refused.value.message
    assert refused.value.output == transformation.output


def test_a_transformation_comes_back_from_plain_values_as_it_was():
    transformation = Transformation("split", ("a",), "b", {"separator": "@", "part": 2})

    assert Transformation.from_dict(transformation.to_dict()) == transformation


def test_every_kind_says_what_it_is_and_what_it_asks_for():
    for name, kind in KINDS.items():
        assert kind.name == name
        assert kind.label
        assert kind.description.endswith(".")
        assert all(parameter.label for parameter in kind.parameters)


@given(st.lists(TEXTS | st.none(), min_size=1, max_size=6), st.integers(1, 3))
def test_split_agrees_with_plain_python(values, part):
    expected = [
        None if not value or len(value.split("-")) < part else value.split("-")[part - 1]
        for value in values
    ]

    assert made("split", {"separator": "-", "part": part}, values) == expected


@given(st.lists(st.tuples(TEXTS | st.none(), TEXTS | st.none()), min_size=1, max_size=6))
def test_joining_agrees_with_plain_python(pairs):
    left, right = ([pair[side] for pair in pairs] for side in (0, 1))
    expected = ["+".join(value for value in pair if value) or None for pair in pairs]

    assert made("concat", {"separator": "+"}, left, right) == expected
