"""Text to numbers, exactly: what does not fit fails, nothing is rounded."""

import re
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.columns.plain_numbers import are_plain_numbers
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType, arrow_type

_INTEGER = r"^[+-]?[0-9]+$"
_DECIMAL = r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$"
# A code such as 1E5 is not taken for a number: there is a point, or the exponent has a sign.
_WHOLE = "(0|[1-9][0-9]{0,19})"
EXPONENTIAL = rf"^-?{_WHOLE}(\.[0-9]{{1,40}}[eE][+-]?[0-9]{{1,3}}|[eE][+-][0-9]{{1,3}})$"
_WITH_OR_WITHOUT_EXPONENT = r"^[+-]?[0-9]{1,20}(\.[0-9]{0,40})?([eE][+-]?[0-9]{1,3})?$"
DIGITS_BEFORE_MARK = 20
# 19 digits may be more than 64 bits hold, 18 never are.
_LONG_INTEGER = r"^-?[0-9]{19}$"
_SAFE_INTEGER = r"^-?[0-9]{1,18}$"
_FITTING_DECIMAL = r"^-?[0-9]{1,20}(\.[0-9]{1,18})?$"
_INT64_RANGE = (
    pa.scalar(-(2**63), pa.decimal128(38, 0)),
    pa.scalar(2**63 - 1, pa.decimal128(38, 0)),
)


def integers_of(values: pa.Array, options: ParsingOptions) -> pa.Array:
    """Return 64-bit integers, null where the text is none or does not fit."""
    if (at_once := _cast_at_once(values, options, pa.int64())) is not None:
        return at_once
    plain = _without_padding(_plain_numbers(values, options, _INTEGER))
    numbers = pc.cast(_only(plain, _SAFE_INTEGER), pa.int64())
    long = _only(plain, _LONG_INTEGER)
    if long.null_count == len(long):
        return numbers
    wide = pc.cast(long, pa.decimal128(38, 0))
    least, most = _INT64_RANGE
    fits = pc.and_(pc.greater_equal(wide, least), pc.less_equal(wide, most))
    return pc.coalesce(numbers, pc.cast(pc.if_else(fits, long, None), pa.int64()))


def decimals_of(values: pa.Array, options: ParsingOptions) -> pa.Array:
    """Return decimals, null where the text is none or has more digits than are kept."""
    at_once = _cast_at_once(values, options, arrow_type(ColumnType.DECIMAL))
    if at_once is not None:
        return at_once
    plain = _without_padding(_plain_numbers(values, options, _DECIMAL))
    return pc.cast(_only(plain, _FITTING_DECIMAL), arrow_type(ColumnType.DECIMAL))


def _cast_at_once(values: pa.Array, options: ParsingOptions, to: pa.DataType) -> pa.Array | None:
    """Return texts that are plain numbers as numbers; None where it takes more to tell."""
    given = values.drop_null()
    is_usual = options.decimal_mark == "." and options.thousands_mark != "."
    if not is_usual or not len(given) or not are_plain_numbers(given):
        return None
    try:
        return pc.cast(values, to)
    except pa.ArrowInvalid:
        return None


def exponentials_of(values: pa.Array) -> pa.Array:
    """Return decimals of numbers written with an exponent, such as 1.5E-3, null for other text."""
    encoded = _only(values, _WITH_OR_WITHOUT_EXPONENT).dictionary_encode()
    numbers = [_exactly(text) for text in encoded.dictionary.to_pylist()]
    decimals = pa.array(numbers, arrow_type(ColumnType.DECIMAL))
    return pc.take(decimals, encoded.indices)


def _exactly(text: str) -> Decimal | None:
    number = Decimal(text)
    if not number:
        return Decimal(0)
    shortest = number.normalize()
    exponent = shortest.as_tuple().exponent
    fits = number.adjusted() < DIGITS_BEFORE_MARK and isinstance(exponent, int) and exponent >= -18
    return shortest if fits else None


def _plain_numbers(values: pa.Array, options: ParsingOptions, pattern: str) -> pa.Array:
    """Return numbers with a decimal point and no thousands marks, null for all other text."""
    if options.thousands_mark:
        values = _without_thousands(values, options)
    if options.decimal_mark != ".":
        # A point must not come to mean what it did not mean in the file.
        values = pc.if_else(pc.match_substring(values, "."), None, values)
        values = pc.replace_substring(values, options.decimal_mark, ".")
    return _only(values, pattern)


def _without_thousands(values: pa.Array, options: ParsingOptions) -> pa.Array:
    mark = re.escape(options.thousands_mark)
    decimal = re.escape(options.decimal_mark)
    grouped = rf"^[+-]?[0-9]{{1,3}}({mark}[0-9]{{3}})+({decimal}[0-9]*)?$"
    is_grouped = pc.match_substring_regex(values, grouped)
    return pc.if_else(is_grouped, pc.replace_substring(values, options.thousands_mark, ""), values)


def _without_padding(values: pa.Array) -> pa.Array:
    """Return numbers without the signs and zeros that change nothing."""
    if _none_match(values, r"^\+|^-?0[0-9]|^-?\.|\..*0$|\.$"):
        return values
    values = pc.replace_substring_regex(values, r"^\+", "")
    values = pc.replace_substring_regex(values, r"^(-?)0+([0-9])", r"\1\2")
    values = pc.replace_substring_regex(values, r"^(-?)\.", r"\10.")
    values = pc.replace_substring_regex(values, r"(\.[0-9]*[1-9])0+$", r"\1")
    return pc.replace_substring_regex(values, r"\.0*$", "")


def _only(values: pa.Array, pattern: str) -> pa.Array:
    return pc.if_else(pc.match_substring_regex(values, pattern), values, None)


def _none_match(values: pa.Array, pattern: str) -> bool:
    return not pc.any(pc.match_substring_regex(values, pattern)).as_py()
