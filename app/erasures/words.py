"""Identifiers looked for in other text: as whole words, so that 42 is not found in 421."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import BinaryIO

from app.lake.engine import literal

# In bytes of UTF-8, what is not ASCII may be a letter.
_LONGER = rb"[A-Za-z0-9_\x80-\xff]"
_CHUNK = 1 << 20


@cache
def in_text(texts: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of these texts in another; there has to be one."""
    return re.compile(rf"(?<!\w)(?:{_any_of(texts)})(?!\w)")


@cache
def in_bytes(texts: tuple[str, ...]) -> re.Pattern[bytes]:
    """Return the same for bytes of UTF-8."""
    return re.compile(b"(?<!%b)(?:%b)(?!%b)" % (_LONGER, _any_of(texts).encode(), _LONGER))


def in_sql(column: str, texts: Sequence[str]) -> str:
    """Return the same as SQL of the engine; what has none of the texts in it is told quickly."""
    may_have = " OR ".join(f"contains({column}, {literal(text)})" for text in texts)
    listed = " || '|' || ".join(f"regexp_escape({literal(text)})" for text in texts)
    pattern = rf"'(^|[^\pL\pN_])(' || {listed} || ')($|[^\pL\pN_])'"
    return f"(({may_have}) AND regexp_matches({column}, {pattern}))"


def is_in_stream(stream: BinaryIO, texts: tuple[str, ...]) -> bool:
    """Tell whether any of these texts is in a stream, a part of which is held at a time."""
    wanted, plain = in_bytes(texts), [text.encode() for text in texts]
    longest, held, is_first = max(map(len, plain)), b"", True
    for chunk, is_last in _chunks(stream):
        held += chunk
        # To look for plain bytes takes a tenth of the time, and most often there are none.
        for found in wanted.finditer(held) if any(each in held for each in plain) else ():
            # At an edge of what is held it may be a part of a longer word.
            if (is_first or found.start()) and (is_last or found.end() < len(held)):
                return True
        is_first = is_first and len(held) <= longest
        held = held[-longest - 1 :]
    return False


def has_any(stream: BinaryIO, *wanted: bytes) -> bool:
    """Tell whether any of these bytes are in a stream, as a word or within one."""
    longest = max(map(len, wanted))
    held = b""
    for chunk, _is_last in _chunks(stream):
        held += chunk
        if any(each in held for each in wanted):
            return True
        held = held[-longest:]
    return False


def _chunks(stream: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Yield the stream in parts, each with whether it is the last."""
    chunk = stream.read(_CHUNK)
    while chunk:
        following = stream.read(_CHUNK)
        yield chunk, not following
        chunk = following


def _any_of(texts: tuple[str, ...]) -> str:
    return "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True))
