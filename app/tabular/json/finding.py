"""Finds the lists of records in a JSON object, and other layouts that records may have there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.tabular.files.source import FileUnreadable
from app.tabular.json.document import DEEPEST_PATH, Document, Readable
from app.tabular.json.paths import COLUMNS, KEYED, RecordPath, is_writable

_MOST_LISTS = 50
_MOST_KEPT = 200
_BY_FAR = 3


@dataclass
class Found:
    """What stands at a path: how many entries it has, and the first of them."""

    path: RecordPath
    count: int = 0
    kinds: dict[type, int] = field(default_factory=dict)
    first: list[Any] = field(default_factory=list)
    has_ended: bool = True

    def take(self, value: Any) -> None:
        """Count one more entry."""
        self.count += 1
        self.kinds[_kind(value)] = self.kinds.get(_kind(value), 0) + 1
        if len(self.first) < _MOST_KEPT:
            self.first.append(value)

    def is_of(self, kind: type) -> bool:
        """Return whether most entries are of this kind."""
        return self.kinds.get(kind, 0) * 2 > self.count

    @property
    def count_shown(self) -> str:
        """Return the count for people; where not all was looked at, there are more."""
        return f"{self.count:,}" if self.has_ended else f"{self.count:,} or more"

    @property
    def sizes(self) -> set[int]:
        """Return how many entries the first entries have, which are lists."""
        return {len(value) for value in self.first if isinstance(value, list)}


class Finder:
    """Walks through a document's objects; `lists` and `objects` are what it met, by path.

    Text that ends early is no fault: what was met before is there. Of several documents, one after
    the other, it walks through the first.
    """

    def __init__(self, text: Readable) -> None:
        self.lists: list[Found] = []
        self.objects: list[Found] = []
        self.is_complete = False
        self.is_first_of_many = False
        self._document = Document(text)
        try:
            self._walk((), 0)
            following = self._document.sign()
            self.is_complete, self.is_first_of_many = not following, following == "{"
        except FileUnreadable as failure:
            if failure.code == "too_deep":
                raise

    def _walk(self, keys: tuple[str, ...], depth: int) -> Any:
        """Take a value; return it, or an empty one of its kind where it was walked through."""
        sign = self._document.sign()
        if sign == "[" and len(self.lists) < _MOST_LISTS and keys:
            return self._of_list(keys)
        if sign == "{" and depth < DEEPEST_PATH:
            return self._of_object(keys, depth)
        return self._document.value()[0]

    def _of_list(self, keys: tuple[str, ...]) -> list[Any]:
        found = Found(RecordPath(keys))
        self.lists.append(found)
        found.has_ended = False
        for _ in self._document.entries():
            found.take(self._document.value()[0])
        found.has_ended = True
        return found.first

    def _of_object(self, keys: tuple[str, ...], depth: int) -> dict[str, Any]:
        found = Found(RecordPath(keys))
        self.objects.append(found)
        met: dict[str, Any] = {}
        for key in self._document.members():
            value = self._walk((*keys, key), depth + 1)
            found.take(value)
            if len(met) < _MOST_KEPT:
                met[key] = value
        return met


def record_lists(finder: Finder) -> list[Found]:
    """Return the lists of objects and of equally long lists, the longest first.

    A list of lists may be of coordinates as well: it counts for less.
    """
    whole = [each for each in finder.lists if is_writable(each.path)]
    of_objects = [each for each in whole if each.is_of(dict)]
    of_lists = [each for each in whole if each.is_of(list) and each.count > 1
                and len(each.sizes) == 1 and each.sizes != {0}]  # fmt: skip
    return sorted(of_objects + of_lists, key=_size, reverse=True)


def other_layouts(finder: Finder) -> Iterator[Found]:
    """Yield objects that hold records in another way: as values of keys, or as columns."""
    lengths = {each.path.keys: each.count for each in finder.lists}
    for found in finder.objects:
        keys, values = found.path.keys, found.first
        if found.count < 2 or not is_writable(found.path):
            continue
        if found.kinds.keys() == {dict} and _are_alike(values):
            yield Found(RecordPath(keys, KEYED), found.count, found.kinds, values)
        below = [count for path, count in lengths.items() if path[:-1] == keys]
        is_even = len(below) == found.count and len(set(below)) == 1
        if found.kinds.keys() == {list} and is_even and below[0]:
            yield Found(RecordPath(keys, COLUMNS), below[0], found.kinds, values)


def _are_alike(values: list[Any]) -> bool:
    """Return whether the objects share half of their keys, or have most of them on average."""
    first = [set(value) for value in values if isinstance(value, dict)]
    every, shared = set[str]().union(*first), set.intersection(*first)
    met = sum(map(len, first))
    return (bool(shared) and len(shared) * 2 >= len(every)) or met * 2 > len(every) * len(first)


def _size(found: Found) -> tuple[float, int]:
    weight = 1 if found.is_of(dict) else 1 / _BY_FAR
    return found.count * weight, -len(found.path.keys)


def _kind(value: Any) -> type:
    return next((kind for kind in (dict, list, str) if isinstance(value, kind)), type(value))
