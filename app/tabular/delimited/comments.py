"""Lines that are no rows: comments among the rows, and borders drawn around them."""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from app.tabular.grid.cell_kinds import kind_of

_MARKS = ("##", "#", "//", "%", "--", "!")
_DRAWN = "─━═┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╭╮╰╯╞╪╡╟╫╢"
_BORDER = re.compile(rf"\s*[|+]?[-=:+|\s{_DRAWN}]*[-=─━═]{{3,}}[-=:+|\s{_DRAWN}]*")
_FRAME = ("┌", "└", "╔", "╚", "╭", "╰")
_MOST_BORDER = 3
# Below names parted by a delimiter, a rule is parted by it too; further below it may be values.
_RULE = re.compile(r"(?=.*-{3})-+(?:([,;\t])-+)(?:\1-+)*")
_MOST_ABOVE_RULE = 10
_LEAST_NAMED = 2
_LEAST_BELOW = 3
_COMMENTED = re.compile(rf"(?:{'|'.join(map(re.escape, _MARKS))}) +\w")
_VALUE = re.compile(r"[0-9.,:/+-]+")


def without_comments(lines: Sequence[str]) -> list[str]:
    """Return the lines that do not begin like a comment and are no border; all, if few would be.

    Several comments above all other lines may be more than these.
    """
    above = len(comments_above(lines))
    lines = lines[above:] if len(lines) - above >= _LEAST_BELOW else lines
    kept = [line for line in lines if not _is_aside(line)]
    return kept if len(kept) * 2 >= len(lines) else list(lines)


def border_mark(lines: Sequence[str]) -> str | None:
    """Return how the lines begin that only draw borders (`+----+`, `|---|`), None without any."""
    borders = [
        line.strip()
        for place, line in enumerate(lines)
        if is_border(line) or (place < _MOST_ABOVE_RULE and _is_rule(line))
    ]
    if not borders:
        return None
    # The frame's top and bottom, drawn with signs of their own, are left out with what is beyond.
    inner = [border for border in borders if not border.startswith(_FRAME)]
    return _shared_mark(inner or borders, lines)


def _shared_mark(borders: Sequence[str], lines: Sequence[str]) -> str | None:
    for length in range(_MOST_BORDER, 1, -1):
        mark = borders[0][:length]
        others = (line for line in lines if line.strip() not in borders)
        is_shared = all(border.startswith(mark) for border in borders)
        is_only_theirs = not any(line.lstrip(" ").startswith(mark) for line in others)
        if mark.strip() and is_shared and is_only_theirs and re.search(rf"[-=:{_DRAWN}]", mark):
            return mark
    return None


def comment_mark(lines: Sequence[str], irregular: Sequence[str]) -> str | None:
    """Return the mark that only lines which are no regular rows begin with, None without any.

    A line that is nothing but the mark is no row.
    """
    for mark in _MARKS:
        told = [line for line in lines if line.strip() != mark]
        marked = sum(line.lstrip(" ").startswith(mark) for line in told)
        irregular = [line for line in irregular if line.strip() != mark]
        among_irregular = sum(line.lstrip(" ").startswith(mark) for line in irregular)
        if marked and marked == among_irregular:
            return mark
    return None


def may_name_columns(lines: Sequence[str], mark: str | None, count: int) -> bool:
    """Return whether a comment above the rows has as many words as there are columns.

    The words may follow what they are: `#Fields: date time`. Without a mark of comments, the names
    may still be those of the last of several lines that look like comments.
    """
    if mark is None and (above := comments_above(lines)):
        return _COMMENTED.match(above[-1]) is not None
    if mark is None or count < _LEAST_NAMED:
        return False
    return count in named_counts(takewhile(lambda line: line.lstrip(" ").startswith(mark), lines))


def named_counts(comments: Iterable[str]) -> set[int]:
    """Return how many columns each of the comments would name."""
    bare = (line.strip().lstrip("".join(_MARKS)) for line in comments)
    return set().union(*map(_word_counts, bare))


def _word_counts(text: str) -> set[int]:
    told = re.fullmatch(r"\s*\w+: ?(.*)", text)
    texts = [text, told[1]] if told else [text]
    return {
        len(parts)
        for each in texts
        for pattern in (r"\s+", r"\s{2,}|\t", r"\s*[,;|]\s*")
        if all(parts := re.split(pattern, each.strip())) and not any(map(_VALUE.fullmatch, parts))
    }


def comments_above(lines: Sequence[str]) -> list[str]:
    """Return the lines above all others that begin with one mark, where there are several."""
    mark = next((mark for mark in _MARKS if lines and lines[0].startswith(mark)), None)
    leading = list(takewhile(lambda line: mark is not None and line.startswith(mark), lines))
    return leading if 1 < len(leading) < len(lines) else []


def marks_off_values(cells: Sequence[str]) -> bool:
    """Return whether a few cells of a column of values begin with a mark: their rows may be off."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    marked = [cell for cell in filled if cell.startswith(_MARKS)]
    if not 0 < len(marked) * 2 < len(filled):
        return False
    return all(kind_of(cell.lstrip("".join(_MARKS))).is_value for cell in filled)


def is_border(line: str) -> bool:
    """Return whether a line holds nothing but a drawn border."""
    return len(line) < 5_000 and _BORDER.fullmatch(line.rstrip("\r\n")) is not None


def _is_rule(line: str) -> bool:
    return len(line) < 5_000 and _RULE.fullmatch(line.rstrip("\r\n")) is not None


def _is_aside(line: str) -> bool:
    return line.lstrip(" ").startswith(_MARKS) or is_border(line)
