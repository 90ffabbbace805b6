"""Tries dialects on a sample of lines, and tells which of them makes a table of it."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.tabular.delimited.dialects import candidates
from app.tabular.delimited.leftovers import ends_in_other_sign, holds_tabs
from app.tabular.delimited.quoting import bare_fit, quote_factor
from app.tabular.delimited.records import cells_of
from app.tabular.grid.cell_kinds import CellKind, kind_of
from app.tabular.grid.shapes import Rows
from app.tabular.grid.structure import TablePlace, table_place
from app.tabular.options import ParsingOptions

MOST_ROWS = 300
_MOST_CUT_LINES = 20
# Numbers side by side in one cell are two cells.
_UNCUT = -0.5
_MANY_NUMBERS = re.compile(r"\s*(?:[0-9.]+\s+){4,}[0-9.]+\s*")
_BRACKETS = ("()", "[]", "{}")
_WORTH = {
    CellKind.EMPTY: 0.6,
    CellKind.NUMBER: 1.0,
    CellKind.DATE: 1.0,
    CellKind.TOKEN: 0.9,
    CellKind.WORDS: 0.8,
    CellKind.TEXT: 0.25,
}
# One column fits every text, and so says nothing; many columns say no more than two.
_ONE_COLUMN = 0.3
_UNCUT_COLUMN = 0.5
_LEAST_GUARDED = 3
_SIGNS_LEFT = 0.5
# The second opinion looks at less: its time grows faster than the text and its lines.
_SECOND_OPINION_CHARACTERS = 30_000
_SECOND_OPINION_LINE = 2_000


@dataclass(frozen=True)
class Trial:
    """One dialect tried on the sample."""

    options: ParsingOptions
    score: float
    rows: Rows
    place: TablePlace


def tried_dialects(
    lines: Sequence[str], base: ParsingOptions, *, ruled: tuple[int, ...] = (), is_whole: bool
) -> list[Trial]:
    """Return the dialects that may be meant, tried on the lines, best first."""
    tried = (
        _trial(options, belief, lines, is_whole)
        for options, belief in candidates(lines, base, ruled)
    )
    found = [trial for trial in tried if trial is not None]
    unquoted = None if any('"' in line for line in lines) else '"'
    bare = {
        _cut(trial.options): trial
        for trial in found
        if trial.options.quote == unquoted and trial.options.escape is None
    }
    judged = (_judged(trial, bare.get(_cut(trial.options))) for trial in found)
    return sorted(judged, key=lambda trial: trial.score, reverse=True)


def _cut(options: ParsingOptions) -> tuple[object, ...]:
    return options.format, options.delimiter, options.is_repeated, options.is_padded


def _judged(trial: Trial, bare: Trial | None) -> Trial:
    """Return a trial with less belief where its quotes guard nothing and may be text."""
    quote = trial.options.quote
    if quote is None or bare is None or trial.place.width != bare.place.width:
        return trial
    count = bare.place.row_count
    is_irregular = bare.place.regular_count < count or _outside(bare) > _outside(trial)
    if is_irregular or count < trial.place.row_count:
        return trial
    return replace(trial, score=trial.score * bare_fit(bare.rows, quote))


def parsed(
    lines: Sequence[str], options: ParsingOptions, *, is_whole: bool
) -> Iterator[tuple[int, list[str]]]:
    """Yield each record and which of the lines, from 0, it begins on; raise csv.Error.

    A quote still open after the last line is an error, unless the lines are cut there.
    """
    taken, is_at_end = 0, False

    def counted() -> Iterator[str]:
        nonlocal taken, is_at_end
        for line in lines:
            taken += 1
            yield line
        is_at_end = True

    first = 0
    for cells in cells_of(counted(), options):
        if is_at_end:
            _refuse_open_quote(taken - first, is_whole)
            return
        yield first, cells
        first = taken


def _refuse_open_quote(line_count: int, is_whole: bool) -> None:
    if is_whole or line_count > _MOST_CUT_LINES:
        raise csv.Error("a quote is never closed")


def second_opinion(lines: Sequence[str]) -> str | None:
    """Return the delimiter that CleverCSV finds, or None where it finds none or cannot be asked."""
    sample, size = [], 0
    for line in lines:
        size += len(line)
        if len(line) > _SECOND_OPINION_LINE or size > _SECOND_OPINION_CHARACTERS:
            break
        sample.append(line)
    if not sample:
        return None
    # Imported once it is asked: it looks at every character there is when it is imported.
    import clevercsv

    try:
        found = clevercsv.Detector().detect("".join(sample), delimiters=list(",;\t|:^~ "))
    except (clevercsv.Error, ValueError, IndexError):
        return None
    return (found.delimiter or None) if found else None


def _outside(trial: Trial) -> int:
    """Return how many rows there are above and below the table."""
    return sum(any(row) for row in trial.rows) - trial.place.row_count


def _trial(
    options: ParsingOptions, belief: float, lines: Sequence[str], is_whole: bool
) -> Trial | None:
    rows: list[tuple[str, ...]] = []
    try:
        for _, cells in parsed(lines, options, is_whole=is_whole):
            rows.append(tuple(cells))
            if len(rows) >= MOST_ROWS:
                break
    except csv.Error:
        return None
    place = table_place(rows)
    if place is None:
        return None
    table = [row for row in rows[place.begin : place.end] if any(row)]
    filled = [row for row in rows if any(row)]
    covered = place.row_count / max(1, len(filled))
    regular = _regularity(table, place)
    score = regular**2 * covered**0.5 * (0.1 + _worth(table, options)) * belief
    if place.column_count == 1:
        score *= _ONE_COLUMN * (_UNCUT_COLUMN if _is_uncut(table) else 1.0)
    if belief < 1.0 and _is_guarded(filled, place, options):
        score /= belief
    if holds_tabs(filled, options) or ends_in_other_sign(table, options.delimiter):
        score *= _SIGNS_LEFT
    return Trial(options, score * quote_factor(filled, options), rows, place)


def _is_guarded(rows: Rows, place: TablePlace, options: ParsingOptions) -> bool:
    """Return whether quotes keep the delimiter within cells, and all rows are of one width."""
    if options.quote is None or options.is_repeated or place.column_count < _LEAST_GUARDED:
        return False
    is_even = place.regular_count == place.row_count == len(rows) > 2
    return is_even and any(options.delimiter in cell for row in rows for cell in row)


def _regularity(table: Rows, place: TablePlace) -> float:
    """Return the share of rows of the usual width; rows that leave off their end count half."""
    share = place.regular_count / max(1, place.row_count)
    is_widest_first = all(len(row) <= len(table[0]) for row in table) and all(table[0])
    return share + (1 - share) / 2 if is_widest_first else share


def _worth(rows: Rows, options: ParsingOptions) -> float:
    """Return how much the cells look like values, between 0 and 1."""
    cells = [cell for row in rows[:200] for cell in row[:200]]
    worth = sum(_worth_of(cell, options) for cell in cells)
    return worth / len(cells) if cells else 0.0


def _worth_of(cell: str, options: ParsingOptions) -> float:
    kind = kind_of(cell)
    worth = _WORTH[kind]
    if kind is CellKind.TOKEN and _MANY_NUMBERS.fullmatch(cell):
        return _UNCUT
    if kind is not CellKind.TEXT:
        return worth
    parts = cell.split()
    if len(parts) > 1 and all(kind_of(part).is_value for part in parts):
        return _UNCUT
    if any(sign in cell for sign in ";\t|" if sign != options.delimiter) or _is_unbalanced(cell):
        return worth / 2
    return worth


def _is_uncut(rows: Rows) -> bool:
    """Return whether all rows of one cell hold as many words and values, in the same order."""
    kinds = {tuple(kind_of(part) for part in "".join(row).split()) for row in rows[1:]}
    (found, *others) = kinds or {()}
    is_mixed = CellKind.WORDS in found and any(kind.is_value for kind in found)
    return is_mixed and len(rows) > 2 and not others


def _is_unbalanced(cell: str) -> bool:
    return any(cell.count(pair[0]) != cell.count(pair[1]) for pair in _BRACKETS)
