"""The draft under options not yet saved: lines as they stand, beside the rows made of them."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

import numpy as np

from app.tabular import reading
from app.tabular.batches import BadRow, Batch
from app.tabular.columns.converting import arrow_texts
from app.tabular.columns.profiles import LONGEST_SAMPLE
from app.tabular.files import raw_lines
from app.tabular.files.opening import opened
from app.tabular.files.raw_lines import RawLine
from app.tabular.files.source import FileUnreadable, Source
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.workbook.reader import sheet_rows

ROWS_SHOWN = 12
COLUMNS_SHOWN = 40
LINES_BEFORE = 3
HEAD_BYTES = 400_000
BYTE_LINES = 8
IN_FILE, IN_SHEET, IN_BYTES = "In the file", "On the sheet", "Bytes of the file: it is no text"
# Between the cells of a sheet, which has no delimiter of its own.
CELLS_APART = "\t"
_BINARY = (FileFormat.WORKBOOK, FileFormat.PARQUET)
_READ_WHOLE = (FileFormat.JSON, FileFormat.XML, FileFormat.WORKBOOK)
# Their records are numbered, not the lines they are on.
_BY_RECORDS = (FileFormat.JSON, FileFormat.XML)


@dataclass(frozen=True)
class PreviewRow:
    """One row, or with `problem` a record that is none, at its line."""

    line: int
    cells: tuple[str | None, ...]
    problem: str = ""


@dataclass(frozen=True)
class Preview:
    """A part of a file twice: as it stands there, and as it is read.

    `roles` say of each line what becomes of it: above, comment, header, row or problem.
    `problem` is why nothing can be read so.
    """

    title: str
    lines: Sequence[RawLine]
    roles: Sequence[str]
    delimiter: str = ""
    names: Sequence[str] = ()
    more_names: int = 0
    rows: Sequence[PreviewRow] = ()
    problem: str = ""

    @property
    def marked_lines(self) -> list[tuple[RawLine, str]]:
        """Each line with what becomes of it."""
        return list(zip(self.lines, self.roles, strict=True))

    @property
    def shown_delimiter(self) -> str:
        """The delimiter as it can be seen."""
        return raw_lines.visible(self.delimiter).replace(" ", "·")


@dataclass(frozen=True)
class _Head:
    """The first bytes of a source, unpacked."""

    name: str
    content: bytes

    def open(self) -> BinaryIO:
        """Return a fresh stream of the bytes."""
        return io.BytesIO(self.content)


def preview(
    source: Source, options: ParsingOptions, *, first: int | None, read_up_to: int, size: int
) -> Preview:
    """Return the file from line `first` on, or its beginning.

    Without `first` no more than the file's head is read, where its format allows that; where it
    does not, a file of `size` bytes is read up to `read_up_to` bytes.
    """
    names: Sequence[str] = ()
    rows: Sequence[PreviewRow] = ()
    problem, failed_at, is_short = "", None, size <= read_up_to
    try:
        names, rows = _table(source, options, first, is_short=is_short)
    except FileUnreadable as failure:
        problem, failed_at = failure.sentence, failure.line
    at = failed_at or (first if options.format not in _BY_RECORDS else None)
    begin = max(1, (at or 1) - LINES_BEFORE)
    title, lines = _as_it_stands(source, options, begin, is_short=is_short)
    header_end = rows[0].line if rows and not first else 0
    return Preview(
        title=title,
        lines=lines,
        roles=_roles(lines, options, header_end, _wrong(rows, failed_at)),
        delimiter=_delimiter(options),
        names=names[:COLUMNS_SHOWN],
        more_names=max(0, len(names) - COLUMNS_SHOWN),
        rows=rows,
        problem=problem,
    )


def raw_preview(source: Source, failure: FileUnreadable) -> Preview:
    """Return the lines around what keeps a file from being recognised."""
    begin = max(1, (failure.line or 1) - LINES_BEFORE)
    try:
        lines, is_text = raw_lines.raw_lines(source, "utf-8", first=begin), True
        is_text = not any("\0" in line.text for line in lines)
    except FileUnreadable:
        lines, is_text = [], False
    if not is_text:
        lines = raw_lines.byte_lines(source, count=BYTE_LINES)
    roles = ["problem" if is_text and line.number == failure.line else "row" for line in lines]
    title = IN_FILE if is_text else IN_BYTES
    return Preview(title=title, lines=lines, roles=roles, problem=failure.sentence)


def _table(
    source: Source, options: ParsingOptions, first: int | None, *, is_short: bool
) -> tuple[Sequence[str], Sequence[PreviewRow]]:
    if not is_short and options.format in _READ_WHOLE:
        raise FileUnreadable(
            "too_large_to_preview",
            f"A file of {options.format.label} is read whole, and this one is large.",
            "Press “Parse File” to see its columns.",
        )
    part = source if first or not _can_be_cut(options) else _head_of(source)
    names = reading.columns_of(part, options).names
    size = reading.ROWS_PER_BATCH if first else ROWS_SHOWN
    batches = reading.read(part, options, columns=names[:COLUMNS_SHOWN], rows_per_batch=size)
    return names, list(islice(_rows(batches, first or 0), ROWS_SHOWN))


def _can_be_cut(options: ParsingOptions) -> bool:
    return options.format not in (*_BINARY, *_READ_WHOLE)


def _head_of(source: Source) -> _Head:
    with opened(source) as stream:
        return _Head(source.name, stream.read(HEAD_BYTES))


def _rows(batches: Iterator[Batch], first: int) -> Iterator[PreviewRow]:
    for batch in batches:
        last = max([*batch.lines[-1:], *(row.line for row in batch.bad_rows[-1:])], default=0)
        if last >= first:
            yield from _rows_of(batch, first)


def _rows_of(batch: Batch, first: int) -> list[PreviewRow]:
    begin = int(np.searchsorted(batch.lines, first))
    part = batch.frame.iloc[begin : begin + ROWS_SHOWN, :COLUMNS_SHOWN]
    columns = [arrow_texts(part[name]).to_pylist() for name in part]
    rows = [
        PreviewRow(int(line), tuple(_short(column[place]) for column in columns))
        for place, line in enumerate(batch.lines[begin : begin + ROWS_SHOWN])
    ]
    bad = [_of_bad(row) for row in batch.bad_rows if row.line >= first]
    return sorted([*rows, *bad], key=lambda row: row.line)


def _of_bad(row: BadRow) -> PreviewRow:
    return PreviewRow(row.line, (row.raw[:LONGEST_SAMPLE],), row.message)


def _short(value: str | None) -> str | None:
    return None if value is None else raw_lines.visible(value[:LONGEST_SAMPLE])


def _delimiter(options: ParsingOptions) -> str:
    if options.format is FileFormat.WORKBOOK:
        return CELLS_APART
    return options.delimiter if options.format is FileFormat.DELIMITED else ""


def _as_it_stands(
    source: Source, options: ParsingOptions, first: int, *, is_short: bool
) -> tuple[str, Sequence[RawLine]]:
    """Return lines of the file, or of the sheet; of what has neither, bytes."""
    try:
        if options.format is FileFormat.WORKBOOK and is_short:
            return IN_SHEET, _sheet_lines(source, options, first)
        if options.format not in _BINARY:
            return IN_FILE, raw_lines.raw_lines(source, options.encoding, first=first)
    except FileUnreadable:
        pass
    return IN_BYTES, raw_lines.byte_lines(source, count=BYTE_LINES)


def _sheet_lines(source: Source, options: ParsingOptions, first: int) -> list[RawLine]:
    rows = sheet_rows(source, options.sheet)[first - 1 : first - 1 + raw_lines.LINES_SHOWN]
    return [
        RawLine(number, CELLS_APART.join(cell or "" for cell in row)[: raw_lines.LONGEST_SHOWN])
        for number, row in enumerate(rows, first)
    ]


def _wrong(rows: Sequence[PreviewRow], failed_at: int | None) -> set[int]:
    lines = {row.line for row in rows if row.problem}
    return lines | {failed_at} if failed_at else lines


def _roles(
    lines: Sequence[RawLine], options: ParsingOptions, header_end: int, wrong: set[int]
) -> list[str]:
    if options.format is FileFormat.PARQUET:
        return ["row"] * len(lines)
    return [
        "problem" if line.number in wrong else _role(line, options, header_end) for line in lines
    ]


def _role(line: RawLine, options: ParsingOptions, header_end: int) -> str:
    if not options.format.is_text_table and options.format is not FileFormat.WORKBOOK:
        return "row"
    if line.number <= options.skipped_rows or not line.text.strip():
        return "above"
    if options.comment and line.text.lstrip(" ").startswith(options.comment):
        return "comment"
    return "header" if options.has_header and line.number < header_end else "row"
