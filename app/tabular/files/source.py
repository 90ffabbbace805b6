"""Where bytes come from, and the one failure for bytes that cannot be read as a table."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol


class Source(Protocol):
    """A named file that can be read from its start as often as wanted."""

    @property
    def name(self) -> str:
        """Return what people call the file."""

    def open(self) -> BinaryIO:
        """Return a fresh stream of the file's bytes, compressed or not."""


@dataclass(frozen=True)
class BytesSource:
    """A file held in memory."""

    content: bytes
    name: str = "file"

    def open(self) -> BinaryIO:
        """Return a fresh stream of the bytes."""
        return io.BytesIO(self.content)


@dataclass(frozen=True)
class PathSource:
    """A file on disk."""

    path: Path

    @property
    def name(self) -> str:
        """Return the file's name without its folders."""
        return self.path.name

    def open(self) -> BinaryIO:
        """Return a fresh stream of the file's bytes."""
        return self.path.open("rb")


class FileUnreadable(Exception):
    """A file that cannot be read as a table: what is wrong, where, and what to do about it."""

    def __init__(
        self,
        code: str,
        message: str,
        hint: str = "",
        *,
        line: int | None = None,
        column: str | None = None,
        byte: int | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.line = line
        self.column = column
        self.byte = byte

    @property
    def sentence(self) -> str:
        """What is wrong, where and what to do; the line comes first where the message lacks it."""
        is_said = self.line is None or f"ine {self.line:,}" in self.message
        where = "" if is_said else f"Line {self.line:,}: "
        return f"{where}{self.message} {self.hint}".strip()

    def to_dict(self) -> dict[str, Any]:
        """Return the failure as plain values that JSON can hold."""
        where = {"line": self.line, "column": self.column, "byte": self.byte}
        return {"code": self.code, "message": self.message, "hint": self.hint, "where": where}


class NotRecognised(FileUnreadable):
    """A file that is no table of any kind we know: to read it, something would be invented."""

    def __init__(self, message: str, hint: str = "", **where: Any) -> None:
        super().__init__("not_recognised", message, hint, **where)
