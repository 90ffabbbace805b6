r"""Paths to the records in a JSON document: `data.items`, and endings for other layouts.

A path's parts are keys, parted by points; a point, star, bracket or backslash of a key has a
backslash before it. Where a path leads to a list, its entries are the records; to an object, that
is one record. With `[]` at its end, the list's entries are lists themselves, of which the first
may name the columns. With `*` at its end, the values of an object are the records, and a column
has their keys; with `*[]`, they are lists of equal length: each is a column.
"""

import re
from dataclasses import dataclass

KEYED = "*"
COLUMNS = "*[]"
LISTS = "[]"
_SPECIAL = re.compile(r"([\\.*\[\]])")
_PART = re.compile(r"((?:[^\\.]|\\.)*)(?:\.|\Z)", re.DOTALL)


@dataclass(frozen=True)
class RecordPath:
    """The keys that lead to the records, and how they are laid out there."""

    keys: tuple[str, ...] = ()
    ending: str = ""

    @classmethod
    def of(cls, text: str) -> "RecordPath":
        """Return the path that is written so."""
        parts = [found.group(1) for found in _PART.finditer(text + ".")][:-1] if text else []
        ending = parts.pop() if parts and parts[-1] in (KEYED, COLUMNS, LISTS) else ""
        return cls(tuple(re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL) for part in parts), ending)

    def __str__(self) -> str:
        parts = [_SPECIAL.sub(r"\\\1", key) for key in self.keys]
        return ".".join([*parts, self.ending] if self.ending else parts)
