"""Tells a table from prose, logs and source code, which any delimiter cuts into something."""

from collections.abc import Sequence

from app.tabular.grid.cell_kinds import CellKind, kind_of
from app.tabular.grid.readings import Reading

_LONG_WORDS = 6
_FEW_ROWS = 4
_FEW_COLUMNS = 3
_SENTENCE_ENDS = (".", "!", "?", ":", ";", ",", "{", "}", ")", "—")


def is_list(values: Sequence[str]) -> bool:
    """Return whether lines of one cell each are values of a column rather than sentences."""
    filled = [value.strip() for value in values if value.strip()]
    if len(filled) < 2:
        return False
    kinds = [kind_of(value) for value in filled]
    valued = sum(kind not in (CellKind.TEXT, CellKind.WORDS) for kind in kinds)
    if valued * 10 >= len(filled) * 8:
        return True
    wordy = sum(len(value.split()) > _LONG_WORDS or value[-1] in ".:,;{}()" for value in filled)
    longest = max(map(len, filled))
    return wordy * 20 <= len(filled) and longest <= 100


def is_wordy(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether over a quarter of the cells are neither values nor a few words."""
    cells = [cell for row in rows for cell in row if cell.strip()]
    return sum(kind_of(cell) is CellKind.TEXT for cell in cells) * 4 > len(cells)


def is_table(reading: Reading, lines: Sequence[str]) -> bool:
    """Return whether rows of several cells each are a table rather than text cut at its commas."""
    rows, irregular_share, covered = (
        reading.table,
        reading.irregular_share,
        reading.covered_share,
    )
    cells = [cell for row in rows for cell in row if cell.strip()]
    valued = sum(kind_of(cell) not in (CellKind.TEXT, CellKind.WORDS) for cell in cells)
    value_share = valued / max(1, len(cells))
    filled = [line.strip() for line in lines if line.strip()]
    # A comma at the end of a sparse row parts empty cells.
    parting = reading.options.delimiter if irregular_share < 0.1 else ""
    ended = _ended_share([line.rstrip(parting) if parting else line for line in filled])
    if _is_prose(reading, cells, filled):
        return False
    if covered < 0.34 and len(rows) < _FEW_ROWS:
        return False
    if value_share > 0.3 and irregular_share < 0.1:
        return True
    if reading.is_ragged_at_end_only and value_share > 0.1 and ended < 0.5:
        return True
    if irregular_share > 0.4 and ended < 0.2 and is_ragged_list(reading):
        return True
    if irregular_share > 0.4 or (covered <= 0.5 and value_share < 0.2):
        return False
    return value_share > 0.1 or (ended < 0.5 and irregular_share < 0.25)


def _ended_share(lines: Sequence[str]) -> float:
    return sum(line.endswith(_SENTENCE_ENDS) for line in lines) / max(1, len(lines))


def _is_prose(reading: Reading, cells: Sequence[str], filled: Sequence[str]) -> bool:
    """Return whether a few columns come of the commas of sentences, and many lines have none."""
    options, place = reading.options, reading.place
    if not options.is_padded or options.delimiter != "," or place.column_count > _FEW_COLUMNS:
        return False
    values = sum(kind_of(cell).is_value for cell in cells)
    return values * 5 < len(cells) and place.regular_count * 10 < len(filled) * 7


def is_ragged_list(reading: Reading) -> bool:
    """Return whether nearly all lines are cut into cells of a word or two: rows of many lengths."""
    if reading.options.is_padded or reading.options.delimiter not in ",;\t|":
        return False
    rows = [row for row in reading.rows if any(row)]
    cells = [cell for row in rows for cell in row if cell.strip()]
    words = sum(len(cell.split()) for cell in cells)
    alone = sum(len(row) == 1 for row in rows)
    is_cut_close = not any(cell.startswith(" ") for cell in cells)
    return is_cut_close and words < len(cells) * 2 and alone * 4 <= len(rows) >= _FEW_ROWS
