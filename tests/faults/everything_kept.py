"""A search for texts through all bytes below a folder, that shares nothing with Headwater's own."""

import gzip
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow as pa
import zstandard

GZIP, ZSTD, LZ4 = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18"


def places_with(folder: Path, *texts: str) -> list[str]:
    """Return where any of the texts stands: files, packed or not, and columns of databases."""
    wanted = [text.encode() for text in texts]
    return sorted(
        {
            f"{path.relative_to(folder)}{where}"
            for path in folder.rglob("*")
            if path.is_file()
            for where, content in _contents(path)
            if any(text in content for text in wanted)
        }
    )


def _contents(path: Path) -> Iterator[tuple[str, bytes]]:
    raw = path.read_bytes()
    yield "", raw
    yield "", _unpacked(raw)
    if raw.startswith(b"PAR1"):
        yield "", _rows_of(path)
    elif raw.startswith(b"SQLite format 3"):
        yield from _columns_of(path)


def _unpacked(raw: bytes) -> bytes:
    """Return what the bytes unpack to, or as they are where they are not packed."""
    if raw.startswith(GZIP):
        return gzip.decompress(raw)
    if raw.startswith(LZ4):
        return bytes(pa.CompressedInputStream(pa.BufferReader(raw), "lz4").read())
    if raw.startswith(ZSTD):
        with zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True) as stream:
            return stream.read()
    return raw


def _rows_of(path: Path) -> bytes:
    """Return all values of a Parquet file and what its end says of them, as text."""
    with duckdb.connect() as session:
        rows = session.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
        ends = session.execute("SELECT * FROM parquet_metadata(?)", [str(path)]).fetchall()
    return f"{rows}{ends}".encode()


def _columns_of(path: Path) -> Iterator[tuple[str, bytes]]:
    with closing(sqlite3.connect(path, timeout=30)) as database:
        database.text_factory = bytes
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            found = database.execute(f'SELECT * FROM "{table.decode()}"')
            names = [each[0] for each in found.description]
            for row in found:
                for name, value in zip(names, row, strict=True):
                    if isinstance(value, bytes):
                        yield f": {table.decode()}.{name}", _unpacked(value)
