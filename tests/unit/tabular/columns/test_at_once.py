"""Columns that are converted all at once have the very values that each text alone has."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.columns import converting
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType

_DIGITS = st.text("0123456789", min_size=1, max_size=20)
_NUMBERS = st.one_of(
    st.integers(-(10**20), 10**20).map(str),
    st.decimals(-(10**9), 10**9, places=3).map(str),
    st.builds("{}.{}".format, _DIGITS, _DIGITS),
    st.text("+-./0123456789,eE ", min_size=1, max_size=16),
)
_MOMENTS = st.one_of(
    st.dates().map(str),
    st.datetimes().map(lambda moment: f"{moment:%Y-%m-%d %H:%M:%S}".rjust(19, "0")),
    st.text("0123456789-: TZ+", min_size=8, max_size=20),
    st.sampled_from(["0000-01-01", "0000-01-01 00:00:00", "2024-02-30", "2024-01-01T12:00+01:00"]),
)


def alone(text: str | None, to: ColumnType, options: ParsingOptions) -> object:
    """Convert one text beside one that cannot be converted at once with it."""
    odd = pd.Series([text, " \u00a0 no value"], dtype="string[pyarrow]")
    done = converting.convert(odd, to, options=options)
    return (converting.arrow_values(done.values).to_pylist()[0], bool(done.failed[0]))


def together(texts: list[str | None], to: ColumnType, options: ParsingOptions) -> list[object]:
    done = converting.convert(pd.Series(texts, dtype="string[pyarrow]"), to, options=options)
    values = converting.arrow_values(done.values).to_pylist()
    return list(zip(values, map(bool, done.failed), strict=True))


@given(
    texts=st.lists(st.none() | _NUMBERS, min_size=1, max_size=6),
    to=st.sampled_from([ColumnType.INTEGER, ColumnType.DECIMAL]),
    marks=st.sampled_from([("", "."), (".", ","), (",", "."), ("", ",")]),
)
def test_numbers(texts, to, marks):
    options = ParsingOptions(thousands_mark=marks[0], decimal_mark=marks[1])

    assert together(texts, to, options) == [alone(text, to, options) for text in texts]


@given(
    texts=st.lists(st.none() | _MOMENTS, min_size=1, max_size=4),
    to=st.sampled_from([ColumnType.DATE, ColumnType.DATETIME]),
)
def test_moments(texts, to):
    options = ParsingOptions()

    assert together(texts, to, options) == [alone(text, to, options) for text in texts]
