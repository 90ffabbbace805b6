"""Counts how much of a file was read, so that somebody who waits can be told."""

from typing import Any, BinaryIO

from app.tabular.files.source import Source
from app.tabular.files.unpacking import read_into


class CountedSource:
    """A source that counts the bytes read from it, the last time it was opened."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.bytes_read = 0

    @property
    def name(self) -> str:
        """What people call the file."""
        return self._source.name

    def open(self) -> BinaryIO:
        """Return a fresh stream of the file's unpacked bytes, counted from nothing."""
        self.bytes_read = 0
        return _Counting(self._source.open(), self)  # type: ignore[return-value]


class _Counting:
    """A binary file that adds what is read to its source's count."""

    def __init__(self, stream: BinaryIO, source: CountedSource) -> None:
        self._stream = stream
        self._source = source

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(size)
        self._source.bytes_read += len(chunk)
        return chunk

    def readinto(self, buffer: Any) -> int:
        count = read_into(buffer, self._stream)
        self._source.bytes_read += count
        return count

    def __enter__(self) -> "_Counting":
        return self

    def __exit__(self, *_failure: object) -> None:
        self._stream.close()
