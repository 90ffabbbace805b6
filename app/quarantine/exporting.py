"""Rejected rows as files to take away: CSV for spreadsheets, NDJSON for programs."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from app.lake.browsing import csv_line

HEADINGS = ("line", "column", "value", "rule", "message", "raw")


class Format(NamedTuple):
    """How rows are written, and what a browser is told of it."""

    lines: Callable[[Iterable[Any]], Iterator[str]]
    content_type: str


def csv_lines(rows: Iterable[Any]) -> Iterator[str]:
    """Yield a line of headings and one for each row."""
    yield csv_line(HEADINGS)
    for row in rows:
        values = [getattr(row, name) for name in HEADINGS]
        yield csv_line(["" if value is None else str(value) for value in values])


def ndjson_lines(rows: Iterable[Any]) -> Iterator[str]:
    """Yield a JSON object for each row, as it is."""
    for row in rows:
        values = {name: getattr(row, name) for name in HEADINGS}
        yield json.dumps(values, ensure_ascii=False) + "\n"


FORMATS: Mapping[str, Format] = {
    "csv": Format(csv_lines, "text/csv; charset=utf-8"),
    "ndjson": Format(ndjson_lines, "application/x-ndjson; charset=utf-8"),
}
