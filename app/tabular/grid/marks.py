"""Which decimal and thousands marks the numbers of a table are written with."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from app.tabular.options import ParsingOptions

_POINT = re.compile(r"[+-]?[0-9]+\.[0-9]+")
_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
_GROUPS = {
    mark: re.compile(rf"[+-]?[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{3}})+(?:[.,][0-9]+)?")
    for mark in (",", ".", " ", "'", "\u00a0", "\u202f", "\u2019")
}
_POINT_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:[,' \u00a0\u202f\u2019][0-9]{3})+\.[0-9]+")
_COMMA_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:[.' \u00a0\u202f\u2019][0-9]{3})+,[0-9]+")
_LOOSE = re.compile(r"[^0-9.,' \u00a0\u202f\u2019+-]")
_SURE_GROUPS = (" ", "'", "\u00a0", "\u202f", "\u2019")


def with_number_marks(options: ParsingOptions, rows: Sequence[Sequence[str]]) -> ParsingOptions:
    """Return the options with the marks that most numbers of the rows have."""
    cells = [_LOOSE.sub("", cell[:40]).strip() for row in islice(rows, 300) for cell in row]
    cells = [cell for cell in cells if cell]
    point = _count(_POINT, cells) + 2 * _count(_POINT_GROUPED, cells)
    comma = _count(_COMMA, cells) + 2 * _count(_COMMA_GROUPED, cells)
    # `28,801` alone is thousands in a file of points, and a decimal in a file of commas.
    triples = _count(_GROUPS[","], cells)
    is_comma = comma > point and comma > triples
    decimal = "," if is_comma else "."
    return replace(options, decimal_mark=decimal, thousands_mark=_thousands(decimal, cells))


def _thousands(decimal: str, cells: Sequence[str]) -> str:
    grouped = _COMMA_GROUPED if decimal == "," else _POINT_GROUPED
    signs = {sign for cell in cells if grouped.fullmatch(cell) for sign in cell
             if not sign.isdigit() and sign not in f"+-{decimal}"}  # fmt: skip
    certain = signs or {mark for mark in _SURE_GROUPS if _count(_GROUPS[mark], cells)}
    if certain:
        return min(certain)
    other = "," if decimal == "." else "."
    has_triples = _count(_GROUPS[other], cells) > 0
    return other if has_triples and not _has_loose(other, cells) else ""


def _has_loose(mark: str, cells: Sequence[str]) -> bool:
    """Return whether the mark also stands where it cannot group thousands."""
    pattern = re.compile(rf"[+-]?[0-9]+{re.escape(mark)}[0-9]+")
    return any(pattern.fullmatch(cell) and not _GROUPS[mark].fullmatch(cell) for cell in cells)


def _count(pattern: re.Pattern[str], cells: Sequence[str]) -> int:
    return sum(pattern.fullmatch(cell) is not None for cell in cells)
