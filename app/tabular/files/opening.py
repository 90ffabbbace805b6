"""The bytes of a source, unpacked on the way when they are packed."""

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from app.tabular.files import archives
from app.tabular.files.source import Source

CHUNK_BYTES = 1 << 20


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
    """Yield the source's unpacked bytes in pieces of about one megabyte."""
    with opened(source) as stream:
        while chunk := stream.read(CHUNK_BYTES):
            yield chunk
