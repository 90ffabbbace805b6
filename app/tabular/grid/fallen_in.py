"""Rows that fell in among the others: page numbers, messages, rules and what else is no record.

Such a row has one cell, or the same filler in each, where its column holds nothing but values.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.batches import BadRow, shown_raw
from app.tabular.grid.cell_kinds import CellKind, kind_of
from app.tabular.grid.endings import TOTAL
from app.tabular.grid.labels import is_word

Row = Sequence[str | None]
_LEAST_WIDTH = 2
_LEAST_VALUES = 3
_LEAST_FILLER = 3
_MOST_KNOWN = 200
_MOST_LOOKED_AT = 2_000
_MESSAGE = "The row is empty but for what is no value of its column: it may be no record."
_MESSAGE_OF_FILLER = "The row has the same sign in every cell: it may be no record."


class FallenIn:
    """Finds rows that fell in among those of a file, batch by batch.

    What the columns hold is known from the first rows of the file; until there are enough of them,
    rows wait to be judged. `is_said` tells of a cell whether a row of it alone was noticed before.
    """

    def __init__(self, is_said: Callable[[str], bool]) -> None:
        self._is_said = is_said
        self._known: list[Row] = []
        self._waiting: list[tuple[int, Row]] = []
        self._is_sparse = False
        self._columns: list[list[str]] = []
        self._are_values: list[bool] = []

    def among(self, cells: pa.Table, lines: np.ndarray) -> list[BadRow]:
        """Return the rows among these and those waiting that may be no records."""
        if cells.num_columns < _LEAST_WIDTH or not cells.num_rows or self._is_sparse:
            return []
        cells = cells.rename_columns([str(place) for place in range(cells.num_columns)])
        odd = np.union1d(_lonely(cells), _alike(cells))
        some = odd[:_MOST_LOOKED_AT]
        self._waiting += zip(lines[some].tolist(), _rows(cells, some), strict=True)
        self._know(cells, lines, odd)
        return self.rest() if self._columns else []

    def rest(self) -> list[BadRow]:
        """Return those of the rows that still wait that may be no records."""
        if not self._columns:
            self._is_sparse = self._is_sparse or len(self._waiting) > len(self._known)
            self._conclude()
        waiting, self._waiting = self._waiting, []
        return (
            [] if self._is_sparse else [_doubt(*each) for each in waiting if self._is_odd(each[1])]
        )

    def _know(self, cells: pa.Table, lines: np.ndarray, odd: np.ndarray) -> None:
        """Remember the first rows of the file but those that may be no records."""
        if self._columns:
            return
        most = _MOST_KNOWN - len(self._known)
        plain = np.setdiff1d(np.arange(min(cells.num_rows, most + len(odd))), odd)[:most]
        self._known += _rows(cells, plain)
        is_full = len(self._known) == _MOST_KNOWN
        last = lines[plain[-1]] if is_full else lines[-1]
        self._is_sparse = sum(line <= last for line, _ in self._waiting) > _MOST_KNOWN
        if is_full:
            self._conclude()

    def _conclude(self) -> None:
        """Keep what each column holds, where it holds nothing but values or is to be compared."""
        self._columns = [
            [cell.strip() for cell in column if cell and not cell.isspace()]
            for column in zip(*self._known, strict=True)
        ]
        self._are_values = [_are_values(column) for column in self._columns]

    def _is_odd(self, row: Row) -> bool:
        filled = [(place, cell.strip()) for place, cell in enumerate(row) if cell]
        if not any(self._are_values):
            return False
        if len(filled) == len(row):
            return not any(filled[0][1] in values for values in self._columns)
        place, cell = filled[0]
        if row[-1] is None and len(filled) == 1 and self._is_said(row[place] or ""):
            return False
        if _is_code(cell) or not (is_word(cell) or _is_filler(cell)):
            return False
        if TOTAL.fullmatch(cell):
            return self._are_values[place]
        # One word may be a code too.
        is_possible = cell.isalpha() and any(map(_is_of_letters_too, self._columns[place]))
        return len(filled) == 1 and self._are_values[place] and not is_possible


def _rows(cells: pa.Table, places: np.ndarray) -> list[Row]:
    columns = cells.take(pa.array(places, pa.int64())).to_pydict().values() if len(places) else ()
    return list(zip(*columns, strict=True))


def _doubt(line: int, row: Row) -> BadRow:
    filled = [cell for cell in row if cell]
    message = _MESSAGE_OF_FILLER if len(filled) == len(row) else _MESSAGE
    return BadRow(line, shown_raw(filled[0]), "fallen_in", message)


def _lonely(cells: pa.Table) -> np.ndarray:
    """Return the places of rows with one filled cell, or with two of four or more."""
    most = min(2, cells.num_columns // 2)
    # In most files no row is left after so many columns.
    counts = np.zeros(cells.num_rows, dtype=np.int8)
    for column in cells.columns[: most + 1]:
        counts += _filled(column)
    places = np.flatnonzero(counts <= most)
    counts = counts[places]
    for column in cells.columns[most + 1 :]:
        if not len(places):
            return places
        counts += _filled(column.take(pa.array(places)))
        is_kept = counts <= most
        places, counts = places[is_kept], counts[is_kept]
    lonely: np.ndarray = places[counts > 0]
    return lonely


def _alike(cells: pa.Table) -> np.ndarray:
    """Return the places of rows with the same in every cell, none of it a letter or digit."""
    first, second, *others = cells.columns
    is_same = pc.fill_null(pc.equal(first, second), False)
    places = np.flatnonzero(is_same.to_numpy())
    for column in others:
        if not len(places):
            return places
        left, right = (each.take(pa.array(places)) for each in (first, column))
        places = places[pc.fill_null(pc.equal(left, right), False).to_numpy()]
    texts = first.take(pa.array(places)).to_pylist()
    alike: np.ndarray = places[np.array([_is_filler(text.strip()) for text in texts], dtype=bool)]
    return alike


def _filled(column: pa.ChunkedArray) -> np.ndarray:
    is_filled: np.ndarray = pc.fill_null(pc.greater(pc.binary_length(column), 0), False).to_numpy()
    return is_filled


def _is_filler(cell: str) -> bool:
    return len(cell) >= _LEAST_FILLER and not any(map(str.isalnum, cell))


def _are_values(cells: Sequence[str]) -> bool:
    """Return whether the cells of a column are numbers, dates or codes, but for words for none."""
    told = filter(_is_told, cells)
    kinds = [_is_code(cell) for cell in told]
    return len(kinds) >= _LEAST_VALUES and all(kinds)


def _is_told(cell: str) -> bool:
    """Return whether a cell says something, and not that a value is missing."""
    return is_word(cell) or any(map(str.isdigit, cell))


def _is_of_letters_too(cell: str) -> bool:
    return _is_code(cell) and not kind_of(cell).is_value


def _is_code(cell: str) -> bool:
    kind = kind_of(cell)
    return kind.is_value or (kind is CellKind.TOKEN and any(map(str.isdigit, cell)))
