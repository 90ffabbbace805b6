"""Whether a second table stands above or below the one that is read."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from app.tabular.grid.labels import is_headed
from app.tabular.grid.shapes import Rows
from app.tabular.grid.structure import TablePlace

_MOST_BLOCKS = 50
_LEAST_ROWS = 3
_MOST_FOREWORDS = 15
_LEGEND_WIDTH = 2
# A name may have a digit or a year in it; what has more is a value.
_VALUE = re.compile(r"[0-9].*[0-9]")


def other_table(rows: Rows, place: TablePlace) -> int | None:
    """Return where another table seems to begin, above or apart by a blank row, or None."""
    header = rows[place.begin]
    for number, (begin, end) in enumerate(_blocks(rows)):
        block = rows[begin:end]
        if number >= _MOST_BLOCKS:
            break
        above = rows[begin : min(end, place.begin)]
        if begin < place.begin and (_is_table(above) or _is_legend(above, rows[place.begin :])):
            return begin
        if begin >= place.end and _is_table_below(block, header):
            return begin
        is_inside = place.begin < begin < place.end
        if is_inside and (_names_again(block[0], header) or is_headed(block)):
            return begin
    return None


def _is_table(block: Rows) -> bool:
    """Return whether rows above the table are another one, rather than keys with their values."""
    block = _without_title(block)
    if len(block) < _LEAST_ROWS or not is_headed(block):
        return False
    are_keys = any(row[0].rstrip().endswith(":") for row in block)
    return not (are_keys or any(_VALUE.search(name) for name in block[0]))


def _is_table_below(block: Rows, header: Sequence[str]) -> bool:
    """Return whether rows below the table, set off from it, have names of their own."""
    block = _without_title(block)
    return len(block) > 1 and (_names_again(block[0], header) or is_headed(block))


def _is_legend(block: Rows, table: Rows) -> bool:
    """Return whether rows of two cells above the table tell, below names, what its cells mean."""
    block = _without_title(block)
    if len(block) < _LEAST_ROWS or any(len(row) != _LEGEND_WIDTH for row in block):
        return False
    cells = {cell for row in table[1:] for cell in row if cell}
    told = [row[0] in cells for row in block]
    return not told[0] and sum(told) >= _LEGEND_WIDTH


def _without_title(block: Rows) -> Rows:
    """Return a block without a first row of a single cell."""
    return block[1:] if block and sum(map(bool, block[0])) == 1 < max(map(len, block)) else block


def is_foreword(rows: Rows, place: TablePlace, begin: int) -> bool:
    """Return whether what stands above the row `begin` is no table, but few keys and values."""
    above = [row for row in rows[place.begin : begin] if any(row)]
    is_short = 0 < len(above) <= _MOST_FOREWORDS and len(above) < place.end - begin
    is_named = any(_names_again(rows[begin], row) for row in above)
    return is_short and not is_named and not is_headed(above) and is_headed(_block(rows, begin))


def _block(rows: Rows, begin: int) -> Rows:
    return next(rows[first:end] for first, end in _blocks(rows) if first == begin)


def _blocks(rows: Rows) -> Iterator[tuple[int, int]]:
    """Yield the runs of filled rows, as first and after the last place."""
    for is_filled, run in groupby(range(len(rows)), lambda place: any(rows[place])):
        if is_filled:
            places = list(run)
            yield places[0], places[-1] + 1


def _names_again(row: Sequence[str], header: Sequence[str]) -> bool:
    """Return whether a row has most of the header's names at their places."""
    same = sum(cell == name != "" for cell, name in zip(row, header, strict=False))
    return same >= 2 and same * 2 >= len(header)
