"""Rows that may be none: what only shows while a file is read, and not in a part of it."""

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.batches import BadRow, shown_raw
from app.tabular.grid.fallen_in import FallenIn
from app.tabular.grid.odd_rows import is_rule
from app.tabular.options import ParsingOptions

Cells = Sequence[str | None]
_REMARK = re.compile(r"\s*(?:#|//|--|%|!|;|\*|©)|\s*(?:\S+\s+){3,}\S+")
MARK = "\ufeff"
_DELIMITERS = ",;\t|"
_LEAST_WIDTH = 3
_LEAST_SWALLOWED = 4
_MOST_HITS = 20


class OddCells(list[str]):
    """The cells of a record with a quote that closes before its cell ends."""


class RowDoubts:
    """Says of rows whether they may be something else: the header again, a remark, many rows."""

    def __init__(self, options: ParsingOptions, width: int) -> None:
        self._options = options
        self._first = options.first_column
        self._width = width
        self._last = options.first_column + width
        self._header: tuple[str, ...] = ()
        self._place = 0
        self.fallen_in = FallenIn(self._is_said)
        self._other_delimiters = [sign for sign in _DELIMITERS if sign not in options.delimiter]

    def know_header(self, header: Sequence[Cells]) -> None:
        """Remember the row that names the columns; of two, the lower one."""
        named = [row for row in header if not is_rule([cell or "" for cell in row])]
        self._header = self._texts(named[-1]) if named else ()
        lengths = [len(name) for name in self._header]
        self._place = lengths.index(max(lengths)) if any(lengths) else 0

    def of_row(self, line: int, raw: str, cells: Cells) -> BadRow | None:
        """Return why a row that was parsed by itself is doubtful, if it is."""
        if self._header and self._is_header(cells):
            return self._header_again(line)
        found = self._of_quotes(raw, cells) or self._of_few_cells(raw, cells)
        return BadRow(line, shown_raw(raw), *found) if found else None

    def _of_quotes(self, raw: str, cells: Cells) -> tuple[str, str] | None:
        if isinstance(cells, OddCells):
            message = "A quote closes before its cell ends: it is kept as a sign of the text."
            return "odd_quotes", message
        is_long = raw.count("\n") > 1
        if is_long and has_swallowed(cells, self._options.delimiter, self._last):
            return "odd_quotes", "A cell runs over lines that look like rows: quotes may be text."
        return None

    def _of_few_cells(self, raw: str, cells: Cells) -> tuple[str, str] | None:
        if not len(cells) < self._last >= _LEAST_WIDTH:
            return None
        if len(cells) == 1 and _REMARK.match(cells[0] or ""):
            return "remark", "The row has a single cell, which reads like a remark."
        if any(raw.count(sign) >= self._last - 1 for sign in self._other_delimiters):
            return "other_delimiter", "The row is short, and seems to have another delimiter."
        return None

    def _is_said(self, cell: str) -> bool:
        """Return whether `of_row` says something of a row that is this cell."""
        return self._of_few_cells(cell, [cell]) is not None

    def of_cells(self, cells: pa.Table, lines: np.ndarray) -> list[BadRow]:
        """Return the doubtful ones among rows that were parsed at once, of the file's columns."""
        if not self._header or cells.num_columns != len(self._header):
            return []
        name = self._header[self._place]
        is_hit = pc.is_in(cells.column(self._place), pa.array([name, MARK + name], pa.string()))
        hits = pc.indices_nonzero(is_hit)[:_MOST_HITS]
        rows = cells.take(hits).to_pylist() if len(hits) else []
        found = zip(rows, lines[hits.to_numpy()], strict=True)
        return [
            self._header_again(int(line))
            for row, line in found
            if tuple(map(_bare, row.values())) == self._header
        ]

    def _is_header(self, cells: Cells) -> bool:
        place = self._first + self._place
        is_likely = len(cells) > place and _bare(cells[place]) == self._header[self._place]
        return is_likely and self._texts(cells) == self._header

    def _header_again(self, line: int) -> BadRow:
        raw = shown_raw(self._options.delimiter.join(self._header))
        return BadRow(line, raw, "header_again", "The header stands here once more.")

    def _texts(self, cells: Cells) -> tuple[str, ...]:
        texts = [_bare(cell) for cell in cells[self._first : self._first + self._width]]
        return (*texts, *[""] * (self._width - len(texts)))


def _bare(cell: str | None) -> str:
    """Return a cell without the mark that a file begins with, as where files were joined."""
    return (cell or "").removeprefix(MARK)


def has_swallowed(cells: Sequence[str | None], delimiter: str, width: int) -> bool:
    """Return whether a record holds just the delimiters of as many rows as it has lines.

    In a text, other than between cells, a space follows the delimiter.
    """
    inner = [cell for cell in cells if cell and "\n" in cell]
    if width < _LEAST_SWALLOWED or any(f"{delimiter} " in cell for cell in inner):
        return False
    lines = 1 + sum(cell.count("\n") for cell in inner)
    found = len(cells) - 1 + sum(cell.count(delimiter) for cell in inner)
    return lines > 1 and found == (width - 1) * lines
