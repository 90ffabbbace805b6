"""What a reading leaves in its cells that speaks against it: other delimiters, torn brackets."""

from collections.abc import Sequence

from app.tabular.grid.shapes import Rows
from app.tabular.options import ParsingOptions

_MOST_ROWS = 300
_NEARLY_ALL = 0.9
_SIGNS = ",;\t|"
_PAIRS = (("[", "]"), ("(", ")"), ("{", "}"))


def holds_tabs(rows: Rows, options: ParsingOptions) -> bool:
    """Return whether nearly all rows hold tabs in their cells: a tab is hardly ever text."""
    if options.delimiter.isspace() or "\t" in options.delimiter:
        return False
    held = sum(any("\t" in cell for cell in row) for row in rows[:_MOST_ROWS])
    return held >= 2 and held >= _NEARLY_ALL * len(rows[:_MOST_ROWS])


def ends_in_other_sign(rows: Rows, delimiter: str) -> bool:
    """Return whether the cells of a column, its name among them, all end in another delimiter."""
    width = len(rows[0]) if rows else 0
    columns = zip(*(row for row in rows[:_MOST_ROWS] if len(row) == width), strict=True)
    return len(rows) > 1 and any(_is_ended(column, delimiter) for column in columns)


def tears_brackets(rows: Rows) -> bool:
    """Return whether nearly all rows open a bracket in one cell and close it in a later one."""
    rows = rows[:_MOST_ROWS]
    torn = sum(any(_is_torn(row, pair) for pair in _PAIRS) for row in rows)
    return len(rows) > 1 and torn >= _NEARLY_ALL * (len(rows) - 1)


def is_pushed_aside(rows: Rows, width: int) -> bool:
    """Return whether longer rows fill the edge that is empty in all rows of the usual width."""
    usual = [row[-1].strip() for row in rows if len(row) == width > 1]
    longer = [row[width - 1].strip() for row in rows if len(row) > width > 1]
    return bool(usual) and not any(usual) and any(longer)


def begins_with_spaces(rows: Rows) -> bool:
    """Return whether all cells of one column begin with a space, and no other cells or names do.

    Where rows have a cell more than there are names, a text was cut behind its comma there.
    """
    head, *body = rows[:_MOST_ROWS]
    spaced = [{place for place, cell in enumerate(row) if cell.startswith(" ")} for row in body]
    is_one = bool(spaced) and all(places == spaced[0] and len(places) == 1 for places in spaced)
    return is_one and not any(name.startswith(" ") for name in head)


def _is_ended(column: Sequence[str], delimiter: str) -> bool:
    ends = {cell.rstrip()[-1:] for cell in column}
    return len(ends) == 1 and ends.pop() in set(_SIGNS) - set(delimiter)


def _is_torn(row: Sequence[str], pair: tuple[str, str]) -> bool:
    opening, closing = pair
    balances = [cell.count(opening) - cell.count(closing) for cell in row]
    if 1 not in balances:
        return False
    opened = balances.index(1)
    return row[opened].lstrip().startswith(opening) and any(
        balance == -1 and cell.rstrip().endswith(closing)
        for balance, cell in zip(balances[opened + 1 :], row[opened + 1 :], strict=True)
    )
