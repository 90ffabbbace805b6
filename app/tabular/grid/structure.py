"""Where the table is among the rows of a file or sheet: titles, notes and empty edges left out."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from statistics import median

Rows = Sequence[Sequence[str]]
_MOST_ABOVE = 200
_TOTAL = re.compile(
    r"(?i)\W*(?:(?:grand|sub)[ -]?)?(?:totals?|sum|summe|gesamt\w*|somme|totale|suma|razem|итого|"
    r"celkem|totaal|всего)\b.{0,30}"
)
_NOTE = re.compile(
    r"(?i)\s*(?:sources?|quelle|fuente|fonte|notes?|footnotes?|remarks?|anmerkung|legend|"
    r"generated|exported|created|copyright|page|end of|data as of|\*|†|©|\([0-9]+ rows?\)|"
    r"[0-9]+ rows?\b|\([0-9a-z]\)|[0-9]\) |-- ).{0,300}"
)
_REMARK = re.compile(r"\W*\w[\w ]{0,30}: .{3,300}|(?:\S+\s+){4,60}\S+")


@dataclass(frozen=True)
class TablePlace:
    """Rows `begin` to `end` (excluded) hold the table, its header among them.

    Its columns are `column_count` cells from `first_column` on. `width` is how many cells a row
    usually has; `regular_count` of the `row_count` filled rows have it. With `has_row_above`, the
    row above the table has names for groups of its columns. `totals` are the places of rows that
    look like totals but are kept; with `has_doubtful_end`, the rows left out below are no notes and
    follow at once; `other_table` is where a second one seems to begin.
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
    shapes = [_Shape.of(row) for row in rows]
    filled = [place for place, shape in enumerate(shapes) if shape.filled]
    if not filled:
        return None
    width = _usual_width(shapes)
    usual = _usual_fill([shapes[place].filled for place in filled if shapes[place].size >= width])
    if begin is None:
        begin = _first_row(shapes, filled, width, usual)
    end, other_table = _end_row(rows, shapes, begin, width, usual)
    return _measured(rows, shapes, (begin, end), width, other_table)


@dataclass(frozen=True)
class _Shape:
    """How many cells a row has, how many are filled, and up to where."""

    size: int
    filled: int
    last: int

    @classmethod
    def of(cls, row: Sequence[str]) -> "_Shape":
        places = [place for place, cell in enumerate(row, 1) if cell and not cell.isspace()]
        return cls(len(row), len(places), places[-1] if places else 0)


def _usual_width(shapes: Sequence[_Shape]) -> int:
    """Return the width most cells are in rows of, or a header's where rows leave off their end."""
    weights: Counter[int] = Counter()
    for shape in shapes:
        weights[shape.size] += shape.filled
    width = max(weights, key=lambda size: (weights[size], size))
    longer = [shape for shape in shapes if shape.size > width and shape.filled]
    if not longer or len(longer) * 10 < len(shapes):
        first = next((shape for shape in shapes if shape.filled >= max(2, width)), None)
        is_header_longest = first is not None and all(each.size <= first.size for each in shapes)
        return first.size if first is not None and is_header_longest else width
    return max(each.size for each in longer) if _is_growing(shapes, width) else width


def _usual_fill(fills: Sequence[int]) -> float:
    """Return how many filled cells the row has in which the middle one of all of them stands."""
    return median(chain.from_iterable([fill] * min(fill, 1_000) for fill in fills))


def _is_growing(shapes: Sequence[_Shape], width: int) -> bool:
    """Return whether the first wide row is also the widest, as where rows leave off their end."""
    widest = max(shape.size for shape in shapes)
    first = next((shape for shape in shapes if shape.filled >= min(2, width)), None)
    return first is not None and first.size == widest and first.filled == widest


def _fits(shape: _Shape, width: int, usual: float) -> bool:
    if width == 1:
        return shape.filled == 1
    is_wide = shape.size >= max(2, width * 0.6) or shape.size >= width - 1
    return is_wide and shape.filled >= max(2 if usual >= 2 else 1, usual * 0.5)


def _first_row(shapes: Sequence[_Shape], filled: Sequence[int], width: int, usual: float) -> int:
    if width == 1:
        return filled[0]
    for number, place in enumerate(filled[:_MOST_ABOVE]):
        if not _fits(shapes[place], width, usual):
            continue
        following = _in_same_block(filled[number : number + 7]) or filled[number + 1 : number + 7]
        fitting = sum(_fits(shapes[each], width, usual) for each in following)
        if fitting * 3 >= len(following) * 2 and not _is_block_of_its_own(
            shapes, place, width, usual
        ):
            return place
    return filled[0]


def _in_same_block(places: Sequence[int]) -> list[int]:
    """Return the places after the first that follow it without a gap."""
    return [place for step, place in enumerate(places) if step and place == places[0] + step]


def _is_block_of_its_own(shapes: Sequence[_Shape], begin: int, width: int, usual: float) -> bool:
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


def _end_row(
    rows: Rows, shapes: Sequence[_Shape], begin: int, width: int, usual: float
) -> tuple[int, int | None]:
    """Return where the table ends, and where a second one seems to begin."""
    end = len(shapes)
    other_table = None
    for start, stop in reversed(_blocks(shapes, begin)[1:]):
        if not _is_apart(rows, shapes, (begin, start, stop), width, usual):
            break
        end = start
        is_table = stop - start > 2 and max(shape.filled for shape in shapes[start:stop]) > 1
        other_table = start if is_table else other_table
    while end > begin + 1 and _is_below(rows[end - 1], shapes, (begin, end - 1), width, usual):
        end -= 1
    return end, other_table


def _is_doubtful_end(rows: Rows, shapes: Sequence[_Shape], end: int) -> bool:
    """Return whether what is left out below follows the table at once and is no note."""
    below = [row for row in rows[end:] if any(row)]
    is_apart = end < len(rows) and not (shapes[end - 1].filled and shapes[end].filled)
    if not below or is_apart or _starts_like(_NOTE, below[0]):
        return False
    return not all(len(row) == 1 and _REMARK.fullmatch(row[0]) for row in below)


def _blocks(shapes: Sequence[_Shape], begin: int) -> list[tuple[int, int]]:
    """Return the runs of filled rows, as first and after the last place."""
    places = range(begin, len(shapes))
    runs = (list(run) for is_filled, run in groupby(places, lambda p: shapes[p].filled > 0)
            if is_filled)  # fmt: skip
    return [(run[0], run[-1] + 1) for run in runs]


def _is_apart(
    rows: Rows,
    shapes: Sequence[_Shape],
    where: tuple[int, int, int],
    width: int,
    usual: float,
) -> bool:
    """Return whether the block of rows, set off by a blank row, is no part of the table above."""
    begin, start, stop = where
    before = [shape for shape in shapes[begin:start] if shape.filled]
    block = shapes[start:stop]
    if len(before) < 2 or len(block) > max(3, len(before)):
        return False
    if width > 1 and not any(_fits(shape, width, usual) for shape in block):
        return True
    if width > 1 and len({shape.size for shape in block}) == 1 and block[0].size != width:
        return True
    if width > 1 and len(block) <= 3 and _starts_like(_TOTAL, rows[start]):
        return True
    return all(_starts_like(_NOTE, row) for row in rows[start:stop])


def _is_below(
    row: Sequence[str], shapes: Sequence[_Shape], where: tuple[int, int], width: int, usual: float
) -> bool:
    """Return whether the last row is a note below the table rather than one of its rows."""
    begin, place = where
    shape = shapes[place]
    if not shape.filled:
        return True
    is_narrow = shape.filled == 1 or shape.size < width
    if _starts_like(_NOTE, row) and is_narrow and (width > 1 or place > begin + 2):
        return True
    if _fits(shape, width, usual) or width == 1 or shape.filled > 1:
        return False
    if shape.size == width and not (width > 2 and _is_sentence(row[0])):
        return False
    above = [each for each in shapes[begin:place] if each.filled]
    alike = sum(each.filled <= shape.filled for each in above)
    return len(above) >= 2 and alike * 20 <= len(above)


def _is_sentence(cell: str) -> bool:
    return len(cell.split()) > 3


def _starts_like(pattern: re.Pattern[str], row: Sequence[str]) -> bool:
    first = next((cell for cell in row if cell.strip()), "")
    return pattern.fullmatch(first[:300]) is not None


def _measured(
    rows: Rows,
    shapes: Sequence[_Shape],
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
        has_row_above=begin > 0 and _names_groups(rows[begin - 1], shapes[begin - 1], width),
        has_doubtful_end=_is_doubtful_end(rows, shapes, end),
        totals=_totals(rows, body, width),
        other_table=other_table,
    )


def _totals(rows: Rows, body: Sequence[int], width: int) -> tuple[int, ...]:
    last = body[-3:] if width > 1 else ()
    return tuple(place for place in last if _starts_like(_TOTAL, rows[place]))


def _names_groups(row: Sequence[str], shape: _Shape, width: int) -> bool:
    """Return whether a row with gaps names groups of columns rather than being a title."""
    return width > 2 and shape.size == width and 1 < shape.filled < width and shape.last > 2


def _has_row_names(shapes: Sequence[_Shape], inside: Sequence[int], width: int) -> bool:
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
