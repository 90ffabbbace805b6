"""Records as the csv module reads them, but no quote is lost that ends before its cell does.

To the csv module, `"Nick" Smith` is `Nick Smith`. Here a quote is one only where it opens a cell
and closes it: a cell that goes on behind it keeps it, and its record is marked as odd.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any

from app.tabular.grid.doubts import OddCells

# Beyond so many characters it is not looked for a quote that may close the cell after all.
_LONGEST_LOOSE = 1_000


def exact_records(lines: Iterable[str], dialect: dict[str, Any]) -> Iterator[list[str]]:
    """Yield the cells of each record, OddCells where quotes are odd; raise csv.Error."""
    source = iter(lines)
    waiting: list[str] = []

    def remembered() -> Iterator[str]:
        for line in source:
            waiting.append(line)
            yield line

    while True:
        try:
            for cells in csv.reader(remembered(), **dialect, strict=True):
                waiting.clear()
                yield cells
            return
        except csv.Error as failure:
            # Strict or not, a cell that is too long is an error.
            if "expected" not in str(failure):
                raise
        yield _odd_record(waiting, source, dialect)
        waiting.clear()


def _odd_record(waiting: list[str], source: Iterator[str], dialect: dict[str, Any]) -> list[str]:
    """Return the record that begins with the lines: exactly if it is one, else as it may be."""
    cells = list(_cells(waiting[0].rstrip("\r\n"), dialect["delimiter"], dialect["quotechar"]))
    if len(waiting) > 1 or dialect["escapechar"] is not None or _is_left_open(cells, dialect):
        return OddCells(next(csv.reader(chain(waiting, source), **dialect, strict=False)))
    return OddCells(cells)


def _is_left_open(cells: list[str], dialect: dict[str, Any]) -> bool:
    """Return whether the last cell is opened by a quote and not closed in its line."""
    return (
        cells[-1].startswith(dialect["quotechar"])
        and cells[-1].count(dialect["quotechar"]) % 2 == 1
    )


def _cells(line: str, delimiter: str, quote: str) -> Iterator[str]:
    pattern = _cell_pattern(delimiter, quote)
    position = 0
    while position <= len(line):
        found = pattern.match(line, position)
        if found is None:  # every text matches the last choice
            return
        if found["quoted"] is None:
            yield found["bare"]
        else:
            yield found["quoted"].replace(quote * 2, quote)
        position = found.end() + 1


@lru_cache(32)
def _cell_pattern(delimiter: str, quote: str) -> re.Pattern[str]:
    d, q = re.escape(delimiter), re.escape(quote)
    proper = f"(?:[^{q}]|{q}{q})*"
    loose = f"(?:(?!{d}{q}).){{0,{_LONGEST_LOOSE}}}?"
    return re.compile(
        f"{q}(?P<quoted>{proper}(?={q}(?:{d}|$))|{loose}(?={q}(?:{d}|$))){q}|(?P<bare>[^{d}]*)"
    )
