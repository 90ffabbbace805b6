"""Types that are kept as they are written: times of day, web addresses, phone numbers, JSON."""

import json
from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.types import ColumnType

_CLOCK = r"([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?"
_HALF_DAY = r"(0?[1-9]|1[0-2]):[0-5][0-9](:[0-5][0-9])? ?[AaPp]\.?[Mm]\.?"
TIME_SHAPE = rf"^({_CLOCK}|{_HALF_DAY})$"
URL_SHAPE = r"^(https?|ftp)://[^\s/?#.:@][^\s/?#@]*([/?#]\S*)?$"
# Seven to fifteen digits (E.164 allows no more), grouped by whatever people put between them.
PHONE_SHAPE = r"^(\+|\(|00)?[0-9]([ ()./-]{0,2}[0-9]){6,14}$"
GROUPED_PHONE_SHAPE = r"^\+[1-9][0-9]{0,3}[ (./-]{1,2}[0-9]([ ()./-]{0,2}[0-9]){4,12}$"
JSON_SHAPE = r"^(?s:\s*(\{.*\}|\[.*\])\s*)$"
_LONGEST_JSON = 1_000_000


def written_of(values: pa.Array, to: ColumnType) -> pa.Array:
    """Return the texts that are of the type as they are, and null for others."""
    fits = pc.match_substring_regex(values, _SHAPES[to])
    found = pc.if_else(fits, values, None)
    return _only(found, _is_json) if to is ColumnType.JSON else found


_SHAPES = {
    ColumnType.TIME: TIME_SHAPE,
    ColumnType.URL: URL_SHAPE,
    ColumnType.PHONE: PHONE_SHAPE,
    ColumnType.JSON: JSON_SHAPE,
}


def _only(values: pa.Array, is_one: Callable[[str], bool]) -> pa.Array:
    encoded = values.dictionary_encode()
    kept = [text if is_one(text) else None for text in encoded.dictionary.to_pylist()]
    return pc.take(pa.array(kept, pa.string()), encoded.indices)


def _is_json(text: str) -> bool:
    try:
        json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return False
    return len(text) <= _LONGEST_JSON


def _refuse_constant(word: str) -> None:
    raise ValueError(word)
