"""Whether rows are one cell longer than their header because the delimiter stands within values."""

import re
from collections.abc import Sequence
from itertools import pairwise

from app.tabular.grid.cell_kinds import CellKind, kind_of
from app.tabular.grid.shapes import Rows

_POINT = re.compile(r"[+-]?[0-9]+\.[0-9]+")
_ENTITY = re.compile(r"&#?\w{2,8}$")
_NEARLY_ALL = 0.8
# Names of what tells rows apart, which stand above the first column rather than the second.
_TELLING = re.compile(
    r"(?i)(id|no|nr|num|number|key|code|date|time|datetime|timestamp|year|month|day|week|name|rank)"
)


def may_be_cut(rows: Rows, delimiter: str) -> bool:
    """Return whether one more cell than names may come of a delimiter within a value.

    Else the first column holds the names of the rows: all different, and no numbers unless they
    are counted.
    """
    names = [row[0].strip() for row in rows]
    are_numbers = all(kind_of(name) is CellKind.NUMBER for name in names)
    if len(set(names)) < len(names) or (are_numbers and not _are_counted(names)):
        return True
    cells = [cell for row in rows for cell in row[1:]]
    if delimiter == ";" and any(_ENTITY.search(cell) for cell in cells):
        return True
    if delimiter != "\t" and (_are_parted(rows, delimiter) or _is_one_column_spaced(rows)):
        return True
    has_points = any(_POINT.fullmatch(cell.strip()) for cell in cells)
    return are_numbers and delimiter == "," and not has_points and _has_whole_pairs(rows)


def is_telling(name: str) -> bool:
    """Return whether a name is one that the first column has, whose cells tell rows apart."""
    return _TELLING.fullmatch(name.strip()) is not None


def _are_parted(rows: Rows, delimiter: str) -> bool:
    """Return whether the first two cells may be one: words side by side, or parts of a date."""
    pairs = [(row[0].strip(), row[1].strip()) for row in rows if len(row) > 1]
    are_words = sum(all(map(_is_of_words, pair)) for pair in pairs)
    are_dates = sum(kind_of(f"{delimiter} ".join(pair)) is CellKind.DATE for pair in pairs)
    return max(are_words, are_dates) >= _NEARLY_ALL * len(pairs)


def _is_of_words(cell: str) -> bool:
    return kind_of(cell) is CellKind.WORDS and not any(map(str.isdigit, cell))


def _is_one_column_spaced(rows: Rows) -> bool:
    """Return whether the cells of some columns begin with a space, and those of others never do."""
    width = max(map(len, rows))
    columns = [[row[place] for row in rows if place < len(row)] for place in range(1, width)]
    shares = [sum(cell.startswith(" ") for cell in cells) / len(cells) for cells in columns]
    return max(shares) >= _NEARLY_ALL and min(shares) == 0


def _has_whole_pairs(rows: Rows) -> bool:
    """Return whether two columns side by side hold whole numbers only."""
    columns = list(zip(*(row[1:] for row in rows), strict=False))
    are_whole = [all(cell.strip().isdecimal() for cell in column) for column in columns]
    return any(map(all, pairwise(are_whole)))


def _are_counted(names: Sequence[str]) -> bool:
    numbers = [int(name) for name in names if name.isdecimal()]
    return len(numbers) == len(names) and numbers == sorted(set(numbers))
