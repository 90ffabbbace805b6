"""Where the table is among the rows of a file or sheet: titles, notes and empty edges left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from app.tabular.grid.endings import TOTAL, end_row, is_doubtful_end, starts_like
from app.tabular.grid.labels import is_headed, is_prose
from app.tabular.grid.shapes import Rows, Shape, fits, usual_fill, usual_width

_MOST_ABOVE = 200
_FEW_ROWS = 4
_MOST_FOREWORDS = 15


@dataclass(frozen=True)
class TablePlace:
    """Rows `begin` to `end` (excluded) hold the table, its header among them.

    Its columns are `column_count` cells from `first_column` on. `width` is how many cells a row
    usually has; `regular_count` of the `row_count` filled rows have it. With `has_row_above`, the
    row above the table has names for groups of its columns. `totals` are the places of rows that
    look like totals but are kept; with `has_doubtful_end`, the rows left out below are no notes and
    follow at once, or the last rows are set off by a blank one; `other_table` is where a second one
    seems to begin.
    """

    begin: int
    end: int
    width: int
    first_column: int
    column_count: int
    row_count: int
    regular_count: int
    long_count: int
    has_row_names: bool = False
    has_row_above: bool = False
    has_doubtful_end: bool = False
    totals: tuple[int, ...] = ()
    other_table: int | None = None


def table_place(rows: Rows, begin: int | None = None) -> TablePlace | None:
    """Return where the table is, from `begin` on if that is known; None where no row is filled."""
    shapes = [Shape.of(row) for row in rows]
    filled = [place for place, shape in enumerate(shapes) if shape.filled]
    if not filled:
        return None
    if begin is None and _is_foreword(rows, shapes, filled):
        begin = filled[1]
    begin = begin or _below_narrow(rows, shapes, filled)
    width = usual_width(shapes if begin is None else shapes[begin:])
    usual = usual_fill([shapes[place].filled for place in filled if shapes[place].size >= width])
    if begin is None:
        begin = _first_row(shapes, filled, width, usual)
    end, other_table = end_row(rows, shapes, begin, width, usual)
    return _measured(rows, shapes, (begin, end), width, other_table)


def _first_row(shapes: Sequence[Shape], filled: Sequence[int], width: int, usual: float) -> int:
    if width == 1 or _is_full_above_all(shapes, filled, width):
        return filled[0]
    if shapes[filled[0]].filled == 1 and _is_full_above_all(shapes, filled[1:], width):
        return filled[1]  # names below a title
    for number, place in enumerate(filled[:_MOST_ABOVE]):
        if not fits(shapes[place], width, usual):
            continue
        following = _following(filled[number : number + 7])
        fitting = sum(fits(shapes[each], width, usual) for each in following)
        if fitting * 3 >= len(following) * 2 and not _is_block_of_its_own(
            shapes, place, width, usual
        ):
            return filled[0] if _is_ragged(shapes, filled[: number + 1], len(filled)) else place
    return _first_of_few(shapes, filled, width, usual)


def _is_ragged(shapes: Sequence[Shape], above: Sequence[int], count: int) -> bool:
    """Return whether most rows stand above the first that fits, and have cells as it has.

    A blank row among them parts what is written above a table from it; rows have none between.
    """
    if len(above) <= above[-1] - above[0]:
        return False
    sizes = [shapes[place].size for place in above]
    return len(above) * 2 > count and len(set(sizes)) > 2 and sizes.count(1) * 4 <= len(sizes)


def _first_of_few(shapes: Sequence[Shape], filled: Sequence[int], width: int, usual: float) -> int:
    """Return where the first three rows stand that fit, where there are few; else the first row."""
    for number, place in enumerate(filled[: min(_MOST_ABOVE, len(filled) - 2)]):
        if all(fits(shapes[each], width, usual) for each in filled[number : number + 3]):
            return place
    return _below_titles(shapes, filled, width)


def _below_titles(shapes: Sequence[Shape], filled: Sequence[int], width: int) -> int:
    """Return where the first full row stands below titles of a cell each; else the first row."""
    first = next((place for place in filled if shapes[place].filled == width), None)
    above = [shapes[place] for place in filled if first is not None and place < first]
    is_titled = width > 2 and bool(above) and all(shape.filled == 1 for shape in above)
    return first if first is not None and is_titled else filled[0]


def _is_foreword(rows: Rows, shapes: Sequence[Shape], filled: Sequence[int]) -> bool:
    """Return whether the first row is of another width than all others, and not their names.

    So it is where it is longer and the next one names columns, or a sentence cut at its commas.
    """
    if len(filled) < _FEW_ROWS:
        return False
    first, others = rows[filled[0]], [rows[place] for place in filled[1:]]
    width = len(others[0])
    if width < 2 or len(first) == width or any(len(row) != width for row in others):
        return False
    if shapes[filled[0]].last > width:
        return is_headed(others)
    return len(first) > 1 and all(is_prose(first, row) for row in others)


def _below_narrow(rows: Rows, shapes: Sequence[Shape], filled: Sequence[int]) -> int | None:
    """Return where a row names more columns than any row above it has, and all rows below have."""
    width = max(shapes[place].size for place in filled)
    first = next(place for place in filled if shapes[place].size == width)
    below = [rows[place] for place in filled if place >= first]
    is_far = first > filled[0] and filled.index(first) <= _MOST_FOREWORDS
    return first if is_far and is_headed(below) else None


def _is_full_above_all(shapes: Sequence[Shape], filled: Sequence[int], width: int) -> bool:
    """Return whether the first row has all cells filled and every row is of the same width."""
    same = all(shapes[place].size == width for place in filled)
    return width > 2 and bool(filled) and same and shapes[filled[0]].filled == width


def _following(places: Sequence[int]) -> Sequence[int]:
    """Return the places after the first in its block, or the next block where it stands alone."""
    return _in_same_block(places) or [*places[1:2], *_in_same_block(places[1:])]


def _in_same_block(places: Sequence[int]) -> list[int]:
    """Return the places after the first that follow it without a gap."""
    return [place for step, place in enumerate(places) if step and place == places[0] + step]


def _is_block_of_its_own(shapes: Sequence[Shape], begin: int, width: int, usual: float) -> bool:
    """Return whether a blank row soon ends what begins here, and something wider follows it."""
    blanks = (place for place in range(begin, len(shapes)) if not shapes[place].filled)
    blank = next(blanks, None)
    if blank is None or blank - begin > 15:
        return False
    block = [shape.filled for shape in shapes[begin:blank]]
    after = [shape.filled for shape in shapes[blank:] if shape.filled]
    if len(after) < max(2, len(block) // 2):
        return False
    return max(block) < median(after) and max(block) < width


def _measured(
    rows: Rows,
    shapes: Sequence[Shape],
    where: tuple[int, int],
    width: int,
    other_table: int | None,
) -> TablePlace:
    begin, end = where
    inside = [place for place in range(begin, end) if shapes[place].filled]
    has_row_names = _has_row_names(shapes, inside, width)
    used = _used_columns(rows, inside, width, has_row_names)
    first_column = 0 if has_row_names else min(used, default=0)
    count = max(used, default=width - 1) + 1 - first_column
    body = inside[1:] or inside
    limit = first_column + count
    return TablePlace(
        begin=begin,
        end=end,
        width=width,
        first_column=first_column,
        column_count=max(1, count),
        row_count=len(inside),
        regular_count=sum(shapes[place].size == width for place in inside)
        + (shapes[begin].size != width and begin in inside),
        long_count=sum(shapes[place].last > limit for place in inside),
        has_row_names=has_row_names,
        has_row_above=begin > 0 and _names_groups(rows[begin - 1 : begin + 1], width),
        has_doubtful_end=is_doubtful_end(rows, shapes, begin, end),
        totals=_totals(rows, body, width),
        other_table=other_table,
    )


def _totals(rows: Rows, body: Sequence[int], width: int) -> tuple[int, ...]:
    last = body[-3:] if width > 1 else ()
    return tuple(place for place in last if starts_like(TOTAL, rows[place]))


def _names_groups(pair: Rows, width: int) -> bool:
    """Return whether a row with gaps names groups of columns rather than being a title.

    Its words stand apart, or the row below leaves out the columns that it names alone.
    """
    upper, lower = map(Shape.of, pair)
    is_sparse = width > 2 and upper.size == width and 1 < upper.filled < width
    is_completed = width > lower.filled and all(map(any, zip(*pair, strict=False)))
    return is_sparse and (upper.last > 2 or (lower.size == width and is_completed))


def _has_row_names(shapes: Sequence[Shape], inside: Sequence[int], width: int) -> bool:
    """Return whether the header is one cell short while the rows' last column has values."""
    head, body = shapes[inside[0]], [shapes[place] for place in inside[1:]]
    if width < 3 or head.size != width - 1 or head.filled < head.size or not body:
        return False
    return sum(shape.last == width for shape in body) * 2 > len(body)


def _used_columns(rows: Rows, inside: Sequence[int], width: int, has_row_names: bool) -> set[int]:
    """Return the columns with any value or name; beyond the usual width only a name counts."""
    used = set(range(width)) if has_row_names else set()
    for place in inside:
        if len(used) < width:
            used |= {
                column
                for column, cell in enumerate(rows[place][:width])
                if column not in used and cell and not cell.isspace()
            }
    return used
