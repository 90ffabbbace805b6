"""JSON values as rows: objects flattened, every scalar as the text the file has.

The standard library's parser reads each record, because its hooks see numbers and repeated keys as
written; a faster parser that hands over floats would change long ids and decimals.
"""

import json
import re
from decimal import Decimal
from typing import Any

from app.tabular.files.decoding import LONGEST_LINE
from app.tabular.naming import displayable
from app.tabular.nested import RecordRefused

DEEPEST = 64
_EXPONENT = re.compile(r"[eE]([+-]?[0-9]{1,2})\Z")


class Number(str):
    """A JSON number, as written."""

    __slots__ = ()


class RepeatedKey(dict[str, Any]):
    """An object in which a key stands twice; `key` is the first such key."""

    key: str


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    repeated = RepeatedKey(found)
    keys = [key for key, _ in pairs]
    repeated.key = next(key for place, key in enumerate(keys) if key in keys[:place])
    return repeated


def _number(written: str) -> Number:
    # 1e-07 is how some programs write 0.0000001: a number people know, so it is written out.
    if _EXPONENT.search(written):
        return Number(format(Decimal(written), "f"))
    return Number(written)


DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=Number, parse_float=_number, parse_constant=Number
)


def kind_of(value: Any) -> str:
    """Return what a JSON value is, in words."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return "true or false"
    if value is None:
        return "null"
    return "a number" if isinstance(value, Number) else "a text"


def scalar_text(value: Any) -> str | None:
    """Return a scalar as text, or None for null."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def json_text(value: Any, depth: int = 0) -> str:
    """Return a decoded value as JSON again, its numbers unchanged; raise RecordRefused."""
    if depth > DEEPEST:
        raise RecordRefused("too_deep", f"The record is nested deeper than {DEEPEST} levels.")
    if isinstance(value, RepeatedKey):
        raise RecordRefused("duplicate_key", f"The key “{value.key}” stands twice in one object.")
    if isinstance(value, dict):
        pairs = (f"{_quoted(key)}: {json_text(item, depth + 1)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(json_text(item, depth + 1) for item in value) + "]"
    if isinstance(value, str) and not isinstance(value, Number):
        return _quoted(value)
    return scalar_text(value) or "null"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


class FlatRow:
    """One JSON object as a row: column name to text, with what had to be done to get there."""

    def __init__(self, value: Any) -> None:
        self.cells: dict[str, str | None] = {}
        self.notes: list[str] = []
        if not isinstance(value, dict):
            message = f"The record is {kind_of(value)}, where an object is expected."
            raise RecordRefused("not_an_object", message)
        self._take_object(value, "", 0)

    def _take_object(self, value: dict[str, Any], prefix: str, depth: int) -> None:
        if depth > DEEPEST:
            raise RecordRefused("too_deep", f"The record is nested deeper than {DEEPEST} levels.")
        if isinstance(value, RepeatedKey):
            message = f"The key “{prefix}{value.key}” stands twice in the record."
            raise RecordRefused("duplicate_key", message, prefix + value.key)
        cells = self.cells
        for key, item in value.items():
            name = prefix + (displayable(key) or "column")
            if name in cells:
                message = f"Two keys of the record would both become the column “{name}”."
                raise RecordRefused("duplicate_key", message, name)
            if isinstance(item, str):
                cells[name] = (
                    item if item.isascii() and len(item) < LONGEST_LINE else _fit(name, item)
                )
            elif isinstance(item, dict) and item:
                self.notes.append(f"Objects in “{name}” became columns of their own: “{name}.…”.")
                self._take_object(item, f"{name}.", depth + 1)
            elif isinstance(item, list | dict):
                self.notes.append(f"Lists in “{name}” are kept as JSON text.")
                cells[name] = _fit(name, json_text(item))
            else:
                cells[name] = scalar_text(item)


def _fit(name: str, text: str) -> str:
    if len(text) > LONGEST_LINE:
        message = f"The value of “{name}” has more than {LONGEST_LINE:,} characters."
        raise RecordRefused("field_too_long", message, name)
    try:
        text.encode()
    except UnicodeEncodeError:
        message = f"The value of “{name}” holds half a character (a lone surrogate)."
        raise RecordRefused("bad_text", message, name) from None
    return text
