"""Whether a second table stands above or below the one that is read."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from app.tabular.grid.labels import is_headed
from app.tabular.grid.structure import Rows, TablePlace

_MOST_BLOCKS = 50
_LEAST_ROWS = 3


def other_table(rows: Rows, place: TablePlace) -> int | None:
    """Return where another table seems to begin, apart by a blank row; None without any."""
    header = rows[place.begin]
    for number, (begin, end) in enumerate(_blocks(rows)):
        block = rows[begin:end]
        if number >= _MOST_BLOCKS:
            break
        if end <= place.begin and len(block) >= _LEAST_ROWS and is_headed(block):
            return begin
        is_inside = place.begin < begin < place.end
        if is_inside and (_names_again(block[0], header) or is_headed(block)):
            return begin
    return None


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
