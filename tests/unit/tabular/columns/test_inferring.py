"""Inference: the narrowest type that loses nothing, from every value."""

import re
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.batches import TEXT
from app.tabular.columns.converting import convert, render
from app.tabular.columns.inferring import infer
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType


def inferred(*values, **choices):
    return infer(pd.Series(list(values), dtype=TEXT), **choices)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["1", "22", "-3", "0"], ColumnType.INTEGER),
        (["0", "1"], ColumnType.INTEGER),
        (["1.50", "2"], ColumnType.DECIMAL),
        (["-0.0", "1.0"], ColumnType.DECIMAL),
        (["true", "False"], ColumnType.BOOLEAN),
        (["yes", "no"], ColumnType.BOOLEAN),
        (["2016-11-08", "2016-02-29"], ColumnType.DATE),
        (["2016-11-08T10:11:12Z", "2016-11-08"], ColumnType.DATETIME),
        (["a@b.no", "ada@example.org"], ColumnType.EMAIL),
        (["Ada", "Grace"], ColumnType.TEXT),
    ],
)
def test_types_are_known_by_their_values(values, expected):
    assert inferred(*values).type is expected


@pytest.mark.parametrize(
    "values",
    [
        ["01234", "12345"],
        ["1234567890123456", "1"],
        ["+48123456789"],
        ["1E5", "2"],
        ["-0"],
        ["12 345"],
        ["yes", "true"],
        # A country that every row has.
        ["NO"],
        ["no", "NO", "no"],
        ["yes"],
        ["2015-02-29"],
        ["2016-13-01"],
        ["03/04/2016", "05/06/2016"],
        ["1,234"],
        ["0x1F"],
        ["1.", "2."],
        [" 1"],
        ["٣"],
    ],
)
def test_what_would_not_come_back_the_same_stays_text(values):
    assert inferred(*values).type is ColumnType.TEXT


@pytest.mark.parametrize(
    "name", ["Postal Code", "zip", "phone", "Phone number", "postalcode", "EAN"]
)
def test_numbers_that_are_names_stay_text(name):
    inference = inferred("10115", "10117", name=name)

    assert inference.type is ColumnType.TEXT
    assert inference.nearly is ColumnType.INTEGER


def test_day_and_month_are_told_apart_by_one_value_that_can_be_only_one_of_them():
    assert inferred("03/04/2016", "25/12/2016").pattern == "%d/%m/%Y"
    assert inferred("03/04/2016", "12/25/2016").pattern == "%m/%d/%Y"


def test_ambiguous_dates_are_said_to_be_ambiguous():
    inference = inferred("03/04/2016", "05/06/2016")

    assert inference.nearly is ColumnType.DATE
    assert "Day and month" in inference.note


def test_one_value_of_a_hundred_makes_the_column_text_and_is_named():
    inference = inferred(*[str(number) for number in range(99)], "unknown")

    assert inference.type is ColumnType.TEXT
    assert inference.nearly is ColumnType.INTEGER
    assert [(each.line, each.value) for each in inference.counter_examples] == [(100, "unknown")]


def test_a_column_without_values_is_text_without_confidence():
    inference = inferred("", None)

    assert (inference.type, inference.confidence) == (ColumnType.TEXT, 0.0)


def test_more_values_make_an_inference_surer():
    assert inferred("1").confidence < inferred("1", "2", "3").confidence < 1


def test_declared_marks_are_part_of_a_number():
    options = ParsingOptions(delimiter=";", decimal_mark=",", thousands_mark=".")

    assert inferred("1.234,5", "7", options=options).type is ColumnType.DECIMAL
    assert inferred("1.234", "7", options=options).type is ColumnType.INTEGER
    assert inferred("1.5", "7", options=options).type is ColumnType.TEXT


@given(
    st.lists(
        st.one_of(
            st.from_regex(
                re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,20})?", re.ASCII), fullmatch=True
            ),
            st.sampled_from(["true", "yes", "2016-11-08", "2016-02-30", "x", "1E5", ".5"]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_an_inferred_type_always_converts_every_value_and_loses_nothing(values):
    series = pd.Series(values, dtype=TEXT)
    inference = infer(series)

    conversion = convert(series, inference.type, pattern=inference.pattern)
    shown = render(conversion.values).tolist()

    assert not conversion.failed.any()
    for written, again in zip(values, shown, strict=True):
        if inference.type is ColumnType.DECIMAL:
            assert Decimal(written) == Decimal(again)
        elif inference.type is not ColumnType.BOOLEAN:
            assert written == again
