"""Dates and numbers written otherwise: the same values in the usual way, or a failure."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.columns.transforming import TransformationImpossible
from app.tabular.options import ParsingOptions
from tests.unit.tabular.transformations.making import applied, failed, made, values_of


@given(st.lists(st.dates(date(1, 1, 1)), max_size=5))
def test_dates_by_a_pattern_are_those_dates(days):
    texts = [f" {day.day}/{day.month:02}/{day.year:04} " for day in days]

    assert made("date_as_written", {"pattern": "%d/%m/%Y"}, texts) == [
        day.isoformat() for day in days
    ]


def test_what_is_no_date_by_the_pattern_fails():
    done = applied(
        "date_as_written", {"pattern": "%d.%m.%Y"}, ["31.12.2026", "2026-12-31", "", "x"]
    )

    assert values_of(done) == ["2026-12-31", None, None, None]
    assert failed(done) == [1, 3]


@given(st.lists(st.decimals(0, 999_999, places=2), max_size=5))
def test_numbers_in_a_style_are_those_numbers(numbers):
    texts = [f"€ {number:,}".translate(str.maketrans(",.", ".,")) for number in numbers]

    done = made("number_as_written", {"style": "€ 1.234,5"}, texts)

    assert [Decimal(text) for text in done] == numbers


def test_the_marks_of_the_file_make_no_difference_to_a_style():
    options = ParsingOptions(decimal_mark=",")

    done = applied(
        "number_as_written", {"style": "$ 1,234.5"}, ["$ 1,234.50", "1.5 kg"], options=options
    )

    assert values_of(done) == ["1234.5", None]
    assert failed(done) == [1]


def test_a_style_that_is_none_is_refused():
    with pytest.raises(TransformationImpossible, match="no way to write numbers"):
        made("number_as_written", {"style": "many"}, ["1"])
