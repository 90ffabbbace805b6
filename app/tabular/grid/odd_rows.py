"""Rows that may belong to the header, or to another table, told by the columns they stand in."""

import re
from collections.abc import Sequence
from itertools import groupby

from app.tabular.grid.cell_kinds import CellKind, kind_of
from app.tabular.grid.labels import is_word
from app.tabular.grid.shapes import Rows

_MOST_BELOW = 3
_MANY = 80
_LEAST_ROWS = 2
_LEAST_COLUMNS = 2
_NEARLY_ALL = 0.8
_BRACKETED = re.compile(r"\(.*\)|\[.*\]|\{.*\}|<.*>")
_TYPE = re.compile(
    r"(?i)(?:string|str|text|u?int(?:eger)?[0-9]*|(?:big|small)int|float[0-9]*|double|numeric|"
    r"number|decimal|real|bool(?:ean)?|date(?:time)?|time(?:stamp)?|n?(?:var)?char|character|"
    r"object|category|factor)(?:\s?\([0-9, ]+\))?"
)
_RULE = re.compile(r"[-=_]+")
_LEAST_RULE = 3


def is_rule(row: Sequence[str]) -> bool:
    """Return whether a row only draws a line below the names, a piece in each column."""
    cells = [cell.strip() for cell in row]
    is_drawn = all(_RULE.fullmatch(cell) for cell in cells)
    return is_drawn and len(cells) > 1 and max(map(len, cells)) >= _LEAST_RULE


def may_name_too(body: Rows) -> bool:
    """Return whether one of the first rows below the names may say more of the columns.

    Each of its cells is a unit or a type, or has words where its column has values.
    """
    return any(
        _is_of_no_record(body[place], body[place + 1 : _MANY])
        for place in range(min(_MOST_BELOW, len(body) - _LEAST_ROWS))
    )


def has_words_among_values(body: Rows) -> bool:
    """Return whether a row has names in all columns that hold values in the later rows.

    So it is where a table follows another one at once, or keys with their values stand above it.
    """
    later = body[len(body) // 2 :][-_MANY:]
    if len(later) < _LEAST_ROWS:
        return False
    width = max(map(len, later))
    valued = [place for place in range(width) if _are_values(_column(later, place))]
    valued = [place for place in valued if not _are_counted(_column(body, place))]
    return len(valued) >= _LEAST_COLUMNS and any(_has_words(row, valued) for row in body)


def are_side_by_side(table: Rows) -> bool:
    """Return whether blocks of columns, each with rows of its own, may be tables side by side.

    Columns without a name or value part them, or the same names come again.
    """
    runs = _runs(table)
    if len(runs) < 2 or min(map(len, runs)) < _LEAST_COLUMNS:
        return False
    filled = [[any(map(str.strip, row[run[0] : run[-1] + 1])) for row in table] for run in runs]
    return any(each != filled[0] for each in filled)


def _runs(table: Rows) -> list[list[int]]:
    names, width = table[0], max(map(len, table))
    used = [_is_used(table, place) for place in range(width)]
    runs = [list(run) for is_used, run in groupby(range(width), used.__getitem__) if is_used]
    count = len(set(names))
    if len(runs) > 1 or list(names) != list(names[:count]) * (len(names) // max(1, count)):
        return runs
    return [list(range(start, start + count)) for start in range(0, len(names), count)]


def _is_of_no_record(row: Sequence[str], below: Rows) -> bool:
    cells = [(place, cell.strip()) for place, cell in enumerate(row) if cell.strip()]
    if len(cells) < _LEAST_COLUMNS or not any(map(str.isalnum, "".join(row))):
        return False
    told = (each for each in cells if any(map(str.isalnum, each[1])))
    return all(_tells_of(cell, _column(below, place)) for place, cell in told)


def _tells_of(cell: str, column: Sequence[str]) -> bool:
    """Return whether a cell says something of its column rather than being one of its values."""
    for pattern in (_BRACKETED, _TYPE):
        if pattern.fullmatch(cell):
            return bool(column) and not any(map(pattern.fullmatch, column))
    return is_word(cell) and not _is_digital(cell) and _are_values(column)


def _is_used(rows: Rows, place: int) -> bool:
    return any(place < len(row) and row[place].strip() for row in rows)


def _column(rows: Rows, place: int) -> list[str]:
    cells = (row[place].strip() for row in rows if place < len(row))
    return [cell for cell in cells if cell]


def _are_values(column: Sequence[str]) -> bool:
    cells = [cell for cell in column if any(map(str.isalnum, cell))]
    return len(cells) >= _LEAST_ROWS and sum(map(_is_digital, cells)) >= _NEARLY_ALL * len(cells)


def _are_counted(column: Sequence[str]) -> bool:
    """Return whether a column only counts the rows."""
    if not all(map(str.isdecimal, column)):
        return False
    return all(int(cell) == int(column[0]) + step for step, cell in enumerate(column))


def _has_words(row: Sequence[str], places: Sequence[int]) -> bool:
    words = [row[place].strip() for place in places if place < len(row)]
    if not all(is_word(word) and not _is_digital(word) for word in words):
        return False
    return len(words) == len(places) == len(set(words))


def _is_digital(cell: str) -> bool:
    """Return whether a cell is a value or mostly digits."""
    kind = kind_of(cell)
    digits = sum(map(str.isdigit, cell))
    return kind.is_value or (kind is not CellKind.EMPTY and digits * 3 >= len(cell))
