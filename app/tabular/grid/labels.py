"""Rows at a table's top that are no records, told by the columns below them.

Where columns hold numbers, dates or codes, the rows above that have words in them are not data.
One such row is the header. Of several, the lowest names the columns; those above it name them
too, or belong to what was written above the table.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.tabular.grid.cell_kinds import CellKind, kind_of
from app.tabular.options import MOST_HEADER_ROWS

Rows = Sequence[Sequence[str]]
_MOST_LOOKED_AT = 12
_MOST_BELOW = 200
_MANY = 60
_LEAST_COLUMNS = 2
_LEAST_BELOW = 2
_NEARLY_ALL = 0.8
_LONG_NAME = 60
_COMMENT = re.compile(r"\s*[#%!]\s+\S")
_MANY_CELLS = 4
_MOST_WORDS, _USUAL_WORDS = 5, 2.5
_NOTHING = re.compile(r"(?i)#?n/?a|nan|null|none|nil|true|false|yes|no|inf|missing|unknown")


@dataclass(frozen=True)
class Labels:
    """The rows above the records: from `begin` on, `count` rows name the columns.

    `is_certain` says that what stands above them can be no names.
    """

    begin: int
    count: int
    is_certain: bool


def labels_above(rows: Rows) -> Labels | None:
    """Return which of the first filled rows name the columns; None where one or none may."""
    rows = [[cell.strip() if place == 0 else cell for place, cell in enumerate(row)]
            for row in rows[: _MOST_LOOKED_AT + _MOST_BELOW]]  # fmt: skip
    lowest = _lowest_label(rows)
    if lowest < 1:
        return _below_prose(rows)
    begin = lowest
    while (
        begin
        and lowest - begin + 1 < MOST_HEADER_ROWS
        and (_are_names(rows, begin - 1, lowest) or _are_groups(rows[begin - 1], rows[begin]))
    ):
        begin -= 1
    # Keys with their values above a table of two columns are as wide as it is.
    if lowest > 1 and len(rows[lowest]) == _LEAST_COLUMNS:
        begin = lowest
    is_certain = begin == lowest and all(is_prose(row, rows[lowest]) for row in rows[:begin])
    return Labels(begin, lowest - begin + 1, is_certain)


def is_headed(rows: Rows) -> bool:
    """Return whether the first row has a name for each column of those below, some of values."""
    head, below = rows[0], rows[1 : _MOST_BELOW + 1]
    if len(head) < _LEAST_COLUMNS or len(below) < _LEAST_BELOW:
        return False
    if any(len(row) != len(head) for row in below) or not all(map(is_word, head)):
        return False
    columns = _valued_columns(below)
    return bool(columns) and not _has_value(head, columns)


def _below_prose(rows: Rows) -> Labels | None:
    if len(rows) > _LEAST_BELOW and is_prose(rows[0], rows[1]):
        is_long = len(rows[0]) > _LEAST_COLUMNS
        return Labels(1, 1, is_certain=False) if is_long or is_headed(rows[1:]) else None
    return None


def _lowest_label(rows: Rows) -> int:
    """Return the last row that has words where the columns below have values; -1 without any."""
    last = min(_MOST_LOOKED_AT, len(rows) - _LEAST_BELOW) - 1
    # Of many rows, those far below tell the same of all the first ones.
    are_many = len(rows) > _MANY
    columns = _valued_columns(rows[_MOST_LOOKED_AT:_MANY]) if are_many else {}
    for place in range(last, -1, -1):
        columns = columns if are_many else _valued_columns(rows[place + 1 :])
        is_label = len(columns) >= _LEAST_COLUMNS and _is_label(rows[place], columns)
        is_label = is_label or (place == 1 and _are_units(rows[1], rows[0], columns))
        if is_label and not any(_has_value(row, columns) for row in rows[:place]):
            return place
    return -1


def _valued_columns(rows: Rows) -> dict[int, Callable[[str], bool]]:
    """Return the columns of values or codes, each with what tells its values."""
    found: dict[int, Callable[[str], bool]] = {}
    for place in range(max(map(len, rows))):
        cells = [row[place] for row in rows if place < len(row) and _may_be_value(row[place])]
        for is_value in (_is_value, _is_code):
            count = sum(map(is_value, cells))
            if len(cells) >= _LEAST_BELOW and count >= _NEARLY_ALL * len(cells):
                found.setdefault(place, is_value)
    return found


def _may_be_value(cell: str) -> bool:
    """Return whether a cell is filled with more than a dash that says it is not."""
    return any(map(str.isalnum, cell))


def _is_value(cell: str) -> bool:
    return kind_of(cell).is_value


def _is_code(cell: str) -> bool:
    """Return whether the cell is a value, or a code that is mostly digits."""
    kind = kind_of(cell)
    return kind.is_value or (
        kind is CellKind.TOKEN and sum(map(str.isdigit, cell)) * 3 >= len(cell)
    )


def _is_label(row: Sequence[str], columns: dict[int, Callable[[str], bool]]) -> bool:
    """Return whether a row has words of its own in the columns that hold values."""
    words = [row[place].strip() for place in columns if place < len(row) and is_word(row[place])]
    is_enough = len(words) * 2 >= len(columns) and len(words) >= _LEAST_COLUMNS
    return is_enough and _are_varied(words) and not _has_value(row, columns)


def _are_varied(words: Sequence[str]) -> bool:
    """Return whether words differ as names do; the same names may come again for each group."""
    count = len(set(words))
    are_repeated = list(words) == list(words[:count]) * (len(words) // count)
    return count > 1 and (count * 5 >= len(words) * 3 or are_repeated)


def _are_units(
    row: Sequence[str], names: Sequence[str], columns: dict[int, Callable[[str], bool]]
) -> bool:
    """Return whether a row has words below some names of columns of values, and nothing else."""
    filled = {place: cell for place, cell in enumerate(row) if cell.strip()}
    is_sparse = 0 < len(filled) < len(row) == len(names) and all(cell.strip() for cell in names)
    return is_sparse and filled.keys() <= columns.keys() and all(map(is_word, filled.values()))


def _has_value(row: Sequence[str], columns: dict[int, Callable[[str], bool]]) -> bool:
    return any(is_value(row[place]) for place, is_value in columns.items() if place < len(row))


def is_word(cell: str) -> bool:
    """Return whether a cell has letters, and does not say that a value is missing."""
    return any(map(str.isalpha, cell)) and _NOTHING.fullmatch(cell.strip()) is None


def _are_names(rows: Rows, upper: int, lowest: int) -> bool:
    """Return whether a row names the columns as the one below does: fully, each by its own name."""
    cells = [cell.strip() for cell in rows[upper]]
    filled = [cell for cell in cells if cell]
    is_full = len(cells) == len(rows[lowest]) and len(filled) == len(cells)
    is_named = len(set(filled)) == len(filled) and all(len(cell) < _LONG_NAME for cell in filled)
    return is_full and is_named and not is_prose(rows[upper], rows[lowest])


def _are_groups(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Return whether a row has words with gaps between, each above a name: those of groups."""
    filled = [place for place, cell in enumerate(upper) if cell.strip()]
    if len(upper) != len(lower) or len(filled) < _LEAST_COLUMNS:
        return False
    has_gap = filled[-1] - filled[0] >= len(filled)
    return has_gap and all(is_word(upper[place]) and bool(lower[place]) for place in filled)


def is_prose(row: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether a row is a sentence cut at its commas, or a comment, and the other is not."""
    if _is_comment(row) and not _is_comment(other):
        return True
    if len(row) == len(other) >= _MANY_CELLS and _are_short(row):
        return False
    following, others = row[1:], other[1:]
    is_spaced = all(cell.startswith(" ") for cell in following if cell)
    return is_spaced and any(following) and not any(cell.startswith(" ") for cell in others)


def _is_comment(row: Sequence[str]) -> bool:
    """Return whether a row begins with a mark for comments, which is no name by itself."""
    is_alone = len(row) == 1 and row[0].strip()[:1] in ("#", "%")
    return is_alone or _COMMENT.match(row[0]) is not None


def _are_short(row: Sequence[str]) -> bool:
    """Return whether the cells have a few words each, as names have that a space sets apart."""
    counts = [len(cell.split()) for cell in row]
    return max(counts) <= _MOST_WORDS and sum(counts) <= _USUAL_WORDS * len(row)
