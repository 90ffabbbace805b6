"""Rows that may be none: what only shows while a file is read, and not in a part of it."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.batches import BadRow, shown_raw
from app.tabular.options import ParsingOptions

Cells = Sequence[str | None]
_REMARK = re.compile(r"\s*(?:#|//|--|%|!|;|\*|©)|\s*(?:\S+\s+){3,}\S+")
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
        self._header: tuple[str, ...] = ()
        self._place = 0

    def know_header(self, header: Sequence[Cells]) -> None:
        """Remember the row that names the columns; of two, the lower one."""
        self._header = self._texts(header[-1]) if header else ()
        lengths = [len(name) for name in self._header]
        self._place = lengths.index(max(lengths)) if any(lengths) else 0

    def of_row(self, line: int, raw: str, cells: Cells) -> BadRow | None:
        """Return why a row that was parsed by itself is doubtful, if it is."""
        if isinstance(cells, OddCells):
            message = "A quote closes before its cell ends: it is kept as a sign of the text."
            return BadRow(line, shown_raw(raw), "odd_quotes", message)
        if self._header and self._is_header(cells):
            return self._header_again(line)
        if raw.count("\n") > 1 and has_swallowed(cells, self._options.delimiter, len(cells)):
            message = "A cell runs over lines that look like rows: its quotes may be text."
            return BadRow(line, shown_raw(raw), "odd_quotes", message)
        is_alone = len(cells) == 1 and self._width >= _LEAST_WIDTH
        if is_alone and _REMARK.match(cells[0] or ""):
            message = "The row has a single cell, which reads like a remark."
            return BadRow(line, shown_raw(raw), "remark", message)
        return None

    def of_cells(self, cells: pa.Table, lines: np.ndarray) -> list[BadRow]:
        """Return the doubtful ones among rows that were parsed at once, of the file's columns."""
        if not self._header or cells.num_columns != len(self._header):
            return []
        name = pa.scalar(self._header[self._place], pa.string())
        is_hit = pc.equal(cells.column(self._place), name)
        hits = pc.indices_nonzero(is_hit)[:_MOST_HITS]
        rows = cells.take(hits).to_pylist() if len(hits) else []
        found = zip(rows, lines[hits.to_numpy()], strict=True)
        return [
            self._header_again(int(line))
            for row, line in found
            if tuple(row.values()) == self._header
        ]

    def _is_header(self, cells: Cells) -> bool:
        place = self._first + self._place
        is_likely = len(cells) > place and cells[place] == self._header[self._place]
        return is_likely and self._texts(cells) == self._header

    def _header_again(self, line: int) -> BadRow:
        raw = shown_raw(self._options.delimiter.join(self._header))
        return BadRow(line, raw, "header_again", "The header stands here once more.")

    def _texts(self, cells: Cells) -> tuple[str, ...]:
        texts = [cell or "" for cell in cells[self._first : self._first + self._width]]
        return (*texts, *[""] * (self._width - len(texts)))


def has_swallowed(cells: Iterable[str | None], delimiter: str, width: int) -> bool:
    """Return whether a cell holds line ends with all the delimiters of whole rows between them."""
    return width >= _LEAST_SWALLOWED and any(
        cell.count(delimiter) == (width - 1) * cell.count("\n")
        for cell in cells
        if cell and "\n" in cell
    )
