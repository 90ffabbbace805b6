"""Columns of fixed width: where each begins, told by the spaces that stand below each other."""

import re
from collections.abc import Sequence

_RULE = re.compile(r"\s*(?:(?:-{2,}|={2,})\s+)+(?:-+|=+)")
_STROKE = re.compile(r"-+|=+")
_MOST_LINES = 500
_LONGEST = 2_000
_FEW_LINES = 8
# A column behind a single blank place begins there in at least one of so many lines.
_RARE = 5
# A place that is blank in so many of the lines keeps two columns apart; a title may cross it.
_NEARLY_ALL = 0.96


def column_starts(lines: Sequence[str], *, is_lenient: bool = False) -> tuple[int, ...]:
    """Return the places at which columns begin, from 0; just one where nothing is aligned.

    Among few lines, a single blank place may be chance: it counts only where `is_lenient`, or
    where something begins behind it in all lines.
    """
    texts = [line.rstrip("\r\n")[:_LONGEST] for line in lines if line.strip()][:_MOST_LINES]
    texts = [text for text in texts if not _is_ruler(text)]
    if len(texts) < 2 or any("\t" in text for text in texts):
        return (0,)
    usual = sorted(map(len, texts))[len(texts) // 2]
    texts = [text for text in texts if len(text.strip()) * 2 >= usual]
    filled = [
        sum(text[place : place + 1].strip() != "" for text in texts) for place in range(usual)
    ]
    least = 0 if len(texts) < 25 else len(texts) * (1 - _NEARLY_ALL)
    is_gap = [count <= least for count in filled]
    is_enough = is_lenient or len(texts) > _FEW_LINES
    starts = [
        place
        for place in range(1, len(is_gap))
        if is_gap[place - 1]
        and not is_gap[place]
        and (
            _is_wide(is_gap, place)
            or (is_enough and filled[place] * _RARE >= len(texts))
            or _is_begun(texts, place)
        )
    ]
    return (0, *(place for place in starts if any(filled[:place])))


def ruled_starts(lines: Sequence[str]) -> tuple[int, ...]:
    """Return where columns begin by a rule such as `--- ----- --` drawn below their names."""
    for line in lines[:_MOST_LINES]:
        if len(line) < _LONGEST and _RULE.fullmatch(line.rstrip()):
            starts = tuple(found.start() for found in _STROKE.finditer(line))
            return (0, *starts[1:])
    return ()


def writes_across(line: str, starts: Sequence[int]) -> bool:
    """Return whether a word of the line goes on from one column into the next: it is no row."""
    return any(line[start - 1 : start + 1].split() and " " not in line[start - 1 : start + 1]
               and len(line.rstrip()) > start for start in starts[1:])  # fmt: skip


def _is_wide(is_gap: Sequence[bool], place: int) -> bool:
    return place >= 2 and is_gap[place - 2]


def _is_begun(texts: Sequence[str], place: int) -> bool:
    """Return whether most texts begin something here after two spaces, or all after one."""
    begun = sum(
        text[place - 2 : place] == "  " and not text[place : place + 1].isspace()
        for text in texts
        if len(text) > place
    )
    aligned = sum(text[place : place + 1].strip() != "" for text in texts)
    return begun * 2 >= len(texts) or (len(texts) > 2 and aligned == len(texts))


def _is_ruler(text: str) -> bool:
    return not text.strip(" -=+_")
