"""Arrow's columns as columns of text: exact, each value written in one way only."""

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.written_numbers import number_text, without_exponent

_ZEROS = (r"\.0+($|Z|[+-])", r"\1"), (r"(\.[0-9]*[1-9])0+($|Z|[+-])", r"\1\2")
_ZONE = r"([+-][0-9]{2})([0-9]{2})$", r"\1:\2"


def as_texts(column: pa.Array) -> pa.Array:
    """Return the column's values as text: moments by ISO 8601, what is nested as JSON.

    Bytes that are no UTF-8 text are written in hexadecimal digits after `\\x`.
    """
    if isinstance(column, pa.ExtensionArray):
        return _of_extension(column)
    kind = column.type
    if pa.types.is_dictionary(kind):
        return as_texts(column.dictionary_decode())
    if pa.types.is_nested(kind):
        return pa.array([_nested_text(value) for value in column.to_pylist()], pa.string())
    if _is_bytes(kind):
        return pa.array([_bytes_text(value) for value in column.to_pylist()], pa.string())
    if pa.types.is_timestamp(kind):
        return _of_timestamps(column)
    texts = column.cast(pa.string())
    if pa.types.is_time(kind):
        return _without_zeros(texts)
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return _without_exponents(texts)
    return texts


def _is_bytes(kind: pa.DataType) -> bool:
    tests = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_fixed_size_binary)
    return any(test(kind) for test in tests) or kind == pa.binary_view()


def _of_extension(column: pa.ExtensionArray) -> pa.Array:
    if column.type.extension_name == "arrow.uuid":
        return pa.array(
            [None if value is None else str(value) for value in column.to_pylist()], pa.string()
        )
    return as_texts(column.storage)


def _of_timestamps(column: pa.Array) -> pa.Array:
    try:
        texts = column.cast(pa.string())
    except pa.ArrowInvalid:  # a time zone that nobody knows: the moments are in UTC
        texts = column.cast(pa.timestamp(column.type.unit, "UTC")).cast(pa.string())
    texts = _without_zeros(pc.replace_substring(texts, " ", "T"))
    if column.type.tz is None:
        return texts
    pattern, replacement = _ZONE
    return pc.replace_substring_regex(texts, pattern=pattern, replacement=replacement)


def _without_zeros(texts: pa.Array) -> pa.Array:
    for pattern, replacement in _ZEROS:
        texts = pc.replace_substring_regex(texts, pattern=pattern, replacement=replacement)
    return texts


def _without_exponents(texts: pa.Array) -> pa.Array:
    if not pc.any(pc.match_substring_regex(texts, "[0-9.][eE]")).as_py():
        return texts
    written = (None if text is None else without_exponent(text) for text in texts.to_pylist())
    return pa.array(list(written), pa.string())


def _bytes_text(value: bytes | None) -> str | None:
    if value is None:
        return None
    try:
        return value.decode()
    except UnicodeDecodeError:
        return f"\\x{value.hex()}"


def _nested_text(value: Any) -> str | None:
    return None if value is None else _json(value)


def _json(value: Any) -> str:
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key, ensure_ascii=False)}: {_json(item)}"
                 for key, item in value.items())  # fmt: skip
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_json, value))}]"
    if isinstance(value, bool) or value is None or isinstance(value, int | str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return json.dumps(_scalar(value), ensure_ascii=False)


def _scalar(value: Any) -> str | None:
    if isinstance(value, bytes):
        return _bytes_text(value)
    if isinstance(value, datetime | date | time):
        text = value.isoformat()
        return text.rstrip("0") if "." in text and text[-1] == "0" and "+" not in text else text
    return str(value.total_seconds()) if isinstance(value, timedelta) else str(value)
