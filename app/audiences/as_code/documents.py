"""YAML and JSON that strangers may have written, with words read as the words they are.

In YAML of old, an unquoted `no` is false, 2026-01-31 a date and 1:30 the number 90. Here these are
texts: only true, false, null and whole numbers are not.
"""

import json
import re
from typing import Any

import yaml

from app.dataflows.as_code.documents import CodeInvalid, Document, text_of, yaml_of

LARGEST, DEEPEST = 5_000_000, 90


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads every word that is not plainly something else as text."""

    yaml_implicit_resolvers: dict[str, Any] = {}


for _kind, _form, _first in (
    ("bool", r"true|false", "tf"),
    ("int", r"-?(0|[1-9][0-9]{0,17})", "-0123456789"),
    ("null", r"~|null|", ["~", "n", ""]),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_kind}", re.compile(f"^(?:{_form})$"), list(_first)
    )


def document_of(raw: bytes, *, is_json: bool) -> Document:
    """Return what a file holds; raise CodeInvalid. What is not said to be JSON may still be."""
    text = text_of(raw, LARGEST)
    if not is_json and not text.lstrip().startswith(("{", "[")):
        return yaml_of(text, DEEPEST, _Loader)
    try:
        return Document(_json(text), {})
    except ValueError as failure:
        if is_json:
            raise CodeInvalid("", f"This is no JSON: {failure}.") from None
        return yaml_of(text, DEEPEST, _Loader)
    except RecursionError:
        raise CodeInvalid("", f"Values are nested deeper than {DEEPEST} levels.") from None


def _json(text: str) -> Any:
    return json.loads(
        text, object_pairs_hook=_once, parse_constant=_refuse_constant, parse_float=str
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; raise CodeInvalid for a key that comes twice."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise CodeInvalid("", f"The key “{key[:80]}” stands twice in one object. Keep one.")
        found[key] = value
    return found


def _refuse_constant(word: str) -> None:
    raise CodeInvalid("", f"{word} is no number of JSON.")
