"""Streams over packed bytes: counted, bounded, and with their damage named."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any

import zstandard

from app.tabular.files.source import FileUnreadable

MOST_UNPACKED = 20_000_000_000
MOST_RATIO = 200
RATIO_FROM = 100_000_000
# A few bytes of Zstandard may stand for 128 kB each: small steps keep memory bounded.
_ZSTD_STEP = 512
_ZSTD_WINDOW = 1 << 27
_DAMAGE = (
    *(EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, zstandard.ZstdError),
    *(struct.error, NotImplementedError, RuntimeError, ValueError, OverflowError, AssertionError),
)


class Joined(io.RawIOBase):
    """A stream whose first bytes were read already."""

    def __init__(self, start: bytes, rest: IO[bytes]) -> None:
        self._start = start
        self._rest = rest

    def readable(self) -> bool:
        """Return that it is there to be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer, as far as there is something, and return how far."""
        with refusing_damage():
            if not self._start:
                return read_into(buffer, self._rest)
            chunk, self._start = self._start[: len(buffer)], self._start[len(buffer) :]
        buffer[: len(chunk)] = chunk
        return len(chunk)


def read_into(buffer: Any, stream: Any) -> int:
    """Fill the buffer, by way of no other memory where the stream can, and return how far."""
    if hasattr(stream, "readinto"):
        count: int = stream.readinto(buffer)
        return count
    chunk = stream.read(len(buffer))
    buffer[: len(chunk)] = chunk
    return len(chunk)


class Counted(io.RawIOBase):
    """A stream that knows how many bytes were read from it."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        """Return that it is there to be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer, as far as there is something, and return how far."""
        count: int = self._stream.readinto(buffer)
        self.count += count
        return count


class ZstdPieces(io.RawIOBase):
    """What a Zstandard file unpacks to; raises EOFError where it is cut off."""

    def __init__(self, packed: IO[bytes] | Counted) -> None:
        self._packed = packed
        self._waiting = b""
        self._ready = memoryview(b"")
        self._decompressor = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
        self._frame = self._decompressor.decompressobj()
        self._is_open = False

    def readable(self) -> bool:
        """Return that it is there to be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer, as far as there is something, and return how far."""
        while not self._ready and self._take_step():
            pass
        taken = self._ready[: len(buffer)]
        buffer[: len(taken)] = taken
        self._ready = self._ready[len(taken) :]
        return len(taken)

    def _take_step(self) -> bool:
        step = self._waiting or self._packed.read(_ZSTD_STEP)
        if not step:
            if self._is_open:
                raise EOFError
            return False
        if self._frame.eof:
            self._frame = self._decompressor.decompressobj()
        self._ready = memoryview(self._frame.decompress(step))
        self._waiting = self._frame.unused_data if self._frame.eof else b""
        self._is_open = not self._frame.eof
        return True


class Bounded(io.RawIOBase):
    """What a packed stream unpacks to, refused once it is too much or damaged."""

    def __init__(self, unpacked: IO[bytes], packed_count: Callable[[], int]) -> None:
        self._unpacked = unpacked
        self._packed_count = packed_count
        self._count = 0

    def readable(self) -> bool:
        """Return that it is there to be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer, as far as there is something, and return how far."""
        with refusing_damage():
            count = read_into(buffer, self._unpacked)
        self._count += count
        refuse_too_large(self._count, self._packed_count())
        return count


def refuse_too_large(unpacked: int, packed: int) -> None:
    """Raise FileUnreadable where packed bytes unpack to more than can be taken."""
    if unpacked > MOST_UNPACKED:
        message = (
            f"The compressed file unpacks to {unpacked:,} bytes or more; "
            f"{MOST_UNPACKED:,} is the most allowed."
        )
        raise FileUnreadable("unpacks_too_large", message, "Send it as several smaller files.")
    if unpacked > RATIO_FROM and unpacked > packed * MOST_RATIO:
        message = (
            f"The compressed file unpacks to {unpacked // max(1, packed):,} times its size "
            f"({packed:,} bytes became {unpacked:,}); {MOST_RATIO} times is the most allowed."
        )
        raise FileUnreadable("unpacks_too_large", message, "Send the file without compression.")


@contextmanager
def refusing_damage() -> Iterator[None]:
    """Turn what the decompressors raise into FileUnreadable; only they may run within."""
    try:
        yield
    except OSError as failure:
        if failure.errno is not None:  # the disk's fault rather than the file's
            raise
        raise _damaged() from None
    except _DAMAGE:
        raise _damaged() from None


def _damaged() -> FileUnreadable:
    return FileUnreadable(
        "archive_problem",
        "The compressed file is damaged or was cut off before its end.",
        "Compress the file again and send it once more.",
    )
