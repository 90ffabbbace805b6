"""Converts columns of text to types, and types back to text that people read."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.batches import TEXT
from app.tabular.columns.dates import cast_at_once, dates_of, datetimes_of, refuse_impossible
from app.tabular.columns.emails import emails_of
from app.tabular.columns.number_styles import styled_decimals_of
from app.tabular.columns.numbers import decimals_of, integers_of
from app.tabular.columns.written_types import written_of
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType

# The words of some languages come in pairs; none says yes in one and no in another.
BOOLEAN_WORDS = (
    *(("true", "false"), ("yes", "no"), ("t", "f"), ("y", "n"), ("on", "off"), ("ja", "nein")),
    *(("oui", "non"), ("si", "no"), ("sí", "no"), ("sim", "não"), ("tak", "nie"), ("ja", "nee")),
    *(("ja", "nej"), ("ano", "ne"), ("wahr", "falsch"), ("vrai", "faux")),
)
TRUE_WORDS = (*dict.fromkeys(true for true, _ in BOOLEAN_WORDS), "1")
FALSE_WORDS = (*dict.fromkeys(false for _, false in BOOLEAN_WORDS), "0")


@dataclass(frozen=True)
class Conversion:
    """Typed values, and which texts could not become one: those are null and marked."""

    values: pd.Series
    failed: np.ndarray


def convert(
    values: pd.Series,
    to: ColumnType,
    *,
    options: ParsingOptions | None = None,
    pattern: str | None = None,
) -> Conversion:
    """Return the values as a type; empty ones and null words are null, and no failure.

    `pattern` says how dates are written (`%d/%m/%Y`; ISO 8601 without), or decimals (`€ 1.234,5`;
    with the marks of the options without). Raises PatternImpossible or StyleImpossible.
    """
    options = options or ParsingOptions()
    texts = filled_texts(arrow_texts(values), options)
    if to is not ColumnType.TEXT:
        texts = pc.utf8_trim_whitespace(texts)
    converted = typed(texts, to, options, pattern)
    failed = pc.and_(pc.is_valid(texts), pc.is_null(converted))
    return Conversion(
        pd.Series(pd.arrays.ArrowExtensionArray(converted), index=values.index, name=values.name),
        failed.to_numpy(zero_copy_only=False),
    )


def typed(
    texts: pa.Array, to: ColumnType, options: ParsingOptions, pattern: str | None = None
) -> pa.Array:
    """Return an Arrow array of texts as a type, null where a text is not of that type."""
    if to is ColumnType.INTEGER:
        return integers_of(texts, options)
    if to is ColumnType.DECIMAL:
        return (
            styled_decimals_of(texts, pattern, options) if pattern else decimals_of(texts, options)
        )
    if to is ColumnType.BOOLEAN:
        return _booleans_of(texts)
    if to is ColumnType.EMAIL:
        return emails_of(texts)
    if to in (ColumnType.DATE, ColumnType.DATETIME):
        return _moments_of(texts, to, pattern)
    return texts if to is ColumnType.TEXT else written_of(texts, to)


def render(values: pd.Series) -> pd.Series:
    """Return typed values as text for people: no trailing zeros, times in ISO 8601 with a Z."""
    array = arrow_values(values)
    texts = pd.arrays.ArrowExtensionArray(rendered(array))
    return pd.Series(texts, index=values.index, name=values.name, dtype=TEXT)


def render_value(value: Any) -> str:
    """Return one typed value as text for people."""
    text: str = rendered(pa.array([value])).to_pylist()[0]
    return text


def arrow_values(values: pd.Series) -> pa.Array:
    """Return a series as one contiguous Arrow array."""
    array = pa.array(values, from_pandas=True)
    return one_array(array) if isinstance(array, pa.ChunkedArray) else array


def one_array(column: pa.ChunkedArray) -> pa.Array:
    """Return a column as one contiguous Arrow array, which a single chunk is already."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def arrow_texts(values: pd.Series) -> pa.Array:
    """Return a series of texts as one contiguous Arrow array of strings."""
    return pc.cast(arrow_values(values), pa.string())


def filled_texts(texts: pa.Array, options: ParsingOptions) -> pa.Array:
    """Return the texts with null for all that count as empty: "", null words."""
    empty_words = pa.array(["", *options.null_words], pa.string())
    return pc.if_else(pc.is_in(texts, value_set=empty_words), None, texts)


def _booleans_of(texts: pa.Array) -> pa.Array:
    words = pc.utf8_lower(texts)
    is_true = pc.is_in(words, value_set=pa.array(TRUE_WORDS))
    is_false = pc.is_in(words, value_set=pa.array(FALSE_WORDS))
    return pc.if_else(pc.or_(is_true, is_false), is_true, pa.scalar(None, pa.bool_()))


def _moments_of(texts: pa.Array, to: ColumnType, pattern: str | None) -> pa.Array:
    if pattern is not None:
        refuse_impossible(pattern)
    elif (at_once := cast_at_once(texts, to)) is not None:
        return at_once
    encoded = texts.dictionary_encode()
    parse = dates_of if to is ColumnType.DATE else datetimes_of
    return pc.take(parse(encoded.dictionary, pattern), encoded.indices)


def rendered(array: pa.Array) -> pa.Array:
    """Return an Arrow array of typed values as texts for people."""
    if pa.types.is_decimal(array.type):
        return _plain_decimals(array)
    if pa.types.is_timestamp(array.type):
        text = pc.strftime(array, "%Y-%m-%dT%H:%M:%SZ")
        text = pc.replace_substring_regex(text, r"(\.[0-9]*[1-9])0+Z$", r"\1Z")
        return pc.replace_substring_regex(text, r"\.0+Z$", "Z")
    if pa.types.is_boolean(array.type):
        return pc.if_else(array, "true", "false")
    return pc.cast(array, pa.string())


def _plain_decimals(array: pa.Array) -> pa.Array:
    text = pc.cast(array, pa.string())
    if array.type.scale > 0:
        # All have a point then: no zero before it is taken away.
        text = pc.ascii_rtrim(pc.ascii_rtrim(text, "0"), ".")
    # Arrow writes very small numbers with an exponent; those few are written out one by one.
    has_exponent = pc.match_substring(text, "E")
    if not pc.any(has_exponent).as_py():
        return text
    small = pc.if_else(has_exponent, array, None).to_pylist()
    written = [None if each is None else _written_out(each) for each in small]
    return pc.coalesce(pa.array(written, pa.string()), text)


def _written_out(number: Decimal) -> str:
    return format(number.normalize(), "f") if number else "0"
