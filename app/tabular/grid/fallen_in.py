"""Rows that fell in among the others: page numbers, messages, rules and what else is no record.

Such a row has one cell, or the same filler in each, where its column holds nothing but values.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.batches import BadRow, shown_raw
from app.tabular.grid.cell_kinds import CellKind, kind_of
from app.tabular.grid.endings import TOTAL
from app.tabular.grid.labels import is_word

_LEAST_WIDTH = 2
_LEAST_VALUES = 3
_LEAST_FILLER = 3
_MOST_KNOWN = 200
_MOST_LOOKED_AT = 2_000
_MESSAGE = "The row is empty but for what is no value of its column: it may be no record."
_MESSAGE_OF_FILLER = "The row has the same sign in every cell: it may be no record."


class FallenIn:
    """Finds rows that fell in among those of a file, batch by batch; knows its first rows."""

    def __init__(self) -> None:
        self._known: pa.Table | None = None

    def among(self, cells: pa.Table, lines: np.ndarray) -> list[BadRow]:
        """Return the rows among these, of all columns of the file, that may be no records."""
        if cells.num_columns < _LEAST_WIDTH or not cells.num_rows:
            return []
        cells = cells.rename_columns([str(place) for place in range(cells.num_columns)])
        lonely, alike = _lonely(cells), _alike(cells)
        self._know(cells, np.concatenate([lonely, alike]))
        if len(lonely) * 2 > cells.num_rows:
            lonely = lonely[:0]
        places = [*lonely[:_MOST_LOOKED_AT], *alike[:_MOST_LOOKED_AT]]
        rows = cells.take(pa.array(places, pa.int64())) if places else cells.slice(0, 0)
        found = zip(places, zip(*rows.to_pydict().values(), strict=True), strict=False)
        return [_doubt(int(lines[place]), row) for place, row in found if self._is_odd(row)]

    def _know(self, cells: pa.Table, others: np.ndarray) -> None:
        """Remember the first rows of the file but those that may be no records."""
        count = 0 if self._known is None else self._known.num_rows
        if count >= _MOST_KNOWN:
            return
        places = np.setdiff1d(np.arange(min(cells.num_rows, 2 * _MOST_KNOWN)), others)
        found = cells.take(pa.array(places[: _MOST_KNOWN - count]))
        self._known = found if self._known is None else pa.concat_tables([self._known, found])

    def _is_odd(self, row: Sequence[str | None]) -> bool:
        filled = [(place, cell.strip()) for place, cell in enumerate(row) if cell]
        if len(filled) == len(row):
            filler = filled[0][1]
            known = [self._values(place) for place in range(len(row))]
            is_met = any(filler in values for values in known)
            return not is_met and any(map(_are_values, known))
        place, cell = filled[0]
        if _is_code(cell) or not (is_word(cell) or _is_filler(cell)):
            return False
        is_alone = len(filled) == 1 or TOTAL.fullmatch(cell) is not None
        return is_alone and _are_values(self._values(place))

    def _values(self, place: int) -> list[str]:
        known = self._known
        column = known.column(place).to_pylist() if known is not None else []
        return [cell.strip() for cell in column if cell and not cell.isspace()]


def _doubt(line: int, row: Sequence[str | None]) -> BadRow:
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


def _is_code(cell: str) -> bool:
    kind = kind_of(cell)
    return kind.is_value or (kind is CellKind.TOKEN and any(map(str.isdigit, cell)))
