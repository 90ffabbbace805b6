"""Text to numbers, exactly: what does not fit fails, nothing is rounded."""

import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType, arrow_type

_INTEGER = r"^[+-]?[0-9]+$"
_DECIMAL = r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$"
# 19 digits may be more than 64 bits hold, 18 never are.
_LONG_INTEGER = r"^-?[0-9]{19}$"
_SAFE_INTEGER = r"^-?[0-9]{1,18}$"
_FITTING_DECIMAL = r"^-?[0-9]{1,20}(\.[0-9]{1,18})?$"
_ESCAPED = {".": r"\.", ",": ",", " ": " ", "'": "'"}
_INT64_RANGE = (
    pa.scalar(-(2**63), pa.decimal128(38, 0)),
    pa.scalar(2**63 - 1, pa.decimal128(38, 0)),
)


def integers_of(values: pa.Array, options: ParsingOptions) -> pa.Array:
    """Return 64-bit integers, null where the text is none or does not fit."""
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
    plain = _without_padding(_plain_numbers(values, options, _DECIMAL))
    return pc.cast(_only(plain, _FITTING_DECIMAL), arrow_type(ColumnType.DECIMAL))


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
    mark = _ESCAPED[options.thousands_mark]
    decimal = _ESCAPED[options.decimal_mark]
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
