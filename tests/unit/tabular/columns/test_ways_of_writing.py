"""Inference of what is written in ways of its own: money, times, addresses, words for nothing."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.batches import TEXT
from app.tabular.columns.converting import convert
from app.tabular.columns.date_patterns import DATETIME_PATTERNS, twin_of
from app.tabular.columns.inferring import infer
from app.tabular.columns.number_styles import StyleImpossible
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType

DECIMAL, DATE, DATETIME = ColumnType.DECIMAL, ColumnType.DATE, ColumnType.DATETIME


def series(*values):
    return pd.Series(list(values), dtype=TEXT)


def inferred(*values, **choices):
    return infer(series(*values), **choices)


def converted(*values, to, pattern=None, options=None):
    done = convert(series(*values), to, pattern=pattern, options=options)
    assert not done.failed.any()
    return done.values.tolist()


@pytest.mark.parametrize(
    ("values", "pattern", "numbers"),
    [
        (["€ 1.234,50", "€ 7,25"], "€ 1.234,5", ["1234.5", "7.25"]),
        (["$1,200.00", "-$3.10"], "$ 1,234.5", ["1200", "-3.1"]),
        (["12.5 EUR", "7 EUR"], "1234.5 EUR", ["12.5", "7"]),
        (["12.5 %", "-3 %"], "1234.5 %", ["12.5", "-3"]),
        (["12.5%", "100%"], "1234.5 %", ["12.5", "100"]),
        (["1.5E-3", "2.25e+02"], "1.5E3", ["0.0015", "225"]),
        (["0.001", "1e-05", "3"], "1.5E3", ["0.001", "0.00001", "3"]),
    ],
)
def test_a_column_written_one_way_throughout_is_of_decimals(values, pattern, numbers):
    found = inferred(*values)

    assert (found.type, found.pattern) == (DECIMAL, pattern)
    assert converted(*values, to=DECIMAL, pattern=pattern) == [Decimal(each) for each in numbers]


@pytest.mark.parametrize(
    "values",
    [
        ["€ 5", "$ 5"],
        ["12 EUR", "13 USD"],
        ["5 kg", "6 kg"],
        ["1.0", "1.0.1"],
        ["12 %", "13"],
        ["1.5E99", "2.5E1"],
        ["A1", "A2"],
        ["EUR", "USD"],
    ],
)
def test_what_is_not_written_one_way_stays_text(values):
    assert inferred(*values).type is ColumnType.TEXT


def test_a_mark_that_may_be_either_is_asked_for():
    found = inferred("€ 1,200", "€ 3,450")

    assert (found.type, found.nearly) == (ColumnType.TEXT, DECIMAL)
    assert {found.pattern, found.other_pattern} == {"€ 1,234.5", "€ 1.234,5"}


def test_marks_unlike_those_of_the_file_are_offered():
    found = inferred("1.234,50", "7,25")

    assert (found.type, found.nearly, found.pattern) == (ColumnType.TEXT, DECIMAL, "1.234,5")
    assert converted("1.234,50", to=DECIMAL, pattern=found.pattern) == [Decimal("1234.5")]


@pytest.mark.parametrize("pattern", ["", "x", "1234", "1.234.5", "1x234.5", "12345"])
def test_an_example_that_shows_no_number_is_refused(pattern):
    if pattern:
        with pytest.raises(StyleImpossible):
            convert(series("1"), DECIMAL, pattern=pattern)


@given(
    st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=5),
    st.sampled_from(["€ {}", "{} €", "${}", "{} EUR", "{}%"]),
    st.sampled_from([",", ""]),
)
def test_money_is_read_exactly_or_asked_for(numbers, wording, mark):
    texts = [wording.format(f"{number:{mark}}") for number in numbers]

    found = inferred(*texts)

    if found.type is DECIMAL:
        assert converted(*texts, to=DECIMAL, pattern=found.pattern) == numbers
    else:
        assert any(text.startswith(("€ -0", "-0", "$-0")) or "-0.00" in text for text in texts)


@pytest.mark.parametrize(
    ("values", "type_", "pattern"),
    [
        (["31/12/2026 14:05", "01/02/2026 00:00"], DATETIME, "%d/%m/%Y %H:%M"),
        (["12/31/2026 2:05:33 PM"], DATETIME, "%m/%d/%Y %I:%M:%S %p"),
        (["31-Dec-2026"], DATE, "%d-%b-%Y"),
        (["31.12.2026", "1.2.2026"], DATE, "%d.%m.%Y"),
        (["Dec 31, 2026"], DATE, "%b %d, %Y"),
        (["2026-12-31T10:00:00+02:00"], DATETIME, None),
    ],
)
def test_dates_and_times_are_known_by_their_pattern(values, type_, pattern):
    found = inferred(*values)

    assert (found.type, found.pattern) == (type_, pattern)


@given(
    st.sampled_from([each.pattern for each in DATETIME_PATTERNS if "%b" not in each.pattern]),
    st.lists(st.datetimes(timezones=st.just(UTC)), min_size=1, max_size=4),
)
def test_a_pattern_is_found_again_and_reads_the_same_times(pattern, moments):
    moments = [
        moment.replace(year=1950 + moment.year % 100) for moment in moments if moment.day < 29
    ]
    if not moments:
        return
    texts = [moment.strftime(pattern) for moment in moments]
    expected = [datetime.strptime(text, pattern).replace(tzinfo=UTC) for text in texts]

    found = inferred(*texts)

    assert pattern in (found.pattern, found.other_pattern)
    assert converted(*texts, to=DATETIME, pattern=pattern) == expected
    if any(moment.day > 12 for moment in moments):
        assert (found.type, found.pattern) == (DATETIME, pattern)
    elif twin_of(pattern):
        assert (found.type, found.nearly) == (ColumnType.TEXT, DATETIME)


def test_both_readings_of_ambiguous_dates_are_kept():
    found = inferred("03/04/2026", "05/06/2026")

    assert (found.type, found.nearly) == (ColumnType.TEXT, DATE)
    assert (found.pattern, found.other_pattern) == ("%d/%m/%Y", "%m/%d/%Y")


def test_one_late_value_of_many_decides_between_day_and_month():
    found = inferred(*["03/04/2026"] * 5_000, "05/13/2026")

    assert (found.type, found.pattern) == (DATE, "%m/%d/%Y")


def test_years_of_two_digits_are_asked_for():
    found = inferred("31/12/26", "30/11/99")

    assert (found.type, found.nearly, found.pattern) == (ColumnType.TEXT, DATE, "%d/%m/%y")


def test_eight_digits_are_a_date_only_where_the_name_says_so():
    assert inferred("20261231", name="order date").pattern == "%Y%m%d"
    assert inferred("20261231", name="code").type is ColumnType.INTEGER


def test_seconds_since_1970_are_read_when_told():
    expected = [datetime(2026, 12, 31, 14, 5, 33, tzinfo=UTC)]

    assert converted("1798725933", to=DATETIME, pattern="epoch s") == expected
    assert converted("1798725933000", to=DATETIME, pattern="epoch ms") == expected
    assert converted("1798725933", to=DATE, pattern="epoch s") == [date(2026, 12, 31)]
    assert convert(series("9" * 15), DATETIME, pattern="epoch s").failed.all()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["14:05", "9:30", "23:59:59"], ColumnType.TIME),
        (["2:05 PM", "11:30 am"], ColumnType.TIME),
        (["25:10"], ColumnType.TEXT),
        (["https://example.org/a?b=1", "http://a.example"], ColumnType.URL),
        (["example.org"], ColumnType.TEXT),
        (["+48 123 456 789", "+1 (212) 555-0100"], ColumnType.PHONE),
        (['{"a": 1}', "[1, 2]"], ColumnType.JSON),
        (["{a}", "[1, 2]"], ColumnType.TEXT),
        (["T", "F"], ColumnType.BOOLEAN),
        (["T", "T"], ColumnType.TEXT),
        (["ja", "nein"], ColumnType.BOOLEAN),
        (["Oui", "NON"], ColumnType.BOOLEAN),
        (["ja", "non"], ColumnType.TEXT),
    ],
)
def test_other_types_are_known_by_their_values(values, expected):
    assert inferred(*values).type is expected


def test_plain_digits_are_phone_numbers_only_where_the_name_says_so():
    assert inferred("004812345678", "030 123456", name="Phone").type is ColumnType.PHONE
    assert inferred("+48123456789").type is ColumnType.TEXT


@pytest.mark.parametrize("word", ["NA", "N/A", "NULL", "\\N", "-", "?", ".", "#N/A", "nan"])
def test_words_for_nothing_are_offered_and_never_assumed(word):
    numbers = [str(number) for number in range(100)]

    found = inferred(*numbers, *[word] * 40)

    assert (found.type, found.nearly) == (ColumnType.TEXT, ColumnType.INTEGER)
    assert (found.null_words, found.null_type) == (((word, 40),), ColumnType.INTEGER)
    assert "40 cells hold" in found.note


def test_an_offered_word_taken_as_empty_gives_the_type_that_was_promised():
    values = ["NA", "1.5", "-", "2", "NA"]
    found = inferred(*values)

    words = tuple(word for word, _ in found.null_words)
    again = convert(series(*values), found.null_type, options=ParsingOptions(null_words=words))

    assert found.null_words == (("NA", 2), ("-", 1))
    assert not again.failed.any()


def test_a_word_among_texts_is_a_text():
    assert inferred("NA", "Ada", "Bob").null_words == ()


def test_a_unit_above_numbers_is_pointed_out():
    found = inferred("[m/s]", "1.5", "2", "3")

    assert (found.type, found.nearly) == (ColumnType.TEXT, DECIMAL)
    assert (found.unit, found.unit_line) == ("[m/s]", 1)
