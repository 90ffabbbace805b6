"""A JSON document read value by value from text that comes in pieces, whatever its size."""

import json
import re
from collections.abc import Iterator
from typing import Any, Protocol

from app.tabular.files.decoding import LONGEST_RECORD
from app.tabular.files.source import FileUnreadable
from app.tabular.json.values import DECODER

PIECE = 1 << 20
DEEPEST_PATH = 6
_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_CUT = "The file ends in the middle of its JSON."


class Readable(Protocol):
    """Text to be read in pieces."""

    def read(self, size: int = ..., /) -> str:
        """Return as many characters, fewer at the end."""


class Document:
    """Text to step through; it holds no more of it than the value under way."""

    def __init__(self, text: Readable, start: str = "", *, most: int = LONGEST_RECORD) -> None:
        self._source = text
        self._most = most
        self._text = start
        self._place = 0
        self._lines_before = 0
        self._is_read = False

    @property
    def line(self) -> int:
        """Return the line that is read."""
        return self._lines_before + self._text.count("\n", 0, self._place) + 1

    def sign(self) -> str:
        """Return the next character that is no space; an empty text at the end."""
        while True:
            found = _SPACE.match(self._text, self._place)
            self._place = found.end() if found else self._place
            if self._place < len(self._text):
                return self._text[self._place]
            if not self._more():
                return ""

    def step(self, *expected: str) -> str:
        """Step over one of the characters; raise FileUnreadable where another stands."""
        sign = self.sign()
        if sign not in expected or not sign:
            wanted = " or ".join(f"“{each}”" for each in expected)
            raise self.broken(f"{wanted} is expected there.") if sign else self.cut()
        self._place += 1
        return sign

    def value(self) -> tuple[Any, str]:
        """Return the next value and its text; raise FileUnreadable."""
        self.sign()
        tried_from = 0
        while True:
            if len(self._text) - self._place >= tried_from or self._is_read:
                decoded = self._decoded()
                if decoded is not None:
                    return decoded
                if len(self._text) - self._place >= self._most:
                    raise self._too_long()
                tried_from = 2 * (len(self._text) - self._place)
            self._more()

    def entries(self) -> Iterator[None]:
        """Step into a list, to every value in it, and out; each must be taken before the next."""
        self.step("[")
        if self.sign() == "]":
            self.step("]")
            return
        yield
        while self.step(",", "]") == ",":
            yield

    def members(self) -> Iterator[str]:
        """Step into an object, to the value of every key, and out; each value must be taken."""
        self.step("{")
        if self.sign() == "}":
            self.step("}")
            return
        yield self._key()
        while self.step(",", "}") == ",":
            yield self._key()

    def skip(self, depth: int = DEEPEST_PATH) -> None:
        """Step over a value of any size."""
        sign = self.sign()
        if depth and sign == "{":
            for _ in self.members():
                self.skip(depth - 1)
        elif depth and sign == "[":
            for _ in self.entries():
                self.skip(depth - 1)
        else:
            self.value()

    def broken(self, what: str) -> FileUnreadable:
        """Return the failure for text that is no JSON, at the place where it stands."""
        column = self._place - self._text.rfind("\n", 0, self._place)
        message = f"The JSON is broken in line {self.line:,}, sign {column:,}: {what}"
        return FileUnreadable("bad_syntax", message, "Export the file again.", line=self.line)

    def cut(self) -> FileUnreadable:
        """Return the failure for a document that ends too early."""
        hint = "The file was cut off: send it again from its start."
        return FileUnreadable("bad_syntax", _CUT, hint, line=self.line)

    def _key(self) -> str:
        if self.sign() != '"':
            raise self.broken("a key in quotes is expected there.") if self.sign() else self.cut()
        key = str(self.value()[0])
        self.step(":")
        return key

    def _decoded(self) -> tuple[Any, str] | None:
        """Return the value here and its text; None where more text may be needed."""
        start = self._place
        try:
            value, end = DECODER.raw_decode(self._text, start)
        except json.JSONDecodeError as failure:
            is_cut = failure.pos >= len(self._text.rstrip()) or "Unterm" in failure.msg
            if not self._is_read and (is_cut or len(self._text) - start < self._most):
                return None
            self._place = min(failure.pos, len(self._text))
            raise self.cut() if is_cut else self.broken("the text there is not JSON.") from None
        except RecursionError:
            raise too_deep(self.line) from None
        if end == len(self._text) and not self._is_read and self._text[start] not in '{["':
            return None
        self._place = end
        return value, self._text[start:end]

    def _more(self) -> bool:
        """Read a further piece; return whether there was one."""
        self._lines_before += self._text.count("\n", 0, self._place)
        piece = "" if self._is_read else self._source.read(PIECE)
        self._text, self._place = self._text[self._place :] + piece, 0
        self._is_read = self._is_read or not piece
        return bool(piece)

    def _too_long(self) -> FileUnreadable:
        message = f"A value is longer than {self._most:,} characters."
        hint = "Check that every text in the file is closed by a quote."
        return FileUnreadable("field_too_long", message, hint, line=self.line)


def too_deep(line: int) -> FileUnreadable:
    """Return the failure for values within values without end."""
    message = "The JSON is nested too deep."
    return FileUnreadable("too_deep", message, "Send flat records.", line=line)
