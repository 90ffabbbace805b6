r"""Paths to the records in a JSON document: `data.items`, and endings for other layouts.

A path's parts are keys, parted by points; a point, star, bracket or backslash of a key has a
backslash before it. Where a path leads to a list, its entries are the records; to an object, that
is one record. With `[]` at its end, the list's entries are lists themselves, of which the first
may name the columns. With `*` at its end, the values of an object are the records, and a column
has their keys; with `*[]`, they are lists of equal length: each is a column. After `[]`, a path in
round brackets leads from the top to the names of the columns: `rows.[](fields.name)`.

On the way, a list stands for all its entries, and a number in square brackets for one: `[1].items`.
"""

import re
from dataclasses import dataclass

KEYED = "*"
COLUMNS = "*[]"
LISTS = "[]"
_SPECIAL = re.compile(r"([\\.*\[\]])")
_NAMES = re.compile(r"(?:\A|(?<=\.))\[\]\((.*)\)\Z", re.DOTALL)
_NUMBER = re.compile(r"\[(\d{1,9})\]")
_PART = re.compile(r"((?:[^\\.]|\\.)*)(?:\.|\Z)", re.DOTALL)


@dataclass(frozen=True)
class RecordPath:
    """The keys that lead to the records, and how they are laid out there."""

    keys: tuple[str | int, ...] = ()
    ending: str = ""
    names: tuple[str | int, ...] = ()

    @classmethod
    def of(cls, text: str) -> "RecordPath":
        """Return the path that is written so."""
        if found := _NAMES.search(text):
            path = cls.of(text[: found.start()] + LISTS)
            return cls(path.keys, LISTS, cls.of(found.group(1)).keys)
        parts = [found.group(1) for found in _PART.finditer(text + ".")][:-1] if text else []
        ending = parts.pop() if parts and parts[-1] in (KEYED, COLUMNS, LISTS) else ""
        return cls(tuple(map(_key, parts)), ending)

    def __str__(self) -> str:
        parts = _written(self.keys)
        names = f"({'.'.join(_written(self.names))})" if self.names else ""
        return ".".join([*parts, self.ending + names] if self.ending else parts)


def is_writable(path: RecordPath) -> bool:
    """Return whether the path can be kept as text: its keys are neither empty nor half signs."""
    try:
        return (
            all(key != "" for key in (*path.keys, *path.names)) and str(path).encode() is not None
        )
    except UnicodeEncodeError:
        return False


def _key(part: str) -> str | int:
    if number := _NUMBER.fullmatch(part):
        return int(number.group(1))
    return re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL)


def _written(keys: tuple[str | int, ...]) -> list[str]:
    return [f"[{key}]" if isinstance(key, int) else _SPECIAL.sub(r"\\\1", key) for key in keys]
