"""Finds delimiter, quote and escape of delimited text by trying them."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import clevercsv

DELIMITERS = {",": 1.0, ";": 1.0, "\t": 1.0, "|": 1.0, "^": 0.8, "~": 0.8, ":": 0.6, " ": 0.5}
MOST_ROWS = 1_000
LONGEST_SAMPLE_LINE = 20_000
# The second opinion looks at less: its time grows faster than the text and its lines.
_SECOND_OPINION_CHARACTERS = 50_000
_SECOND_OPINION_LINE = 2_000

_KNOWN = re.compile(
    r"""\s*(?:
      [+-]?[0-9]{1,18}(?:[.,][0-9]{1,18})?%?                                     # a number
    | [+-]?[0-9]{1,3}(?:[.,' ][0-9]{3}){1,6}(?:[.,][0-9]{1,18})?                 # with thousands
    | [0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}(?:[ T][0-9:.]{4,15}Z?)?           # a date
    | [A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{3,250}                                # an address
    | https?://[^\s]{3,2000}
    | (?:true|false|yes|no|null|none|n/a|nan|\\N)
    | [A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f0-9_\- ]{0,60}                    # a word or two
    )?\s*""",
    re.IGNORECASE | re.VERBOSE,
)


class Dialect(NamedTuple):
    """How cells are kept apart."""

    delimiter: str
    quote: str | None
    escape: str | None


@dataclass(frozen=True)
class Trial:
    """One dialect tried on the sample."""

    dialect: Dialect
    score: float
    width: int
    regular_count: int
    rows: tuple[tuple[str, ...], ...]


def tried_dialects(lines: Sequence[str]) -> list[Trial]:
    """Return the dialects that may be meant, tried on the lines, best first."""
    text = "".join(lines)
    trials = [_trial(dialect, lines) for dialect in _candidates(text)]
    return sorted(trials, key=lambda trial: trial.score, reverse=True)


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
    try:
        found = clevercsv.Detector().detect("".join(sample), delimiters=list(DELIMITERS))
    except (clevercsv.Error, ValueError, IndexError):
        return None
    return (found.delimiter or None) if found else None


def _candidates(text: str) -> list[Dialect]:
    delimiters = [sign for sign in DELIMITERS if sign in text] or [","]
    dialects = []
    for delimiter in delimiters:
        mark = re.escape(delimiter)
        for quote in ('"', "'"):
            opens = re.search(rf"(^|{mark}){quote}", text, re.MULTILINE)
            closes = re.search(rf"{quote}({mark}|$)", text, re.MULTILINE)
            if quote == '"' or (opens and closes):
                dialects.append(Dialect(delimiter, quote, None))
            if f"\\{quote}" in text and opens and closes:
                dialects.append(Dialect(delimiter, quote, "\\"))
        if '"' in text:
            dialects.append(Dialect(delimiter, None, None))
    return dialects


def _trial(dialect: Dialect, lines: Sequence[str]) -> Trial:
    rows = _parsed(dialect, lines)
    if not rows:
        return Trial(dialect, 0.0, 0, 0, ())
    widths = Counter(len(row) for row in rows)
    width, regular_count = widths.most_common(1)[0]
    regularity = regular_count / len(rows)
    # One column fits every text, and so says nothing; many columns say no more than two.
    breadth = 1.0 if width > 1 else 0.35
    known = _known_share(rows, dialect)
    score = regularity**2 * (0.1 + known) * breadth * DELIMITERS[dialect.delimiter]
    score *= _quote_factor(dialect, rows)
    return Trial(dialect, score, width, regular_count, rows)


def _parsed(dialect: Dialect, lines: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    reader = csv.reader(
        lines,
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        quoting=csv.QUOTE_NONE if dialect.quote is None else csv.QUOTE_MINIMAL,
        escapechar=dialect.escape,
    )
    rows: list[tuple[str, ...]] = []
    try:
        for row in reader:
            if any(row):
                rows.append(tuple(row))
            if len(rows) >= MOST_ROWS:
                break
    except csv.Error:
        return ()
    return tuple(rows)


def _known_share(rows: Sequence[Sequence[str]], dialect: Dialect) -> float:
    cells = [cell for row in rows[:300] for cell in row[:200]]
    known = sum(_KNOWN.fullmatch(cell[:300]) is not None for cell in cells)
    return known / len(cells) if cells else 0.0


def _quote_factor(dialect: Dialect, rows: Sequence[Sequence[str]]) -> float:
    """Return how well the quote fits: one left inside the cells, or that spans lines, does not."""
    cells = [cell for row in rows[:300] for cell in row[:200]]
    if dialect.quote is None:
        wrapped = sum(len(cell) > 1 and cell[0] == cell[-1] == '"' for cell in cells)
        return 0.9 if not wrapped else 0.6
    if any(cell.count("\n") > 20 for cell in cells):
        return 0.5
    factor = 1.0 if dialect.quote == '"' else 0.97
    escaped = f"\\{dialect.quote}"
    return factor * (1.02 if dialect.escape and not any(escaped in cell for cell in cells) else 1.0)
