"""The names that a header's rows give to the columns."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, zip_longest

from app.tabular.grid.odd_rows import is_rule
from app.tabular.options import ParsingOptions


def header_names(header: Sequence[Sequence[str]], options: ParsingOptions, width: int) -> list[str]:
    """Return one name for each column, empty where the header has none.

    Of two or three rows, the upper ones hold for all columns up to their next filled cell, as in a
    sheet with merged cells, if those have a name of their own. A rule drawn below the names is
    none. The table has `width` columns, or as many as the header where it is 0.
    """
    rows = [list(row)[options.first_column :] for row in header if not is_rule(row)]
    if options.has_row_names:
        rows = [["", *row] for row in rows]
    *upper, lower = rows or [[]]
    levels = [*(_carried_on(row) for row in upper), (cell.strip() for cell in lower)]
    names = [" ".join(filter(None, parts)) for parts in zip_longest(*levels, fillvalue="")]
    owns = zip_longest(*rows, fillvalue="")
    names = [
        name if any(map(str.strip, own)) else "" for name, own in zip(names, owns, strict=True)
    ]
    width = width or len(names)
    return (names + [""] * width)[:width]


def _carried_on(cells: Sequence[str]) -> Iterator[str]:
    return accumulate((cell.strip() for cell in cells), lambda before, cell: cell or before)
