"""Where the bytes of stream files are kept: any fsspec address, local by default."""

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, BinaryIO, cast
from uuid import uuid4

import fsspec
import pyarrow as pa
import zstandard

from app.tabular.files.source import FileUnreadable

# The quickest: a file is stored while its sender waits.
COMPRESSION_LEVEL = 1
CHUNK = 256 * 1024
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
DAMAGED = "What is kept of this file is damaged, so it cannot be read."


class FileStore:
    """Compressed files by path under one address; a path exists whole or not at all."""

    def __init__(self, url: str) -> None:
        self._fs, self._root = fsspec.core.url_to_fs(url)

    @contextmanager
    def writer(self, path: str) -> Iterator[IO[bytes]]:
        """Give a file to write to; it appears, on disk for good, when the block ends well."""
        target = f"{self._root}/{path}"
        draft = f"{target}.{uuid4().hex}.writing"
        self._fs.makedirs(target.rsplit("/", 1)[0], exist_ok=True)
        try:
            with self._fs.open(draft, "wb") as raw:
                packer = zstandard.ZstdCompressor(level=COMPRESSION_LEVEL, write_checksum=True)
                with packer.stream_writer(raw, closefd=False) as packed:
                    yield cast("IO[bytes]", packed)
                _force_to_disk(raw)
            self._fs.mv(draft, target)
            _force_folder_to_disk(target)
        except BaseException:
            with suppress(FileNotFoundError):
                self._fs.rm(draft)
            raise

    def open(self, paths: list[str]) -> BinaryIO:
        """Return one stream of the uncompressed bytes of all paths, in order.

        Reading it raises FileUnreadable where what is stored is cut off or damaged.
        """
        return cast(BinaryIO, io.BufferedReader(_Joined(self._chunks(paths)), CHUNK))

    def delete(self, path: str) -> None:
        """Remove a file; one already gone is no failure."""
        with suppress(FileNotFoundError):
            self._fs.rm(f"{self._root}/{path}")

    def exists(self, path: str) -> bool:
        """Tell whether the file is there."""
        return bool(self._fs.exists(f"{self._root}/{path}"))

    def list_older_than(self, moment: datetime, *, below: str) -> list[str]:
        """Return the paths that were last written before then, drafts of killed writers too."""
        found = self._fs.find(f"{self._root}/{below}")
        return [
            path.removeprefix(f"{self._root}/")
            for path in found
            if self._fs.modified(path).replace(tzinfo=UTC) < moment
        ]

    def free_bytes(self) -> int | None:
        """Return the room left where that can be known."""
        root = Path(self._root)
        return shutil.disk_usage(root).free if root.exists() else None

    def _chunks(self, paths: list[str]) -> Iterator[bytes]:
        for path in paths:
            with self._fs.open(f"{self._root}/{path}", "rb") as raw:
                unpacked = pa.CompressedInputStream(raw, _packing(raw))
                with _naming_damage():
                    while chunk := unpacked.read(CHUNK):
                        yield chunk


def _packing(raw: IO[bytes]) -> str:
    """Return how a file is packed: what was stored by earlier versions is gzip."""
    start = raw.read(len(ZSTD_MAGIC))
    raw.seek(0)
    return "zstd" if start == ZSTD_MAGIC else "gzip"


@contextmanager
def _naming_damage() -> Iterator[None]:
    """Raise FileUnreadable for what the decompressor finds; a store out of reach is no damage."""
    try:
        yield
    except OSError as failure:
        if failure.errno is not None:
            raise
        raise FileUnreadable("stored_damaged", DAMAGED, "Send the file again.") from failure


class _Joined(io.RawIOBase):
    """A readable file over an iterator of chunks."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        if not self._left:
            self._left = next(self._chunks, b"")
        taken = self._left[: len(buffer)]
        buffer[: len(taken)] = taken
        self._left = self._left[len(taken) :]
        return len(taken)


def _force_to_disk(raw: IO[bytes]) -> None:
    """Make what was written outlive a power cut, where the store is a local disk."""
    with suppress(AttributeError, io.UnsupportedOperation):
        descriptor = raw.fileno()
        raw.flush()
        os.fsync(descriptor)


def _force_folder_to_disk(target: str) -> None:
    folder = Path(target).parent
    if not folder.is_dir():
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
