"""What engines say each in their own words: values within JSON, digests, moments and days."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import ibis
import ibis.expr.types as ir


@dataclass(frozen=True)
class Dialect:
    """Expressions that an engine has no common word for; each is pure and never fails on a row.

    `text_at(document, name)` is the value a JSON object has under a name, as text: what is no text
    as JSON writes it, and nothing where there is none or null. `has_item(document, name, item)`
    tells whether that value is a list with such a text, number or truth. `digest` is the MD5 of a
    text in 32 small hexadecimal digits, `micros` a moment as microseconds since 1970, and
    `day(moment, zone)` its date in a time zone. `as_json` makes an object of named values.

    Documents are objects as they are written here: without spaces, and each name once.
    """

    name: str
    text_at: Callable[[ir.Value, str], ir.StringValue]
    has_item: Callable[[ir.Value, str, str], ir.BooleanValue]
    digest: Callable[[ir.Value], ir.StringValue]
    micros: Callable[[ir.Value], ir.IntegerValue]
    day: Callable[[ir.Value, str], ir.DateValue]
    as_json: Callable[[Mapping[str, ir.Value]], ir.StringValue]


@ibis.udf.scalar.builtin(name="json_extract_string")  # type: ignore[untyped-decorator]
def _json_extract_string(document: str, pointer: str) -> str:  # type: ignore[empty-body]
    """DuckDB's own function: the value at a JSON pointer as text, nothing where there is none."""


@ibis.udf.scalar.builtin(name="json_extract")  # type: ignore[untyped-decorator]
def _json_extract(document: str, pointer: str) -> str:  # type: ignore[empty-body]
    """DuckDB's own function: the value at a JSON pointer as JSON."""


@ibis.udf.scalar.builtin(name="json_extract_string")  # type: ignore[untyped-decorator]
def _json_items(document: str, path: str) -> list[str]:  # type: ignore[empty-body]
    """DuckDB's own function: of a path with a star, all values at it as text."""


@ibis.udf.scalar.builtin(name="md5")  # type: ignore[untyped-decorator]
def _md5(text: str) -> str:  # type: ignore[empty-body]
    """DuckDB's own function: the digest of a text."""


@ibis.udf.scalar.builtin(name="epoch_us")  # type: ignore[untyped-decorator]
def _epoch_us(moment) -> int:  # type: ignore[no-untyped-def,empty-body]
    """DuckDB's own function: microseconds since 1970."""


@ibis.udf.scalar.builtin(name="to_json")  # type: ignore[untyped-decorator]
def _to_json(value) -> str:  # type: ignore[no-untyped-def,empty-body]
    """DuckDB's own function: a struct as JSON."""


@ibis.udf.scalar.builtin(
    name="timezone", signature=(("string", "timestamp('UTC', 6)"), "timestamp")
)
def _timezone(zone, moment):  # type: ignore[no-untyped-def]
    """DuckDB's own function: what clocks in a time zone show at a moment."""


def _pointer(name: str) -> str:
    return "/" + name.replace("~", "~0").replace("/", "~1")


def _text_at(document: ir.Value, name: str) -> ir.StringValue:
    return cast("ir.StringValue", _json_extract_string(document, _pointer(name)))


def _has_item(document: ir.Value, name: str, item: str) -> ir.BooleanValue:
    items: Any = _json_items(_json_extract(document, _pointer(name)), "$[*]")
    return cast("ir.BooleanValue", items.contains(item).fill_null(False))


def _as_json(values: Mapping[str, ir.Value]) -> ir.StringValue:
    # Joined to a text, it is one: the engine would else hand out its own type for JSON.
    return cast("ir.StringValue", _to_json(ibis.struct(dict(values))) + "")


DUCKDB = Dialect(
    name="duckdb",
    text_at=_text_at,
    has_item=_has_item,
    digest=lambda text: cast("ir.StringValue", _md5(text)),
    micros=lambda moment: cast("ir.IntegerValue", _epoch_us(moment)),
    day=lambda moment, zone: cast("ir.DateValue", _timezone(zone, moment).date()),
    as_json=_as_json,
)
