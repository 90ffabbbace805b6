"""Taking in a body: inflated, measured, checked and stored while it streams by."""

import base64
import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Protocol

CHUNK = 64 * 1024
GZIP_MAGIC = b"\x1f\x8b"
_WITH_GZIP_HEADER = 31


class BodyEmpty(Exception):
    """Nothing was sent, or an array without a row."""


class BodyTruncated(Exception):
    """The body ends before it is whole."""


class BodyTooLarge(Exception):
    """The body is over the limit, in bytes, once inflated."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class BodyCorrupt(Exception):
    """The body says gzip but is not."""


class DigestMismatch(Exception):
    """The bytes that arrived are not those whose digest was sent along."""


class DigestUnreadable(Exception):
    """The digest header is not `sha-256=:…:` of 32 bytes in base64."""


class Checker(Protocol):
    """Looks at the inflated bytes as they pass."""

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes; raise on a fault."""

    def finish(self) -> int:
        """Return the number of rows; raise on a fault."""


@dataclass(frozen=True)
class Received:
    """What arrived: bytes inflated, their SHA-256 in hex, rows where they were counted."""

    size: int
    sha256: str
    row_count: int | None


@dataclass(frozen=True)
class Body:
    """A body to take in: its bytes, whether they are gzip, the digest and length announced.

    `most` is how many bytes it may have as sent, which for gzip may be more than are in it.
    """

    stream: IO[bytes]
    is_gzip: bool = False
    digest: bytes | None = None
    length: int | None = None
    most: int | None = None


def receive(body: Body, *, into: IO[bytes], limit: int, checker: Checker | None = None) -> Received:
    """Write the inflated bytes into a file; raise a failure of this module or of the checker."""
    digest, size = hashlib.sha256(), 0
    for chunk in _inflated(body):
        size += len(chunk)
        if size > limit:
            raise BodyTooLarge(limit)
        digest.update(chunk)
        if checker is not None:
            checker.feed(chunk)
        into.write(chunk)
    if size == 0:
        raise BodyEmpty
    rows = checker.finish() if checker is not None else None
    if rows == 0:
        raise BodyEmpty
    return Received(size=size, sha256=digest.hexdigest(), row_count=rows)


def read(body: Body, *, limit: int) -> bytes:
    """Return the inflated bytes of a body that fits in memory; raise as `receive` does."""
    chunks, size = [], 0
    for chunk in _inflated(body):
        size += len(chunk)
        if size > limit:
            raise BodyTooLarge(limit)
        chunks.append(chunk)
    if size == 0:
        raise BodyEmpty
    return b"".join(chunks)


def digest_of_parts(digests: list[str]) -> str:
    """Return the digest of a file: its part's, or the SHA-256 of its parts' digests in order."""
    if len(digests) == 1:
        return digests[0]
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def parsed_digest(header: str | None) -> bytes | None:
    """Return the SHA-256 of a Content-Digest header (RFC 9530); raise DigestUnreadable."""
    if not header:
        return None
    found = re.search(r"sha-256=:([A-Za-z0-9+/=]{44}):", header)
    if found is None:
        raise DigestUnreadable(header[:100])
    return base64.b64decode(found.group(1))


def _inflated(body: Body) -> Iterator[bytes]:
    """Yield the bytes behind the encoding; a file that is itself gzip is inflated too."""
    raw = _whole(body)
    first = next(raw, b"")
    if not (body.is_gzip or first.startswith(GZIP_MAGIC)):
        yield first
        yield from raw
        return
    yield from _gunzipped(first, raw)


def _whole(body: Body) -> Iterator[bytes]:
    """Yield the bytes as sent; raise BodyTruncated or DigestMismatch where they are others."""
    digest, length = hashlib.sha256(), 0
    if body.most is not None and (body.length or 0) > body.most:
        raise BodyTooLarge(body.most)
    while chunk := _read(body.stream):
        if body.digest is not None:
            digest.update(chunk)
        length += len(chunk)
        if body.most is not None and length > body.most:
            raise BodyTooLarge(body.most)
        yield chunk
    # A server may end the stream without a word when the sender goes away.
    if body.length is not None and length != body.length:
        raise BodyTruncated
    if body.digest is not None and digest.digest() != body.digest:
        raise DigestMismatch


def _read(stream: IO[bytes]) -> bytes:
    try:
        return stream.read(CHUNK)
    except Exception as failure:
        # Each server has failures of its own for a body that breaks off or is framed wrongly.
        raise BodyTruncated from failure


def _gunzipped(first: bytes, raw: Iterator[bytes]) -> Iterator[bytes]:
    """Yield bounded pieces of every gzip member in turn."""
    inflater, is_open = zlib.decompressobj(wbits=_WITH_GZIP_HEADER), False
    try:
        for chunk in _chain(first, raw):
            waiting = chunk
            while waiting:
                if inflater.eof:
                    inflater = zlib.decompressobj(wbits=_WITH_GZIP_HEADER)
                yield inflater.decompress(waiting, CHUNK * 4)
                waiting = inflater.unconsumed_tail or inflater.unused_data
                is_open = not inflater.eof
    except zlib.error as failure:
        raise BodyCorrupt from failure
    if is_open:
        raise BodyTruncated


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest
