"""Tells whether text is a JSON array or NDJSON, from how it begins."""

import json
from dataclasses import dataclass
from typing import Any

from app.tabular.json.document import too_deep
from app.tabular.json.values import DECODER
from app.tabular.options import FileFormat


@dataclass(frozen=True)
class JsonShape:
    """The JSON format a text has, how sure that is, and why."""

    format: FileFormat
    confidence: float
    sentence: str


def json_shape(text: str, *, is_whole: bool) -> JsonShape | None:
    """Return the JSON format of an array or of objects on lines, or None for anything else.

    `is_whole` says that this is the whole file, not just its beginning.
    """
    start = text.lstrip()
    if start.startswith("["):
        return _array(start, is_whole)
    if start.startswith("{"):
        return _objects(start, is_whole)
    return None


def _array(start: str, is_whole: bool) -> JsonShape | None:
    inside = start[1:].lstrip()
    if inside.startswith("{") and (_is_cut(inside, is_whole) or _value(inside) is not None):
        return JsonShape(FileFormat.JSON, 0.99, "The file is a JSON array of objects.")
    if inside.startswith("]"):
        return JsonShape(FileFormat.JSON, 0.9, "The file is a JSON array without records.")
    found = _value(start)
    if isinstance(found, list):
        sentence = "The file is a JSON array, but its entries are not objects."
        return JsonShape(FileFormat.JSON, 0.3, sentence)
    return None


def _objects(start: str, is_whole: bool) -> JsonShape | None:
    lines = [line for line in start.splitlines()[:20] if line.strip()]
    complete = lines if is_whole else lines[:-1] or lines
    fitting = sum(isinstance(_value(line, whole=True), dict) for line in complete)
    if len(complete) < 2 or not fitting or fitting * 2 <= len(complete):
        return None
    sentence = f"{fitting} of the first {len(complete)} lines are JSON objects."
    return JsonShape(FileFormat.NDJSON, round(0.99 * fitting / len(complete), 2), sentence)


def _is_cut(text: str, is_whole: bool) -> bool:
    """Return whether the first record is longer than what was looked at."""
    try:
        DECODER.raw_decode(text)
    except json.JSONDecodeError as failure:
        is_at_end = failure.pos >= len(text.rstrip()) or failure.msg.startswith("Unterminated")
        return is_at_end or is_whole
    except RecursionError:
        return True
    return False


def _value(text: str, *, whole: bool = False) -> Any:
    try:
        if whole:
            return DECODER.decode(text)
        return DECODER.raw_decode(text)[0]
    except ValueError:
        return None
    except RecursionError:
        raise too_deep(1) from None
