"""Tells how the records of a JSON file are written down, from how the file begins."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from app.tabular.json.values import DECODER
from app.tabular.options import FileFormat

_MOST_LINES = 20


@dataclass(frozen=True)
class JsonShape:
    """The JSON format a text has, how sure that is, and why.

    `is_document` says that the text is one object, whose lists are still to be looked for.
    """

    format: FileFormat
    confidence: float
    sentence: str
    header_rows: int = 1
    is_document: bool = False


def json_shape(text: str, *, is_whole: bool) -> JsonShape | None:
    """Return the JSON format of a text, or None where it is not JSON.

    `is_whole` says that this is the whole file, not just its beginning.
    """
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("["):
        return _array(start, is_whole)
    if start.startswith("{"):
        return _objects(start, is_whole)
    return None


def _array(start: str, is_whole: bool) -> JsonShape | None:
    inside = start[1:].lstrip()
    if inside.startswith("{") and (_is_cut(inside, is_whole) or _value(inside) is not None):
        return JsonShape(FileFormat.JSON, 0.99, "The file is a JSON array of objects.")
    if inside.startswith("["):
        return _array_of_lists(inside)
    if inside.startswith("]"):
        return JsonShape(FileFormat.JSON, 0.9, "The file is a JSON array without records.")
    found = _value(start)
    if isinstance(found, list):
        sentence = "The file is a JSON array, but its entries are not objects."
        return JsonShape(FileFormat.JSON, 0.3, sentence)
    return None


def _array_of_lists(inside: str) -> JsonShape | None:
    """Return the shape of a list of lists: the first of them may name the columns."""
    rows: list[list[Any]] = []
    while inside.startswith("[") and len(rows) < _MOST_LINES:
        try:
            row, end = DECODER.raw_decode(inside)
        except (ValueError, RecursionError):
            break
        rows.append(row)
        inside = inside[end:].lstrip(", \t\r\n")
    if not rows:
        return None
    width = Counter(map(len, rows)).most_common(1)[0][0]
    first = rows[0]
    is_named = len(first) == width and all(type(name) is str and name for name in first)
    is_sure = len(rows) > 1 and all(len(row) == width for row in rows)
    is_sure = is_sure and (not is_named or any(type(each) is not str for each in rows[1]))
    named = "the first names the columns" if is_named else "none names the columns"
    sentence = f"The file is a JSON array of lists of {width:,} values; {named}."
    return JsonShape(FileFormat.JSON, 0.9 if is_sure else 0.6, sentence, int(is_named))


def _objects(start: str, is_whole: bool) -> JsonShape | None:
    lines = [line for line in start.splitlines()[:_MOST_LINES] if line.strip()]
    complete = lines if is_whole or len(lines) == _MOST_LINES else lines[:-1] or lines
    fitting = sum(isinstance(_value(line, whole=True), dict) for line in complete)
    if fitting and fitting * 2 > len(complete) and len(complete) > 1:
        confidence = 0.99 * fitting / len(complete)
        sentence = f"{fitting} of the first {len(complete)} lines are JSON objects."
        return JsonShape(FileFormat.NDJSON, round(confidence, 2), sentence)
    if isinstance(_value(start), dict) or _is_cut(start, is_whole):
        sentence = "The file is JSON objects, one after the other."
        return JsonShape(FileFormat.JSON, 0.6, sentence, is_document=True)
    return None


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
    except (ValueError, RecursionError):
        return None
