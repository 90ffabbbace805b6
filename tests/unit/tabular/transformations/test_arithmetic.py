"""Computing: exact to the last digit, or a failure; never a rounded sum, never infinity."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.columns.transforming import TransformationImpossible
from app.tabular.options import ParsingOptions
from tests.unit.tabular.transformations.making import applied, failed, made, values_of

NUMBERS = st.one_of(
    st.decimals(-(10**20) + 1, 10**20 - 1, places=18, allow_nan=False, allow_infinity=False),
    st.decimals(-1000, 1000, places=2),
    st.sampled_from([Decimal(0), Decimal(1), Decimal("0.000000000000000001"), Decimal(10**19)]),
)
ROWS = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=5)
TEN_TO_18 = 10**18


def exactly(operation: str, first: Decimal, second: Decimal) -> str | None:
    """Return the result as text if at most 20 and 18 digits hold it, by fractions."""
    one, other = Fraction(first), Fraction(second)
    result = {"add": one + other, "subtract": one - other, "multiply": one * other}[operation]
    scaled = result * TEN_TO_18
    if scaled.denominator != 1 or abs(result) >= 10**20:
        return None
    whole, rest = divmod(abs(scaled.numerator), TEN_TO_18)
    digits = f"{whole}.{rest:018d}".rstrip("0").rstrip(".")
    return f"-{digits}" if result < 0 else digits


@given(st.sampled_from(["add", "subtract", "multiply"]), ROWS)
def test_results_agree_with_fractions(operation, rows):
    columns = [[format(row[side], "f") for row in rows] for side in (0, 1)]
    expected = [exactly(operation, *row) for row in rows]

    done = applied("arithmetic", {"operation": operation}, *columns)

    assert values_of(done) == expected
    assert failed(done) == [at for at, text in enumerate(expected) if text is None]


@given(ROWS, st.integers(0, 18))
def test_quotients_are_rounded_once_and_nothing_is_divided_by_nought(rows, places):
    columns = [[format(row[side], "f") for row in rows] for side in (0, 1)]

    done = applied("arithmetic", {"operation": "divide", "places": places}, *columns)

    for (first, second), text in zip(rows, values_of(done), strict=True):
        if not second:
            assert text is None
            continue
        scaled = Fraction(first) / Fraction(second) * 10**places
        rounded = (abs(scaled) * 2 + 1) // 2
        if rounded >= 10 ** (20 + places):
            assert text is None
        else:
            with localcontext(prec=80, rounding=ROUND_HALF_UP):
                assert abs(Decimal(text)) == Decimal(int(rounded)).scaleb(-places)
                assert (Decimal(text) < 0) == (scaled < 0 and rounded != 0)
    assert failed(done) == [at for at, text in enumerate(values_of(done)) if text is None]


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"operation": "subtract", "number": "10"}, ["-8.5", None]),
        ({"operation": "subtract", "number": "10", "order": "value"}, ["8.5", None]),
        ({"operation": "divide", "number": "3", "order": "value"}, ["2", None]),
        ({"operation": "multiply", "number": "0.1"}, ["0.15", None]),
    ],
)
def test_a_number_may_stand_in_the_place_of_a_column(params, expected):
    assert made("arithmetic", params, ["1.5", None]) == expected


def test_numbers_are_read_as_the_file_writes_them_and_written_with_a_point():
    options = ParsingOptions(decimal_mark=",", thousands_mark=".", null_words=("-",))

    done = applied("arithmetic", {"number": "1.5"}, ["1.234,5", "1.5", "-"], options=options)

    assert values_of(done) == ["1236", None, None]
    assert failed(done) == [1]
    assert done.plain == {"out"}


@pytest.mark.parametrize(
    ("params", "columns", "words"),
    [
        ({}, 1, "Choose a second column, or fill in “Number”"),
        ({"number": "1"}, 2, "not both"),
        ({"number": "1,5"}, 1, "a number with a point"),
        ({"number": "0", "operation": "divide"}, 1, "Nothing can be divided by 0"),
        ({"number": "1"}, 0, "takes 1 or 2 columns, not 0"),
        ({"number": "1", "operation": "power"}, 1, "Choose one of the answers"),
        ({"places": "19"}, 2, "from 0 to 18"),
    ],
)
def test_what_cannot_be_computed_is_refused_in_a_sentence(params, columns, words):
    with pytest.raises(TransformationImpossible) as refused:
        made("arithmetic", params, *(["1"] for _ in range(columns)))

    assert words in refused.value.message
