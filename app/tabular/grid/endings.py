"""Where a table ends: what stands below it are notes, blank rows and other tables."""

import re
from collections.abc import Sequence
from itertools import groupby

from app.tabular.grid.cell_kinds import kind_of
from app.tabular.grid.shapes import Rows, Shape, fits

TOTAL = re.compile(
    r"(?i)\W*(?:(?:grand|sub)[ -]?)?(?:totals?|sum|summe|gesamt\w*|somme|totale|suma|razem|итого|"
    r"celkem|totaal|всего)\b.{0,30}"
)
_NOTE = re.compile(
    r"(?i)\s*(?:(?:sources?|quelle|fuente|fonte|notes?|footnotes?|remarks?|anmerkung|legend|"
    r"generated|exported|created|copyright|page|end of|eof|data as of|[0-9]+ rows?|bron|kilde|"
    r"källa|lähde|źródło|zdroj|hinweis|nota|remarque|observa\w*|примечание|источник)\b|"
    r"\*|†|©|\([0-9]+ rows?\b|\([0-9a-z]\)|[0-9]\) |-- ).{0,300}"
)
_FEW = 3
_REMARK = re.compile(r"\W*\w[\w ]{0,30}: .{3,300}|(?:\S+\s+){4,60}\S+")


def end_row(
    rows: Rows, shapes: Sequence[Shape], begin: int, width: int, usual: float
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


def is_doubtful_end(rows: Rows, shapes: Sequence[Shape], begin: int, end: int) -> bool:
    """Return whether a person should say where the table ends.

    So it is where what is left out below follows it at once and is no note, and where its last
    rows are set off by the only blank ones.
    """
    if _has_last_few(shapes[:end], begin) or _ends_without_first(rows[begin:end]):
        return True
    below = [row for row in rows[end:] if any(map(str.isalnum, "".join(row)))]
    is_apart = end < len(rows) and not (shapes[end - 1].filled and shapes[end].filled)
    if not below or is_apart or starts_like(_NOTE, below[0]):
        return False
    return not all(len(row) == 1 and _REMARK.fullmatch(row[0]) for row in below)


def _ends_without_first(table: Rows) -> bool:
    """Return whether the last rows alone have no first cell, and sums further on."""
    body = [row for row in table if any(row)][1:]
    is_filled = [bool(row[0].strip()) for row in body]
    count = next((place for place, each in enumerate(reversed(is_filled)) if each), 0)
    if not 0 < count <= _FEW < len(body) or not all(is_filled[:-count]):
        return False
    return all(any(kind_of(cell).is_value for cell in row) for row in body[-count:])


def _has_last_few(shapes: Sequence[Shape], begin: int) -> bool:
    blocks = [stop - start for start, stop in _blocks(shapes, begin)]
    return len(blocks) == 2 and blocks[1] <= _FEW < blocks[0]


def _blocks(shapes: Sequence[Shape], begin: int) -> list[tuple[int, int]]:
    """Return the runs of filled rows, as first and after the last place."""
    places = range(begin, len(shapes))
    runs = (list(run) for is_filled, run in groupby(places, lambda p: shapes[p].filled > 0)
            if is_filled)  # fmt: skip
    return [(run[0], run[-1] + 1) for run in runs]


def _is_apart(
    rows: Rows,
    shapes: Sequence[Shape],
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
    if width > 1 and not any(fits(shape, width, usual) for shape in block):
        return True
    if width > 1 and len({shape.size for shape in block}) == 1 and block[0].size != width:
        return True
    if width > 1 and len(block) <= 3 and starts_like(TOTAL, rows[start]):
        return True
    return all(_is_note(row, width) for row in rows[start:stop])


def _is_below(
    row: Sequence[str], shapes: Sequence[Shape], where: tuple[int, int], width: int, usual: float
) -> bool:
    """Return whether the last row is a note below the table rather than one of its rows."""
    begin, place = where
    shape = shapes[place]
    if not shape.filled:
        return True
    is_narrow = shape.filled == 1 or shape.size < width
    if _is_note(row, width) and is_narrow and (width > 1 or place > begin + 2):
        return True
    if fits(shape, width, usual) or width == 1 or shape.filled > 1:
        return False
    if shape.size == width and not (width > 2 and _is_sentence(row[0])):
        return False
    above = [each for each in shapes[begin:place] if each.filled]
    while len(above) > 2 and above[-1] == shape:  # the lines of one note
        above.pop()
    alike = sum(each.filled <= shape.filled for each in above)
    return len(above) >= 2 and alike * 20 <= len(above)


def _is_note(row: Sequence[str], width: int) -> bool:
    """Return whether a row reads like a note; a few words in a row of all cells are a value."""
    text = "".join(row).strip()
    is_value = len(row) == width > 1 and ":" not in text and not _is_sentence(text)
    return starts_like(_NOTE, row) and not (is_value and text[0].isalpha())


def _is_sentence(cell: str) -> bool:
    return len(cell.split()) > 3


def starts_like(pattern: re.Pattern[str], row: Sequence[str]) -> bool:
    """Return whether the first filled cell of a row matches."""
    first = next((cell for cell in row if cell.strip()), "")
    return pattern.fullmatch(first[:300]) is not None
