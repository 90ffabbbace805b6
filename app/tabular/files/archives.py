"""Unpacks compressed files, known by their first bytes, within limits and in bounded memory."""

import bz2
import gzip
import io
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import IO, Any, cast

from app.tabular.files import zip_members
from app.tabular.files.source import FileUnreadable
from app.tabular.files.unpacking import Bounded, Counted, Joined, ZstdPieces, refusing_damage

BUFFER_BYTES = 1 << 20
# Text may begin with “PK” or “BZh” too: each sign is long enough to be no word.
_SIGNS = {
    "gzip": re.compile(rb"\x1f\x8b"),
    "bzip2": re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90|1[AY&S]{0,4}\Z)"),
    "Zstandard": re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"),
    "ZIP": re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"),
}
_LONGEST_SIGN = 10
_Inflater = Callable[[Counted], IO[bytes]]
_INFLATERS: dict[str, _Inflater] = {
    "gzip": lambda packed: cast("IO[bytes]", gzip.GzipFile(fileobj=packed, mode="rb")),
    "bzip2": lambda packed: cast("IO[bytes]", bz2.BZ2File(cast("IO[bytes]", packed), "rb")),
    "Zstandard": lambda packed: cast("IO[bytes]", ZstdPieces(packed)),
}


@contextmanager
def unpacked(stored: IO[bytes]) -> Iterator[io.BufferedReader]:
    """Yield the bytes that a stored file packs, or its own; raise FileUnreadable."""
    with ExitStack() as open_files:
        stream, _ = _unpacked(stored, open_files)
        yield io.BufferedReader(cast("io.RawIOBase", stream), BUFFER_BYTES)


def compression(stored: IO[bytes]) -> str | None:
    """Return what a stored file is packed with: gzip, bzip2, ZIP, Zstandard, or nothing."""
    with ExitStack() as open_files:
        return _unpacked(stored, open_files)[1]


def _unpacked(stored: IO[bytes], open_files: ExitStack) -> tuple[Any, str | None]:
    sign, stream = _peeked(stored)
    kind = _kind(sign)
    if kind is None:
        return stream, None
    if kind == "ZIP":
        whole = _whole(stream, stored, open_files)
        member = zip_members.the_member(whole, open_files)
        if member is None:
            return Joined(b"", whole), None
        return _without_another(member, open_files), kind
    packed = Counted(stream)
    with refusing_damage():
        inflated = open_files.enter_context(_INFLATERS[kind](packed))
    bounded = Bounded(inflated, lambda: packed.count)
    return _without_another(bounded, open_files), kind


def _without_another(bounded: Bounded, open_files: ExitStack) -> Any:
    """Return the stream; raise FileUnreadable when what was packed is an archive itself."""
    sign, stream = _peeked(cast("IO[bytes]", bounded))
    kind = _kind(sign)
    if kind is None:
        return stream
    if kind == "ZIP":
        whole = _whole(stream, None, open_files)
        if zip_members.the_member(whole, open_files, is_inside=True) is None:
            return Joined(b"", whole)
    raise FileUnreadable(
        "archive_problem",
        f"The compressed file holds another one, packed with {kind}.",
        "Unpack it, and compress the file itself.",
    )


def _kind(sign: bytes) -> str | None:
    return next((kind for kind, pattern in _SIGNS.items() if pattern.match(sign)), None)


def _peeked(stream: IO[bytes]) -> tuple[bytes, Joined]:
    sign, rest = b"", Joined(b"", stream)
    while len(sign) < _LONGEST_SIGN and (more := rest.read(_LONGEST_SIGN - len(sign))):
        sign += more
    return sign, Joined(sign, stream)


def _whole(stream: Joined, stored: IO[bytes] | None, open_files: ExitStack) -> IO[bytes]:
    """Return a file to move about in: the stored one itself where it is one, or a copy."""
    if stored is not None and _moves(stored):
        stored.seek(0)
        return stored
    whole = open_files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
    shutil.copyfileobj(cast("IO[bytes]", stream), whole, BUFFER_BYTES)
    whole.seek(0)
    return whole


def _moves(stream: IO[bytes]) -> bool:
    return hasattr(stream, "seekable") and stream.seekable()
