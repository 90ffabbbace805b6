"""Lines that are no rows: comments among the rows, and borders drawn around them."""

import re
from collections.abc import Sequence

_MARKS = ("##", "#", "//", "%", "--", "!")
_DRAWN = "─━═┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╭╮╰╯╞╪╡╟╫╢"
_BORDER = re.compile(rf"\s*[|+]?[-=:+|\s{_DRAWN}]*[-=─━═]{{3,}}[-=:+|\s{_DRAWN}]*")
_FRAME = ("┌", "└", "╔", "╚", "╭", "╰")
_MOST_BORDER = 3


def without_comments(lines: Sequence[str]) -> list[str]:
    """Return the lines that do not begin like a comment and are no border; all, if few would be."""
    kept = [line for line in lines if not _is_aside(line)]
    return kept if len(kept) * 2 >= len(lines) else list(lines)


def border_mark(lines: Sequence[str]) -> str | None:
    """Return how the lines begin that only draw borders (`+----+`, `|---|`), None without any."""
    borders = [line.strip() for line in lines if is_border(line)]
    if not borders:
        return None
    # The frame's top and bottom, drawn with signs of their own, are left out with what is beyond.
    inner = [border for border in borders if not border.startswith(_FRAME)]
    return _shared_mark(inner or borders, lines)


def _shared_mark(borders: Sequence[str], lines: Sequence[str]) -> str | None:
    for length in range(_MOST_BORDER, 1, -1):
        mark = borders[0][:length]
        others = (line for line in lines if not is_border(line))
        is_shared = all(border.startswith(mark) for border in borders)
        is_only_theirs = not any(line.lstrip(" ").startswith(mark) for line in others)
        if mark.strip() and is_shared and is_only_theirs and re.search(rf"[-=:{_DRAWN}]", mark):
            return mark
    return None


def comment_mark(lines: Sequence[str], irregular: Sequence[str]) -> str | None:
    """Return the mark that only lines which are no regular rows begin with, None without any."""
    for mark in _MARKS:
        marked = sum(line.lstrip(" ").startswith(mark) for line in lines)
        among_irregular = sum(line.lstrip(" ").startswith(mark) for line in irregular)
        if marked and marked == among_irregular:
            return mark
    return None


def is_border(line: str) -> bool:
    """Return whether a line holds nothing but a drawn border."""
    return len(line) < 5_000 and _BORDER.fullmatch(line.rstrip("\r\n")) is not None


def _is_aside(line: str) -> bool:
    return line.lstrip(" ").startswith(_MARKS) or is_border(line)
