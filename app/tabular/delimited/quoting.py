"""What quotes do in rows of cells: guard what would part them, wrap them by habit, or are text."""

import csv
import re
from collections.abc import Sequence
from statistics import mode

from app.tabular.grid.cell_kinds import CellKind, kind_of
from app.tabular.grid.shapes import Rows
from app.tabular.options import ParsingOptions

MARKS = "\"'`"
_ROWS, _CELLS = 300, 200
# Some texts begin and end with a mark; where nearly all do, the marks are quotes.
_NEARLY_ALL = 0.9
_LEAST_WRAPPED = 2
_UNLIKELY = 0.5
_DISPROVED = 0.2
_SIGNS = ",;\t|"
# A quote that opens behind a delimiter opens a cell, so that there are two.
_QUOTED_BEHIND = re.compile(r"""[\t,;|] ?(?:"[^"]*"|'[^']*')$""")


def quote_factor(rows: Rows, options: ParsingOptions) -> float:
    """Return how well the quote fits: one left inside the cells, or that spans lines, does not."""
    rows = rows[:_ROWS]
    cells = [cell for row in rows for cell in row[:_CELLS]]
    padding = 1.01 if options.is_padded else 1.0
    if options.quote is None:
        return _bare_factor(rows, cells) * padding
    if any(cell.count("\n") > 20 for cell in cells):
        return 0.5
    factor = {'"': 1.0, "'": 0.97}.get(options.quote, 0.9)
    uncut = sum(_QUOTED_BEHIND.search(cell) is not None for cell in cells)
    if max(uncut, sum(map(_is_cut_apart, rows))) * 20 > len(rows):
        factor *= 0.6
    escaped = f"\\{options.quote}"
    is_used = options.escape and not any(escaped in cell for cell in cells)
    return factor * padding * (1.02 if is_used else 1.0)


def bare_fit(rows: Rows, quote: str) -> float:
    """Return how likely quotes are quotes that guard nothing: rows cut without them fit as well.

    `rows` are those cut without regard to quotes. A cell that a quote opens and does not close
    speaks against it, as a pair of quotes does within a cell of a column that has wrapped ones too;
    and other marks than `"` are quotes only where all texts are wrapped.
    """
    cells = [cell.strip() for row in rows[1:_ROWS] for cell in row[:_CELLS]]
    if _quotes_within(rows, quote):
        return _DISPROVED
    if any(_is_opened_only(cell, quote) for cell in cells):
        return _UNLIKELY
    if quote == '"':
        return 1.0
    wrapped = sum(is_wrapped(cell, quote) for cell in cells)
    texts = sum(kind_of(cell) in (CellKind.WORDS, CellKind.TEXT) for cell in cells
                if not is_wrapped(cell, quote))  # fmt: skip
    return 1.0 if wrapped >= _NEARLY_ALL * (wrapped + texts) else _UNLIKELY


def leaves_quotes(rows: Rows, quote: str | None) -> bool:
    """Return whether cells or whole rows are still wrapped by marks that may be quotes.

    Where quotes are text, one that opens a cell may yet be meant to be closed by that of another.
    """
    body = rows[1:_ROWS]
    if quote is None and _may_be_quoted([cell.strip() for row in body for cell in row]):
        return True
    if len(body) >= _LEAST_WRAPPED and all(_is_row_wrapped(row) for row in body):
        return True
    columns = zip(*(row for row in body if len(row) == len(rows[0])), strict=True)
    return any(_is_column_wrapped([cell.strip() for cell in column if cell]) for column in columns)


def holds_rows(values: Sequence[str]) -> bool:
    """Return whether each cell is itself a row, of as many cells and with quotes of its own.

    So they are where a program takes each line of delimited text for one text to be quoted.
    """
    if len(values) <= _LEAST_WRAPPED or sum('"' in value for value in values) * 2 < len(values):
        return False
    return any(_are_rows(values[:_ROWS], sign) for sign in _SIGNS)


def _are_rows(lines: Sequence[str], delimiter: str) -> bool:
    try:
        sizes = {len(row) for row in csv.reader(lines, delimiter=delimiter)}
    except csv.Error:
        return False
    return len(sizes) == 1 and min(sizes) > 1


def is_wrapped(cell: str, mark: str) -> bool:
    """Return whether the cell begins and ends with the mark."""
    return len(cell) > 1 and cell[0] == cell[-1] == mark


def _may_be_quoted(cells: Sequence[str]) -> bool:
    if any(is_wrapped(cell, '"') for cell in cells):
        return True
    odd = [cell for cell in cells if cell.count('"') % 2]
    return any(cell[0] == '"' for cell in odd) and any(cell[-1] == '"' for cell in odd)


def _bare_factor(rows: Rows, cells: Sequence[str]) -> float:
    # Lines that are one quoted cell each, one of them without a delimiter, are no rows of many.
    if sum(map(_is_row_wrapped, rows)) * 2 > len(rows) and min(map(len, rows)) == 1:
        return 0.2
    if any(is_wrapped(cell, '"') for cell in cells):
        return 0.6
    return 0.9 if any('"' in cell for cell in cells) else 1.0


def _is_cut_apart(row: Sequence[str]) -> bool:
    """Return whether a quote opens in one cell of the row and closes in a later one."""
    for mark in MARKS[:2]:
        opened = False
        for cell in row[:_CELLS]:
            is_opening, is_closing = cell.startswith(mark), cell.endswith(mark)
            if opened and is_closing and not is_opening:
                return True
            opened = opened or (is_opening and not is_closing)
    return False


def _quotes_within(rows: Rows, quote: str) -> bool:
    """Return whether a column has cells wrapped by quotes, and others with quotes around a part."""
    body = rows[1:_ROWS]
    width = mode(map(len, body)) if body else 0
    columns = zip(*(row[:_CELLS] for row in body if len(row) == width), strict=True)
    return any(_is_quoted_in_part([cell.strip() for cell in column], quote) for column in columns)


def _is_quoted_in_part(cells: Sequence[str], quote: str) -> bool:
    within = [cell for cell in cells if not cell.startswith(quote) and cell.count(quote) > 1]
    is_bare = any(quote * 2 not in cell for cell in within)
    return is_bare and any(is_wrapped(cell, quote) for cell in cells)


def _is_opened_only(cell: str, quote: str) -> bool:
    """Return whether a quote opens the cell and closes before its end, or not at all."""
    if not cell.startswith(quote):
        return False
    inner = cell[1:-1].replace(quote * 2, "").replace(f"\\{quote}", "")
    return not is_wrapped(cell, quote) or quote in inner


def _is_row_wrapped(row: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in row if cell.strip()]
    return len(filled) > 1 and filled[0][0] == filled[-1][-1] == '"' and _is_cut_apart(filled)


def _is_column_wrapped(cells: Sequence[str]) -> bool:
    if len(cells) < _LEAST_WRAPPED or not cells[0] or cells[0][0] not in MARKS:
        return False
    return all(is_wrapped(cell, cells[0][0]) for cell in cells)
