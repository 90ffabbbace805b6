"""Finds where a table begins and whether its first row names the columns."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"\s*[+-]?[0-9][0-9.,:/\- ]{0,40}%?\s*")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_ .\-()#/]{0,60}")
_KNOWN_NAMES = re.compile(
    r"(?i)(^|[ _.-])(id|uuid|e?mail|name|first|last|date|time|type|title|phone|address|city|zip|"
    r"country|state|price|total|amount|quantity|qty|status|code|user|customer|product|order|sku|"
    r"category|created|updated|count|number|description|url|gender|age|language|value)s?($|[ _.-])"
)
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class HeaderVote:
    """Whether the first row names the columns, how sure that is, and why."""

    has_header: bool
    confidence: float
    sentence: str


def rows_before_table(rows: Rows) -> int:
    """Return how many rows stand above the table: titles, notes, all narrower than it."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    usual_width = Counter(len(row) for row in rows).most_common(1)[0][0]
    if usual_width < 3:
        return 0
    usual_filled = Counter(filled).most_common(1)[0][0]
    for place, row in enumerate(rows[:50]):
        if len(row) >= usual_width and filled[place] * 2 > usual_filled:
            return place
    return 0


def header_vote(rows: Rows) -> HeaderVote:
    """Return whether the first of the rows is a header: each column has a vote."""
    first, below = rows[0], rows[1:200]
    if not below:
        named = all(_NAME.fullmatch(cell.strip()) for cell in first)
        return HeaderVote(named, 0.5, "The file has a single row.")
    votes = [
        _vote(cell, [row[place] for row in below if place < len(row)])
        for place, cell in enumerate(first)
    ]
    if len(set(first)) < len(first):
        votes.append(-0.5)
    score = sum(votes) / max(1, len(votes))
    strength = min(0.99, 0.5 + abs(score) / 2)
    if score > 0:
        count = sum(vote > 0 for vote in votes)
        sentence = f"{count:,} of {len(first):,} columns have a first cell that looks like a name."
    else:
        sentence = "The first row looks like the rows below it."
    return HeaderVote(score > 0, round(strength, 3), sentence)


def _vote(name: str, values: Sequence[str]) -> float:
    filled = [value for value in values if value.strip()]
    if not name.strip():
        return -0.2 if filled else 0.0
    if _NUMBER.fullmatch(name):
        return -1.0
    vote = 0.0
    numbers = sum(_NUMBER.fullmatch(value) is not None for value in filled)
    if filled and numbers > len(filled) * 0.8:
        vote += 1.0
    if name in filled:
        vote -= 0.8
    if _KNOWN_NAMES.search(name) and _NAME.fullmatch(name):
        vote += 0.6
    elif _NAME.fullmatch(name) and filled and name not in filled:
        vote += 0.2
    if "@" in name or len(name) > 60:
        vote -= 1.0
    return max(-1.0, min(1.0, vote))
