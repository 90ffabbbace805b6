"""Tells a table from prose, logs and source code, which any delimiter cuts into something."""

from collections.abc import Sequence

from app.tabular.delimited.dialects import WEAK_DELIMITERS
from app.tabular.grid.cell_kinds import CellKind, kind_of
from app.tabular.grid.readings import Reading
from app.tabular.options import FileFormat

_LONG_WORDS = 6
_FEW_ROWS = 4
_FEW_COLUMNS = 3
_OPENING = "{<["
_EVEN_COLUMNS = 4
_SENTENCE_ENDS = (".", "!", "?", ":", ";", ",", "{", "}", ")", "—")


def is_list(values: Sequence[str]) -> bool:
    """Return whether lines of one cell each are values of a column rather than sentences."""
    filled = [value.strip() for value in values if value.strip()]
    if len(filled) < 2:
        return False
    if all(value[0] in _OPENING for value in filled):
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
    rows, irregular_share, covered = reading.table, reading.irregular_share, reading.covered_share
    cells = [cell for row in rows for cell in row if cell.strip()]
    valued = sum(kind_of(cell) not in (CellKind.TEXT, CellKind.WORDS) for cell in cells)
    value_share = valued / max(1, len(cells))
    filled = [line.strip() for line in lines if line.strip()]
    # A comma at the end of a sparse row parts empty cells.
    parting = reading.options.delimiter if irregular_share < 0.1 else ""
    ended = _ended_share([line.rstrip(parting) if parting else line for line in filled])
    if is_cut_by_tabs(reading) or _is_nearly_even(reading, value_share):
        return True
    if _is_prose(reading, cells, filled) or _is_cut_by_chance(reading):
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


def is_cut_by_tabs(reading: Reading) -> bool:
    """Return whether all lines have as many tabs, whatever is between them: prose has none."""
    is_tab = reading.options.delimiter == "\t" and reading.place.column_count > 1
    is_regular = reading.irregular_share == 0 and reading.covered_share == 1
    return is_tab and is_regular and reading.place.row_count >= _FEW_ROWS


def _is_nearly_even(reading: Reading, value_share: float) -> bool:
    """Return whether a few rows of many values are a cell longer than others: some text is cut."""
    if reading.options.delimiter not in ",;\t|" or reading.covered_share < 1:
        return False
    sizes = [len(row) for row in reading.table]
    is_even = max(sizes) - min(sizes) <= 1 and min(sizes) >= _EVEN_COLUMNS
    return is_even and len(sizes) >= _FEW_ROWS and value_share > 0.3


def _is_cut_by_chance(reading: Reading) -> bool:
    """Return whether a sign of ordinary text cuts just one line, or less than half of all."""
    is_weak = reading.options.delimiter in WEAK_DELIMITERS
    is_aligned = reading.options.is_repeated or reading.options.format is FileFormat.FIXED
    return (
        is_weak and not is_aligned and (reading.place.row_count == 1 or reading.covered_share < 0.5)
    )


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
