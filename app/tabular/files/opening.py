"""The bytes of a source, unpacked, with damage named where it is met."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

import zstandard

from app.tabular.files.archives import kind_of, unpacked
from app.tabular.files.source import FileUnreadable, Source

CHUNK_BYTES = 1 << 20
_DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, zstandard.ZstdError,
           NotImplementedError)  # fmt: skip
_NOT_BZIP2 = "Invalid data stream"


@contextmanager
def opened(source: Source) -> Iterator[io.BufferedReader]:
    """Yield the source's bytes, unpacked; a damaged archive raises FileUnreadable."""
    with source.open() as packed:
        unpacking = unpacked(packed)
        with _refusing_damage():
            stream = unpacking.__enter__()
        try:
            yield io.BufferedReader(_Unpacked(stream), CHUNK_BYTES)
        finally:
            unpacking.__exit__(None, None, None)


def chunks_of(source: Source) -> Iterator[bytes]:
    """Yield the source's unpacked bytes in pieces of about one megabyte."""
    with opened(source) as stream:
        while chunk := stream.read(CHUNK_BYTES):
            yield chunk


def compression_of(source: Source) -> str | None:
    """Return what a source is compressed with, None where it is not."""
    with source.open() as stream:
        return kind_of(stream.read(8))


class _Unpacked(io.RawIOBase):
    """The raw side of a buffered reader, naming damage where it is met."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with _refusing_damage():
            chunk = self._stream.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


@contextmanager
def _refusing_damage() -> Iterator[None]:
    try:
        yield
    except _DAMAGE:
        raise _damaged() from None
    except OSError as failure:
        if str(failure) != _NOT_BZIP2:
            raise
        raise _damaged() from None


def _damaged() -> FileUnreadable:
    return FileUnreadable(
        "archive_problem",
        "The compressed file is damaged or was cut off before its end.",
        "Compress the file again and send it once more.",
    )
