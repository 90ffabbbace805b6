"""Where in a JSON document its lists of records are, found without holding the document."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.tabular.files.decoding import LONGEST_RECORD
from app.tabular.files.source import FileUnreadable

DEEPEST_LIST = 6
_DEEPEST = 10_000
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s"{}\[\],:]+', re.DOTALL)
_SPACE = re.compile(r"[\s\ufeff]*")


@dataclass
class _Level:
    """One object or list that is open: its path where it has one, and the key under way."""

    is_list: bool
    path: tuple[str, ...] | None
    key: str = ""


@dataclass
class Walker:
    """Goes through the tokens of a document in pieces; knows the lists that objects lead to.

    `lists` are the paths of those lists with the number of objects and of lists in each.
    """

    lists: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    _levels: list[_Level] = field(default_factory=list)
    _text: str = ""
    _last_text: str = ""

    def feed(self, piece: str, *, until: str | None = None) -> str | None:
        """Take a piece; return the text from the list `until` on, once that list opens."""
        text = self._text + piece
        position = 0
        for token in _TOKEN.finditer(text):
            if token.end() == len(text) and token[0][0] not in '{}[],:"':
                break  # the rest of it may be in the next piece
            if token.start() != _after_space(text, position):
                break  # a text begins here that is not closed yet
            opened = self._take(token[0])
            position = token.end()
            if opened is not None and ".".join(opened) == until:
                return text[token.start() :]
        self._text = text[position:]
        if len(self._text) > LONGEST_RECORD:
            message = f"The file holds a text of more than {LONGEST_RECORD:,} characters."
            raise FileUnreadable("field_too_long", message, "Check that its quotes are closed.")
        return None

    def _take(self, token: str) -> tuple[str, ...] | None:
        """Take one token; return the path of the list it opens."""
        if token in "{[":
            return self._open(is_list=token == "[")
        if token in "}]":
            if self._levels:
                self._levels.pop()
        elif token == ":":
            if self._levels:
                self._levels[-1].key = self._last_text
        elif token[0] == '"':
            self._last_text = token
        return None

    def _open(self, *, is_list: bool) -> tuple[str, ...] | None:
        if len(self._levels) >= _DEEPEST:
            message = f"The file is nested deeper than {_DEEPEST:,} levels."
            raise FileUnreadable("too_deep", message, "Send flat records.")
        parent = self._levels[-1] if self._levels else None
        path = self._path_below(parent)
        if parent is not None and parent.is_list and parent.path in self.lists:
            self.lists[parent.path][is_list] += 1
        self._levels.append(_Level(is_list, path))
        if not is_list or path is None:
            return None
        self.lists.setdefault(path, [0, 0])
        return path

    @staticmethod
    def _path_below(parent: _Level | None) -> tuple[str, ...] | None:
        if parent is None:
            return ()
        if parent.is_list or parent.path is None or len(parent.path) >= DEEPEST_LIST:
            return None
        return (*parent.path, _decoded(parent.key))


def _after_space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position


def lists_in(pieces: Iterable[str]) -> dict[str, int]:
    """Return the paths of lists of objects, or of lists, with how many each has; longest first."""
    walker = Walker()
    for piece in pieces:
        walker.feed(piece)
    counts = {".".join(path): max(counts) for path, counts in walker.lists.items() if any(counts)}
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))


def from_list(pieces: Iterable[str], path: str) -> Iterator[str]:
    """Yield the text of a document from where the list at a path begins; nothing without it."""
    walker, found = Walker(), None
    parts = iter(pieces)
    for piece in parts:
        found = walker.feed(piece, until=path)
        if found is not None:
            yield found
            break
    if found is not None:
        yield from parts


def _decoded(token: str) -> str:
    try:
        key = json.loads(token)
    except ValueError:
        return token
    return key if isinstance(key, str) else token
