"""Tells a table from prose, logs and source code, which any delimiter cuts into something."""

import re
from collections.abc import Sequence

from app.tabular.delimited.dialects import WEAK_DELIMITERS
from app.tabular.grid.cell_kinds import CellKind, kind_of
from app.tabular.grid.readings import Reading
from app.tabular.options import FileFormat

_LONG_WORDS = 6
_FEW_ROWS = 4
_FEW_COLUMNS = 3
_OPENING = "{<["
_PAIRS = ("()", "{}", "[]")
_EVEN_COLUMNS = 4
_LEAST_PARTED = 4
_ALL_VALUES = 0.9
_QUOTED_CELL = re.compile(r"""(?:^|,)"(?:[^"]|"")*"(?:,|$)""")
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
    if is_parted_throughout(reading, filled) or _is_nearly_even(reading, value_share):
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


def is_parted_throughout(reading: Reading, lines: Sequence[str]) -> bool:
    """Return whether one sign parts all lines into as many cells, whatever stands in these.

    Prose has no tabs; semicolons and bars in prose have a space beside them or end a line; its
    commas are guarded by no quotes of whole cells.
    """
    options, place = reading.options, reading.place
    is_regular = reading.irregular_share == 0 and reading.covered_share == 1
    if not is_regular or place.column_count < 2 or place.row_count < _LEAST_PARTED:
        return False
    if options.delimiter == ",":
        filled = [line.strip() for line in lines if line.strip()]
        has_quoted = all(map(_QUOTED_CELL.search, filled[1:]))
        return has_quoted and options.quote == '"' and not options.is_padded
    is_sign = options.delimiter in (";", "|") and not options.is_padded
    return options.delimiter == "\t" or (is_sign and _is_cut_close(reading.table))


def _is_cut_close(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether rows are even, no cell begins with a space, and half of each column is filled.

    A bracket that is open at each first sign is that of source code.
    """
    if len(set(map(len, rows))) > 1:
        return False
    columns = list(zip(*rows, strict=True))
    is_filled = all(sum(map(bool, column)) * 2 >= len(column) for column in columns)
    is_code = all(map(_is_open, columns[0]))
    return (
        is_filled
        and not is_code
        and not any(cell[:1].isspace() for column in columns for cell in column)
    )


def _is_open(cell: str) -> bool:
    return any(cell.count(pair[0]) > cell.count(pair[1]) for pair in _PAIRS)


def _is_nearly_even(reading: Reading, value_share: float) -> bool:
    """Return whether a few rows of many values are a cell longer than others: some text is cut.

    Rows of nothing but values are no text, however many cells they have.
    """
    if reading.options.delimiter not in ",;\t|":
        return False
    if value_share > _ALL_VALUES and reading.place.column_count >= _EVEN_COLUMNS:
        return True
    if reading.covered_share < 1:
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
