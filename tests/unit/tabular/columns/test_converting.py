"""Conversion of text to types: exact, or failed and marked."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import example, given
from hypothesis import strategies as st

from app.tabular.batches import TEXT
from app.tabular.columns.converting import convert, render
from app.tabular.columns.dates import PatternImpossible
from app.tabular.columns.emails import are_plain, is_email
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType, arrow_type
from tests.unit.tabular.strategies import TEXTS

COMMA = ParsingOptions(delimiter=";", decimal_mark=",", thousands_mark=".")
DECIMALS = st.decimals(-(10**19), 10**19, places=18, allow_nan=False)
MOMENTS = st.datetimes(timezones=st.just(UTC))


def texts(*values):
    return pd.Series(list(values), dtype=TEXT)


def converted(value, to, **choices):
    """Return one value converted, or the word that says it failed."""
    conversion = convert(texts(value), to, **choices)
    if conversion.failed[0]:
        return "failed"
    found = conversion.values.tolist()[0]
    return None if pd.isna(found) else found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("42", 42),
        (" 42 ", 42),
        ("007", 7),
        ("+7", 7),
        ("-0", 0),
        ("9223372036854775807", 2**63 - 1),
        ("-9223372036854775808", -(2**63)),
        ("9223372036854775808", "failed"),
        ("-9223372036854775809", "failed"),
        ("99999999999999999999", "failed"),
        ("00000000000000000000000001", 1),
        ("1.0", "failed"),
        ("1E5", "failed"),
        ("twelve", "failed"),
        ("٣", "failed"),
        ("", None),
        (None, None),
    ],
)
def test_integers(text, expected):
    assert converted(text, ColumnType.INTEGER) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.50", Decimal("1.5")),
        ("-.5", Decimal("-0.5")),
        ("5.", Decimal(5)),
        ("0.000000000000000001", Decimal("0.000000000000000001")),
        ("0.0000000000000000001", "failed"),
        ("1.5000000000000000000000", Decimal("1.5")),
        ("99999999999999999999.5", Decimal("99999999999999999999.5")),
        ("100000000000000000000", "failed"),
        ("000000000000000000000000012.5", Decimal("12.5")),
        ("1,234", "failed"),
        ("1E5", "failed"),
        (".", "failed"),
        ("NaN", "failed"),
        ("Infinity", "failed"),
    ],
)
def test_decimals(text, expected):
    assert converted(text, ColumnType.DECIMAL) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.234,50", Decimal("1234.5")),
        ("1,5", Decimal("1.5")),
        ("1234,5", Decimal("1234.5")),
        ("1.234", Decimal(1234)),
        ("1.5", "failed"),
        ("1.23.456", "failed"),
        ("1,234,567", "failed"),
    ],
)
def test_decimals_with_a_decimal_comma(text, expected):
    assert converted(text, ColumnType.DECIMAL, options=COMMA) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("true", True),
        ("No", False),
        ("1", True),
        ("0", False),
        ("Y", True),
        ("maybe", "failed"),
        ("2", "failed"),
    ],
)
def test_booleans(text, expected):
    assert converted(text, ColumnType.BOOLEAN) is expected or expected == "failed"
    assert (converted(text, ColumnType.BOOLEAN) == "failed") == (expected == "failed")


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        ("2016-11-08", None, date(2016, 11, 8)),
        ("2016-02-29", None, date(2016, 2, 29)),
        ("2015-02-29", None, "failed"),
        ("2016-1-5", None, "failed"),
        ("08/11/2016", None, "failed"),
        ("0001-01-01", None, date(1, 1, 1)),
        ("9999-12-31", None, date(9999, 12, 31)),
        ("08/11/2016", "%d/%m/%Y", date(2016, 11, 8)),
        ("08/11/2016", "%m/%d/%Y", date(2016, 8, 11)),
        ("31/11/2016", "%d/%m/%Y", "failed"),
        ("Jun 12 1998", "%b %d %Y", date(1998, 6, 12)),
        ("2016-11-08", "%d/%m/%Y", "failed"),
    ],
)
def test_dates(text, pattern, expected):
    assert converted(text, ColumnType.DATE, pattern=pattern) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2016-11-08", datetime(2016, 11, 8, tzinfo=UTC)),
        ("2007-01-01T00:00:00Z", datetime(2007, 1, 1, tzinfo=UTC)),
        ("2016-11-08 10:11", datetime(2016, 11, 8, 10, 11, tzinfo=UTC)),
        ("2016-11-08 10:11:12", datetime(2016, 11, 8, 10, 11, 12, tzinfo=UTC)),
        ("2016-11-08 10:11:12.123456", datetime(2016, 11, 8, 10, 11, 12, 123456, tzinfo=UTC)),
        ("2016-11-08T10:11:12+02:00", datetime(2016, 11, 8, 8, 11, 12, tzinfo=UTC)),
        ("2016-11-08T10:11:12.1234567Z", "failed"),
        ("2016-11-08 25:00", "failed"),
        ("9999-12-31T23:59:59-05:00", "failed"),
        ("0001-01-01T00:00:00+05:00", "failed"),
        ("yesterday", "failed"),
    ],
)
def test_times(text, expected):
    assert converted(text, ColumnType.DATETIME) == expected


@pytest.mark.parametrize("pattern", ["%Q", "nonsense", "%d/%d/%Y", "mixed", "ISO8601", "%Y", "%"])
def test_a_pattern_that_says_no_date_is_refused(pattern):
    with pytest.raises(PatternImpossible):
        convert(texts("2016-11-08"), ColumnType.DATE, pattern=pattern)


@pytest.mark.parametrize("text", ["a@b.no", "ada.lovelace+x@mail.example.org", "ü@exämple.com"])
def test_an_address_stays_as_it_is_written(text):
    assert converted(text, ColumnType.EMAIL) == text


@pytest.mark.parametrize(
    "text", ["x", "a b@c.de", "a@b", "a..b@c.de", "@c.de", "a@c.test", "a@.de", "a@-c.de"]
)
def test_what_is_no_address_fails(text):
    assert converted(text, ColumnType.EMAIL) == "failed"


LOCAL = r"[A-Za-z0-9._+'/=!~é×Яς\u0301漢-]{1,70}"


@given(st.from_regex(LOCAL + r"@[A-Za-z0-9.-]{1,70}\.[a-zA-Z]{2,9}", fullmatch=True))
@example("a@b--c.de")
@example("a@b.INVALID")
@example("ы@b.рф")
def test_the_quick_way_to_know_an_address_agrees_with_the_validator(text):
    try:
        validate_email(text, check_deliverability=False)
        is_valid = True
    except EmailNotValidError:
        is_valid = False

    assert (converted(text, ColumnType.EMAIL) == text) is is_valid


def test_each_letter_that_is_known_without_the_validator_is_allowed_by_it():
    addresses = [
        f"a{chr(code)}a.{chr(code)}@b.de"
        for code in (*range(0x80, 0x3000), *range(0x4E00, 0xA000, 7))
    ]
    known = are_plain(pa.array(addresses)).to_pylist()

    assert all(is_email(text) for text, is_known in zip(addresses, known, strict=True) if is_known)
    assert sum(known) > 400


def test_null_words_are_empty_and_no_failure():
    options = ParsingOptions(null_words=("NULL", "-"))

    conversion = convert(texts("NULL", "-", "", None, "x"), ColumnType.INTEGER, options=options)

    assert conversion.values.isna().all()
    assert conversion.failed.tolist() == [False, False, False, False, True]


@pytest.mark.parametrize("column_type", list(ColumnType))
def test_each_type_is_stored_as_its_arrow_type_even_without_rows(column_type):
    for values in (texts(), texts(None, "")):
        conversion = convert(values, column_type)

        assert conversion.values.dtype == pd.ArrowDtype(arrow_type(column_type))
        assert len(conversion.failed) == len(values)


def test_a_converted_series_keeps_its_name_and_index():
    values = pd.Series(["1", "2"], index=[7, 9], name="age", dtype=TEXT)

    conversion = convert(values, ColumnType.INTEGER)

    assert conversion.values.name == "age"
    assert conversion.values.index.tolist() == [7, 9]


@pytest.mark.parametrize(
    ("column_type", "values"),
    [
        (ColumnType.INTEGER, st.integers(-(2**63), 2**63 - 1).map(str)),
        (ColumnType.DECIMAL, DECIMALS.map(lambda number: format(number, "f"))),
        (ColumnType.BOOLEAN, st.sampled_from(["true", "no", "1"])),
        (ColumnType.DATE, st.dates().map(date.isoformat)),
        (ColumnType.DATETIME, MOMENTS.map(datetime.isoformat)),
        (ColumnType.TEXT, TEXTS),
    ],
)
def test_what_is_shown_converts_back_to_the_same_value(column_type, values):
    @given(st.lists(values | st.none(), min_size=1, max_size=5))
    def check(drawn):
        first = convert(texts(*drawn), column_type)

        again = convert(render(first.values), column_type)

        assert not first.failed.any()
        assert not again.failed.any()
        assert again.values.equals(first.values)

    check()


@given(st.lists(DECIMALS, min_size=1, max_size=5))
def test_decimals_are_exact(numbers):
    written = [format(number, "f") for number in numbers]

    conversion = convert(texts(*written), ColumnType.DECIMAL)

    assert conversion.values.tolist() == numbers


def test_typed_values_are_shown_without_what_says_nothing():
    shown = {
        ColumnType.DECIMAL: ["1.50", "100.00", "0.000000000000000001", "-0.10", "0.00"],
        ColumnType.DATETIME: ["2016-11-08 10:11", "2016-11-08 10:11:12.100", "2016-11-08", "", ""],
        ColumnType.BOOLEAN: ["yes", "0", "", "", ""],
    }

    rendered = {each: render(convert(texts(*shown[each]), each).values).tolist() for each in shown}

    assert rendered[ColumnType.DECIMAL] == ["1.5", "100", "0.000000000000000001", "-0.1", "0"]
    assert rendered[ColumnType.DATETIME][:3] == [
        "2016-11-08T10:11:00Z",
        "2016-11-08T10:11:12.1Z",
        "2016-11-08T00:00:00Z",
    ]
    assert rendered[ColumnType.BOOLEAN][:2] == ["true", "false"]


@given(st.lists(TEXTS, max_size=5), st.sampled_from(list(ColumnType)))
def test_any_text_converts_or_fails_but_never_both(values, column_type):
    conversion = convert(texts(*values), column_type)

    for value, found, failed in zip(
        values, conversion.values.tolist(), conversion.failed, strict=True
    ):
        assert pd.isna(found) == (bool(failed) or value == "")


@pytest.mark.parametrize("to", [ColumnType.INTEGER, ColumnType.DECIMAL])
def test_nothing_but_spaces_is_no_number_also_where_there_is_nothing_else(to):
    assert convert(texts(" ", "   ", None), to).failed.tolist() == [True, True, False]
