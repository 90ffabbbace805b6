"""Where bytes come from, unpacked on the way when they are packed."""

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Protocol

from app.tabular.files import archives
from app.tabular.files.failures import FileUnreadable, NotRecognised

__all__ = ["FileUnreadable", "NotRecognised"]  # known here to all who read files

CHUNK_BYTES = 1 << 20


class Source(Protocol):
    """A named file that can be read from its start as often as wanted."""

    @property
    def name(self) -> str:
        """Return what people call the file."""

    def open(self) -> BinaryIO:
        """Return a fresh stream of the file's bytes, packed as they were sent."""


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


@contextmanager
def opened(source: Source) -> Iterator[io.BufferedReader]:
    """Yield the bytes behind any compression; a damaged archive raises FileUnreadable."""
    with source.open() as stored, archives.unpacked(stored) as stream:
        yield stream


@contextmanager
def seekable(source: Source) -> Iterator[IO[bytes]]:
    """Yield the unpacked bytes as a file to move about in, for formats read from their end."""
    with opened(source) as stream, tempfile.TemporaryFile() as whole:
        shutil.copyfileobj(stream, whole, CHUNK_BYTES)
        whole.seek(0)
        yield whole


def compression_of(source: Source) -> str | None:
    """Return what the file is compressed with, in a word, or None; raise FileUnreadable."""
    with source.open() as stored:
        return archives.compression(stored)


def chunks_of(source: Source) -> Iterator[bytes]:
    """Yield the source's bytes in pieces of about one megabyte."""
    with opened(source) as stream:
        while chunk := stream.read(CHUNK_BYTES):
            yield chunk
