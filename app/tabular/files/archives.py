"""Unpacks compressed files on the way, told by their first bytes, within bounds."""

import bz2
import gzip
import io
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

import zstandard

from app.tabular.files.source import FileUnreadable

LARGEST_UNPACKED = 20_000_000_000
# Text of customers packs 5 to 30 times; what packs further is made to fill disks.
MOST_PACKED = 250
_UNSUSPECTED = 100_000_000
_HEAD_BYTES = 4
_IN_MEMORY = 16_000_000
_PIECE = 1 << 20
_PACKED_PIECE = 1 << 12
_MOST_NAMED = 5
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
KINDS = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\x28\xb5\x2f\xfd": "Zstandard"} | dict.fromkeys(
    _ZIP, "zip"
)


def kind_of(head: bytes) -> str | None:
    """Return what the first bytes say a file is compressed with."""
    return next((kind for magic, kind in KINDS.items() if head.startswith(magic)), None)


@contextmanager
def unpacked(packed: BinaryIO) -> Iterator[BinaryIO]:
    """Yield the bytes within a compressed file, or the file itself where it is none.

    A workbook is a zip archive too, but is handed on as it is. Raises FileUnreadable.
    """
    counted = _Counted(packed)
    stream = io.BufferedReader(counted, _PIECE)
    kind = kind_of(stream.peek(_HEAD_BYTES)[:_HEAD_BYTES])
    if kind is None:
        yield stream
    elif kind == "zip":
        with _of_zip(stream) as inside:
            yield inside
    else:
        yield cast(BinaryIO, _Bounded(_OPENERS[kind](stream), counted))


_OPENERS: dict[str, Any] = {
    "gzip": lambda stream: gzip.GzipFile(fileobj=stream),
    "bzip2": bz2.BZ2File,
    "Zstandard": lambda stream: _ZstdFrames(stream),
}


class _ZstdFrames:
    """Unpacked Zstandard frames; one that is cut off raises EOFError, which the library does not.

    It is fed little at a time, because it unpacks all that it is fed.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._frame: Any = None
        self._packed = b""
        self._ready = b""

    def read(self, size: int) -> bytes:
        while not self._ready and (self._packed or self._more()):
            self._frame = self._frame or zstandard.ZstdDecompressor().decompressobj()
            self._ready = self._frame.decompress(self._packed)
            self._packed = self._frame.unused_data
            if self._frame.eof:
                self._frame = None
        chunk, self._ready = self._ready[:size], self._ready[size:]
        return chunk

    def _more(self) -> bool:
        self._packed = self._stream.read(_PACKED_PIECE)
        if not self._packed and self._frame is not None:
            raise EOFError
        return bool(self._packed)


class _Counted(io.RawIOBase):
    """Counts what is read of the packed bytes."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk = self._stream.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self.size += len(chunk)
        return len(chunk)


class _Bounded:
    """Unpacked bytes, refused once there are more of them than any honest file holds."""

    def __init__(self, stream: Any, packed: "_Counted | _Sized") -> None:
        self._stream = stream
        self._packed = packed
        self._size = 0

    def read(self, size: int = -1) -> bytes:
        chunk: bytes = self._stream.read(size)
        self._size += len(chunk)
        most = min(LARGEST_UNPACKED, max(_UNSUSPECTED, self._packed.size * MOST_PACKED))
        if self._size > most:
            raise _too_large(most)
        return chunk


class _Sized:
    """The size of a member as it is packed."""

    def __init__(self, size: int) -> None:
        self.size = size


@contextmanager
def _of_zip(stream: BinaryIO) -> Iterator[BinaryIO]:
    """Yield the one member of a zip archive, or the file itself where it is a workbook."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spooled:
        while chunk := stream.read(_PIECE):
            spooled.write(chunk)
        spooled.seek(0)
        with zipfile.ZipFile(spooled) as archive:
            if _is_workbook(archive):
                _refuse_large(archive)
                spooled.seek(0)
                yield cast(BinaryIO, spooled)
                return
            member = _only_member(archive)
            with archive.open(member) as inside:
                yield cast(BinaryIO, _Bounded(inside, _Sized(member.compress_size)))


def _is_workbook(archive: zipfile.ZipFile) -> bool:
    names = set(archive.namelist())
    return "[Content_Types].xml" in names or {"mimetype", "content.xml"} <= names


def _refuse_large(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    size, packed = (sum(getattr(each, name) for each in members)
                    for name in ("file_size", "compress_size"))  # fmt: skip
    most = min(LARGEST_UNPACKED, max(_UNSUSPECTED, packed * MOST_PACKED))
    if size > most:
        raise _too_large(most)


def _only_member(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = [each for each in archive.infolist() if not _is_aside(each)]
    if len(members) != 1:
        names = ", ".join(each.filename[:60] for each in members[:_MOST_NAMED])
        count = f"{len(members):,} files ({names}{', …' if len(members) > _MOST_NAMED else ''})"
        message = f"The zip archive holds {count if members else 'no file'}, where one is expected."
        raise _problem(message, "Pack one file, or send each by itself.")
    member = members[0]
    if member.flag_bits & 1:
        message = "The zip archive is protected by a password."
        raise _problem(message, "Pack the file without a password.")
    if stat.S_ISLNK(member.external_attr >> 16) or _is_elsewhere(member.filename):
        message = f"The zip archive's entry “{member.filename[:60]}” points outside the archive."
        raise _problem(message, "Pack the file itself, without a path.")
    return member


def _is_aside(member: zipfile.ZipInfo) -> bool:
    """Return whether an entry is a folder, or a file that only the packing computer needs."""
    name = member.filename.rsplit("/", 1)[-1]
    return member.is_dir() or member.filename.startswith("__MACOSX/") or name.startswith("._")


def _is_elsewhere(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or parts[0] == "" or parts[0].endswith(":")


def _problem(message: str, hint: str) -> FileUnreadable:
    return FileUnreadable("archive_problem", message, hint)


def _too_large(most: int) -> FileUnreadable:
    message = f"The compressed file unpacks to more than {most:,} bytes, the most allowed for it."
    return FileUnreadable("unpacks_too_large", message, "Send the file in parts.")
