"""Finds the encoding of a file by strict reading, from its first byte to its last."""

import codecs
from dataclasses import dataclass

from app.tabular.files.appearances import refuse_binary
from app.tabular.files.source import Source, chunks_of

HEAD_BYTES = 96_000
TAIL_BYTES = 32_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNKNOWN_TO_CP1252 = b"\x81\x8d\x8f\x90\x9d"


@dataclass(frozen=True)
class EncodingFound:
    """The encoding of a file, how sure it is, why, and the bytes at the file's two ends."""

    encoding: str
    confidence: float
    sentence: str
    head: bytes
    tail: bytes


def found_encoding(source: Source) -> EncodingFound:
    """Return the encoding that all bytes of the file fit, or a guess that is not sure.

    Raises FileUnreadable for bytes that are no text.
    """
    scan = _Scan()
    for chunk in chunks_of(source):
        scan.take(chunk)
    scan.finish()
    encoding, confidence, sentence = _verdict(scan)
    return EncodingFound(encoding, confidence, sentence, scan.head, scan.tail)


class _Scan:
    """What one pass over the bytes tells."""

    def __init__(self) -> None:
        self.head = b""
        self.tail = b""
        self.size = 0
        self.is_utf8 = True
        self.first_unknown: tuple[int, int] | None = None
        self._line = 1
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def take(self, chunk: bytes) -> None:
        if len(self.head) < HEAD_BYTES:
            self.head += chunk[: HEAD_BYTES - len(self.head)]
        self.tail = (self.tail + chunk)[-TAIL_BYTES:]
        if self.is_utf8:
            self._try_utf8(chunk, is_last=False)
        if self.first_unknown is None:
            self._look_for_unknown(chunk)
        self.size += len(chunk)

    def finish(self) -> None:
        if self.is_utf8:
            self._try_utf8(b"", is_last=True)

    def _try_utf8(self, chunk: bytes, *, is_last: bool) -> None:
        try:
            self._decoder.decode(chunk, is_last)
        except UnicodeDecodeError:
            self.is_utf8 = False

    def _look_for_unknown(self, chunk: bytes) -> None:
        places = [place for byte in _UNKNOWN_TO_CP1252 if (place := chunk.find(byte)) >= 0]
        if places:
            line = self._line + chunk.count(b"\n", 0, min(places))
            self.first_unknown = (line, self.size + min(places))
        self._line += chunk.count(b"\n")


def _verdict(scan: _Scan) -> tuple[str, float, str]:
    for mark, encoding in _MARKS:
        if scan.head.startswith(mark):
            return encoding, 1.0, "The file begins with the byte order mark of this encoding."
    by_zeros = _utf16_by_zeros(scan.head)
    if by_zeros is not None:
        return by_zeros, 0.9, "Every other byte is zero, as in UTF-16."
    refuse_binary(scan.head)
    if scan.is_utf8:
        return "utf-8", 1.0, f"All {scan.size:,} bytes are valid UTF-8."
    if scan.first_unknown is not None:
        line, byte = scan.first_unknown
        where = f"Byte {byte:,}, on line {line:,}, is neither UTF-8 nor Windows-1252."
        return "cp1252", 0.1, f"{where} Choose the encoding the file was saved in."
    return "cp1252", 0.5, "The file is not UTF-8; this is the most common encoding besides."


def _utf16_by_zeros(head: bytes) -> str | None:
    even, odd = head[0::2], head[1::2]
    if not odd:
        return None
    even_zeros, odd_zeros = even.count(0) / len(even), odd.count(0) / len(odd)
    if odd_zeros > 0.3 and even_zeros < 0.05:
        return "utf-16-le"
    if even_zeros > 0.3 and odd_zeros < 0.05:
        return "utf-16-be"
    return None
