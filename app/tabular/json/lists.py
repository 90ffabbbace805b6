"""Tells rows that are written as JSON lists: lists in a list, or one list a line."""

import io
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, NamedTuple

from app.tabular.files.source import FileUnreadable
from app.tabular.json.document import Document, Readable
from app.tabular.json.finding import Found
from app.tabular.json.paths import RecordPath
from app.tabular.json.values import DECODER
from app.tabular.options import FileFormat

MOST_ROWS = 200
_SPACE = " \t\r\n\ufeff"


class ListRows(NamedTuple):
    """The first rows of a file, each a list, and whether they stand in a list or on lines."""

    format: FileFormat
    rows: Sequence[list[Any]]


def lists_in(text: str) -> ListRows | None:
    """Return the rows that a text, or its beginning, has as lists; None where it has others."""
    start = text.lstrip(_SPACE)
    if not start.startswith("["):
        return None
    if start[1:].lstrip(_SPACE).startswith("["):
        return _checked(FileFormat.JSON, entries_of(io.StringIO(start)).first)
    return _checked(FileFormat.NDJSON, _on_lines(start))


def _on_lines(text: str) -> list[Any]:
    rows: list[Any] = []
    for line in text.splitlines()[:MOST_ROWS]:
        try:
            rows.append(DECODER.decode(line))
        except (ValueError, RecursionError):
            break
        if not isinstance(rows[-1], list) or any(isinstance(cell, dict) for cell in rows[-1]):
            return []
    return rows


def entries_of(text: Readable) -> Found:
    """Return the first entries of the list that a text is; fewer where it breaks off."""
    document, found = Document(text), Found(RecordPath())
    try:
        for _ in islice(document.entries(), MOST_ROWS):
            found.take(document.value()[0])
    except FileUnreadable as failure:
        found.has_ended = False
        if failure.code == "too_deep":
            raise
    return found


def objects_on_lines(text: str) -> Found:
    """Return the objects on the first lines of a text; other lines do not count."""
    found = Found(RecordPath())
    for line in text.splitlines()[:MOST_ROWS]:
        with suppress(ValueError, RecursionError):
            value = DECODER.decode(line)
            if isinstance(value, dict):
                found.take(value)
    return found


def _checked(file_format: FileFormat, rows: list[Any]) -> ListRows | None:
    if len(rows) < 2 or not all(isinstance(row, list) for row in rows):
        return None
    sizes = {len(row) for row in rows}
    return ListRows(file_format, rows) if len(sizes) == 1 and sizes != {0} else None


def no_records() -> FileUnreadable:
    """Return the failure for JSON that is complete and holds nothing."""
    hint = "Choose a file with at least one record."
    return FileUnreadable("no_records", "The JSON has no records.", hint, line=1)
