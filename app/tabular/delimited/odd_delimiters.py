"""Records whose delimiter the csv module cannot split: several characters, runs, or padded."""

import csv
import re
from collections.abc import Iterable, Iterator

from app.tabular.files.decoding import LONGEST_LINE, LONGEST_RECORD
from app.tabular.grid.doubts import OddCells
from app.tabular.options import ParsingOptions

# A run of single spaces may have tabs in it: to the eye, they are the same.
_BLANKS = " \t"


def split_records(lines: Iterable[str], options: ParsingOptions) -> Iterator[list[str]]:
    """Yield the cells of each record; a quoted cell may run over several lines."""
    splitter = _Splitter(iter(lines), options)
    while (line := next(splitter.lines, None)) is not None:
        yield splitter.cells_of(line)


class _Splitter:
    """Cuts one record after the other out of lines."""

    def __init__(self, lines: Iterator[str], options: ParsingOptions) -> None:
        self.lines = lines
        self._line_end = ""
        self._quote = options.quote
        self._escape = options.escape
        self._is_odd = False
        # An escape before anything else is a sign like others: a whole cell `\\N` is no `N`.
        signs = f"{options.delimiter}{options.quote or ''}{options.escape or ''}\r\n"
        self._escaped = re.compile(f"{re.escape(options.escape or '')}([{re.escape(signs)}])")
        self._edge = self._run_signs(options)
        self._padding = " " if options.is_padded else ""
        run = f"[{re.escape(self._edge)}]*" if self._edge else ""
        pads = " *" if options.is_padded else ""
        first = re.escape(options.delimiter) if self._edge != _BLANKS else f"[{_BLANKS}]"
        self._delimiter = re.compile(f"{pads}{first}{run}{pads}")

    @staticmethod
    def _run_signs(options: ParsingOptions) -> str:
        if not options.is_repeated:
            return ""
        return _BLANKS if options.delimiter == " " else options.delimiter[-1]

    def cells_of(self, line: str) -> list[str]:
        """Return the record that begins with this line, taking further lines as needed."""
        text = self._without_end(line)
        if self._edge or self._padding:
            text = text.strip(self._edge + self._padding)
        if self._quote is None or self._quote not in text:
            cells = self._delimiter.split(text)
            return cells if self._escape is None else [self._unescaped(cell) for cell in cells]
        self._is_odd = False
        cells = self._quoted_cells(text)
        return OddCells(cells) if self._is_odd else cells

    def _quoted_cells(self, text: str) -> list[str]:
        cells: list[str] = []
        position = 0
        while True:
            cell, text, position = self._cell_at(text, position)
            if len(cell) > LONGEST_LINE:
                raise csv.Error("the cell is too long")
            cells.append(cell)
            if position >= len(text):
                return cells
            found = self._delimiter.match(text, position)
            position = found.end() if found else position + 1
            if found and position >= len(text):
                return [*cells, ""]

    def _cell_at(self, text: str, position: int) -> tuple[str, str, int]:
        """Return a cell, the text (longer, where lines were added), and where the cell ends."""
        if text[position : position + 1] != self._quote:
            found = self._delimiter.search(text, position)
            end = found.start() if found else len(text)
            return self._unescaped(text[position:end]), text, end
        text, closed = self._closed_at(text, position + 1)
        found = self._delimiter.search(text, closed + 1)
        end = found.start() if found else len(text)
        if text[closed + 1 : end].strip():
            self._is_odd = True
            return self._unescaped(text[position:end]), text, end
        inside = text[position + 1 : closed].replace(self._quote * 2, self._quote)
        return self._unescaped(inside) + text[closed + 1 : end], text, end

    def _closed_at(self, text: str, position: int) -> tuple[str, int]:
        """Return where the quote is closed, reading on until it is or the lines end."""
        quote = self._quote or ""
        while True:
            found = text.find(quote, position)
            if found < 0:
                position = len(text)
                line = next(self.lines, None)
                if line is None:
                    return text, len(text)
                text += self._line_end + self._without_end(line)
                if len(text) > LONGEST_RECORD:
                    raise csv.Error("the record is too long")
            elif self._escape and text[found - 1 : found] == self._escape:
                position = found + 1
            elif text[found + 1 : found + 2] == quote:
                position = found + 2
            else:
                return text, found

    def _without_end(self, line: str) -> str:
        text = line.rstrip("\r\n")
        self._line_end = line[len(text) :]
        return text

    def _unescaped(self, cell: str) -> str:
        if self._escape is None or self._escape not in cell:
            return cell
        return self._escaped.sub(r"\1", cell)
