"""Tells texts whose lines are tagged, as settings, bank statements and references are, from rows.

Each line begins with a key from a small vocabulary that says what is in it; a record takes several
lines, or has lines of as many parts as its key wants. Cut anywhere, they make no table.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from app.tabular.grid.cell_kinds import CellKind, kind_of
from app.tabular.grid.readings import Reading
from app.tabular.grid.shapes import Rows

_LEAST_KEYS = 3
_MOST_LINES = 500
_LONGEST = 1_000
_SETTING = re.compile(r"(?:export )?(?P<key>[A-Za-z_][\w.-]{0,60}) ?=.*")
_TAG = re.compile(r"(?P<sign>[:@%$])(?P<key>[A-Z0-9]{1,6})(?P=sign).*")
_REFERENCE = re.compile(r"(?P<key>[A-Z][A-Z0-9]{0,4}) *-(?: .*)?")
_LEVEL = re.compile(r"(?P<level>[0-9]) (?:@\w+@ )?[A-Z_]{3,5}(?: .*)?")
_SEGMENT = re.compile(r"(?P<key>[A-Z][A-Z0-9]{1,2})[*+].*")
_TITLE = re.compile(r"[>@*%].*")
_OUTLINE = re.compile(r"(?P<indent> *)(?:- +)?(?:[\w.-]+:(?: .*)?|(?<=- ).*)")
_BARE_SIGNS = re.compile(r"[^\w\s,;|\"']{1,4}")
_PAIR = re.compile(r"(?P<key>[a-z][\w.-]{0,30}) (?P<value>\S+)")
_MOST_PAIRS = 8
_ASIDE = ("#", ";", "[")
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9]{1,4}")


def is_tagged(reading: Reading, lines: Sequence[str]) -> bool:
    """Return whether the lines are tagged by keys rather than rows of a table."""
    texts = [line.strip()[:_LONGEST] for line in lines[:_MOST_LINES] if line.strip()]
    if (
        _is_of_pairs(texts)
        or _is_of_records(reading, texts)
        or _has_shapes_by_key(reading.rows)
        or _is_outline(lines)
    ):
        return True
    bare = [text for text in texts if not text.startswith(_ASIDE)]
    if any(_has_keys(pattern, bare) for pattern in (_SETTING, _TAG)):
        return True
    if _has_keys(_SEGMENT, bare):
        # Rows of a table have as many parts each.
        return len({text.count("*") + text.count("+") for text in bare}) > 1
    return _has_keys(_REFERENCE, bare, is_repeated=True) or _is_levelled(bare)


def _has_keys(pattern: re.Pattern[str], texts: Sequence[str], *, is_repeated: bool = False) -> bool:
    """Return whether all lines are tagged so, but for such as have nothing but a sign or two."""
    told = [text for text in texts if not _BARE_SIGNS.fullmatch(text)]
    found = [match["key"] for text in told if (match := pattern.fullmatch(text))]
    keys = set(found)
    is_enough = len(keys) >= _LEAST_KEYS and len(found) == len(told)
    return is_enough and (not is_repeated or len(keys) < len(found))


def _is_of_pairs(texts: Sequence[str]) -> bool:
    """Return whether a few lines are keys with values of three kinds, as in what Git LFS leaves.

    Values below each other in a column are more alike, or have a name above them.
    """
    found = [match for text in texts[: _MOST_PAIRS + 1] if (match := _PAIR.fullmatch(text))]
    if not _LEAST_KEYS <= len(texts) == len(found) <= _MOST_PAIRS:
        return False
    kinds = {kind_of(match["value"]) for match in found}
    is_named = kind_of(found[0]["value"]) is CellKind.WORDS
    is_mixed = len(kinds) >= min(len(found), _LEAST_KEYS) and not is_named
    return is_mixed and len({match["key"] for match in found}) == len(found)


def _is_of_records(reading: Reading, texts: Sequence[str]) -> bool:
    """Return whether lines of a single sign end records of several lines of one cell each.

    So it is, too, where lines that begin with a sign are titles of them.
    """
    if reading.place.column_count > 1:
        return False
    titles = [text for text in texts if _TITLE.fullmatch(text)]
    if titles[:1] == texts[:1] and 1 < len(titles) <= len(texts) / 2:
        return len({title[0] for title in titles}) == 1
    ends = [text for text in texts if _BARE_SIGNS.fullmatch(text)]
    return len(ends) > 1 and len(set(ends)) == 1 and texts[-1] == ends[0] and texts[0] != ends[0]


def _has_shapes_by_key(rows: Rows) -> bool:
    """Return whether the key in the first cell says how many cells a row has, for many a number."""
    sizes: dict[str, set[int]] = defaultdict(set)
    filled = [row for row in rows[:_MOST_LINES] if any(row)]
    for row in filled:
        sizes[row[0].strip()].add(len(row))
    if len(sizes) == len(filled) or not all(_KEY.fullmatch(key) for key in sizes):
        return False
    is_told = all(len(each) == 1 for each in sizes.values())
    return is_told and len(set().union(*sizes.values())) >= _LEAST_KEYS


def _is_levelled(texts: Sequence[str]) -> bool:
    """Return whether all lines begin with how deep they are in a tree, then a key."""
    found = [_LEVEL.fullmatch(text) for text in texts]
    levels = [int(match["level"]) for match in found if match]
    is_tree = levels[:1] == [0] and all(to <= at + 1 for at, to in pairwise(levels))
    return len(levels) == len(texts) and is_tree and 1 < levels.count(0) < len(levels)


def _is_outline(lines: Sequence[str]) -> bool:
    """Return whether all lines are keys with their values, some of them within others."""
    texts = [line.rstrip()[:_LONGEST] for line in lines[:_MOST_LINES] if line.strip()]
    found = [_OUTLINE.fullmatch(text) for text in texts]
    indents = {match["indent"] for match in found if match}
    is_open = any(text.endswith(":") for text in texts)
    return all(found) and len(indents) > 1 and "" in indents and is_open
