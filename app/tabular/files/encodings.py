"""Finds the encoding of a file by strict reading, from its first byte to its last."""

import codecs
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

import charset_normalizer

from app.tabular.files.appearances import refuse_binary
from app.tabular.files.checking import is_utf8
from app.tabular.files.encoding_names import ENCODINGS
from app.tabular.files.letters import Judged, judged_encodings
from app.tabular.files.opening import chunks_of
from app.tabular.files.source import Source

HEAD_BYTES = 256_000
TAIL_BYTES = 32_000
_ACCENTED_BYTES = 64_000
_UNIT = 4
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ASCII = bytes(range(128))
_ASIAN = ("cp932", "euc-jp", "gb18030", "big5", "cp949")
_SURE_SCORE = 0.55
_SURE_SCRIPT_SCORE = 0.95
_SURE_MARGIN = 0.15
# Fewer different letters than this tell nothing of a rarer encoding.
_LEAST_LETTERS = 3


@dataclass(frozen=True)
class EncodingFound:
    """The encoding of a file, how sure it is, why, and the bytes at the file's two ends.

    The tail begins where the head ends, or later; it is empty where the head is the whole file.
    """

    encoding: str
    confidence: float
    sentence: str
    head: bytes
    tail: bytes


def found_encoding(source: Source) -> EncodingFound:
    """Return the encoding that all bytes of the file fit, or a guess that is not sure.

    Raises FileUnreadable for bytes that are no text. Reads the file once more where it is not
    UTF-8, to see the bytes that tell what else it is.
    """
    scan = _Scan()
    for chunk in chunks_of(source):
        scan.take(chunk)
    scan.finish()
    found = _by_ends(scan) or _by_letters(_Accents.of(source))
    return EncodingFound(*found, scan.head, scan.last_bytes)


class _Scan:
    """What one pass over the bytes tells."""

    def __init__(self) -> None:
        self.head = b""
        self.size = 0
        self.is_utf8 = True
        self._tail = b""
        self._unfinished = b""

    @property
    def last_bytes(self) -> bytes:
        """Return the bytes at the end that are not in the head, from a place that units begin."""
        tail = self._tail[-max(1, self.size - len(self.head)) :]
        if self.size <= len(self.head):
            return b""
        return tail[-(self.size - len(tail)) % _UNIT :]

    def take(self, chunk: bytes) -> None:
        if len(self.head) < HEAD_BYTES:
            self.head += chunk[: HEAD_BYTES - len(self.head)]
        self._tail = (self._tail + chunk[-TAIL_BYTES:])[-TAIL_BYTES:]
        if self.is_utf8 and (self._unfinished or not chunk.isascii()):
            self._try_utf8(self._unfinished + chunk)
        self.size += len(chunk)

    def finish(self) -> None:
        self.is_utf8 = self.is_utf8 and not self._unfinished

    def _try_utf8(self, text: bytes) -> None:
        """See whether it is UTF-8, but for a letter at its end that is not there yet."""
        begun = next((n for n in range(1, _UNIT) if text[-n:][:1] >= b"\xc0"), 0)
        is_whole = not begun or is_utf8(text[-begun:])
        end = len(text) if is_whole else len(text) - begun
        self._unfinished = text[end:]
        self.is_utf8 = is_utf8(memoryview(text)[:end])


@dataclass
class _Accents:
    """The bytes beyond ASCII of a file that is not UTF-8, and some of the lines they are on."""

    lines: bytes = b""
    distinct: set[int] = field(default_factory=set)
    first_line: int = 0
    first_byte: int = 0

    @classmethod
    def of(cls, source: Source) -> Self:
        """Return what there is beyond ASCII in a file, and where it is no UTF-8."""
        found, decoder = cls(), codecs.getincrementaldecoder("utf-8")()
        line, size = 1, 0
        for chunk in chunks_of(source):
            high = chunk.translate(None, _ASCII)
            if not found.first_line:
                found._look_for_break(decoder, chunk, line, size)
            if high and len(found.lines) < _ACCENTED_BYTES:
                lines = b"".join(each for each in chunk.splitlines(True) if not each.isascii())
                found.lines += lines[: _ACCENTED_BYTES - len(found.lines)]
            found.distinct |= set(high)
            line, size = line + chunk.count(b"\n"), size + len(chunk)
        return found

    def _look_for_break(
        self, decoder: codecs.IncrementalDecoder, chunk: bytes, line: int, size: int
    ) -> None:
        waiting = len(decoder.getstate()[0])
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as failure:
            self.first_line = line + failure.object.count(b"\n", 0, failure.start)
            self.first_byte = size - waiting + failure.start


def _by_ends(scan: _Scan) -> tuple[str, float, str] | None:
    """Return the verdict where a mark, zeros or UTF-8 itself tells; raise FileUnreadable."""
    for mark, encoding in _MARKS:
        if scan.head.startswith(mark):
            return encoding, 1.0, "The file begins with the byte order mark of this encoding."
    by_zeros = _wide_by_zeros(scan.head)
    if by_zeros is not None:
        return by_zeros, 0.9, f"Its zero bytes stand as in {ENCODINGS[by_zeros]}."
    refuse_binary(scan.head)
    if scan.is_utf8:
        return "utf-8", 1.0, f"All {scan.size:,} bytes are valid UTF-8."
    return None


def _by_letters(accents: _Accents) -> tuple[str, float, str]:
    judged = judged_encodings(accents.lines, sorted(accents.distinct))
    if _is_nearly_utf8(accents):
        sentence = (
            f"Nearly all of the file is UTF-8, but {_where(accents)}, is not: choose its encoding."
        )
        return judged[0].encoding if judged else "cp1252", 0.2, sentence
    best = judged[0] if judged else None
    asian = _asian(accents.lines) if best is None or best.score < _doubtful(best) else None
    if asian:
        label = ENCODINGS[asian]
        return asian, 0.5, f"The file is not UTF-8, and its bytes fit {label}: please confirm."
    if best is None:
        sentence = "The file is in none of the encodings tried. Choose the one it was saved in."
        return "cp1252", 0.1, sentence
    words = _words(best.text)
    shown = f", which makes words such as {words} of it" if words else ""
    sentence = (
        f"The file is not UTF-8 ({_where(accents)}); {ENCODINGS[best.encoding]} fits best{shown}."
    )
    return best.encoding, 0.85 if _is_sure(judged) else 0.5, sentence


def _doubtful(best: Judged) -> float:
    # The letters of other scripts are made of East Asian text by chance more often than accents.
    return _SURE_SCRIPT_SCORE if best.is_script else _SURE_SCORE


def _is_sure(judged: Sequence[Judged]) -> bool:
    best = judged[0]
    rivals = [each.score for each in judged[1:] if each.text != best.text]
    margin = best.score - max(rivals, default=-1.0)
    is_enough = best.encoding == "cp1252" or best.letter_count >= _LEAST_LETTERS
    return is_enough and best.score >= _doubtful(best) and margin >= _SURE_MARGIN


def _where(accents: _Accents) -> str:
    return f"byte {accents.first_byte:,}, on line {accents.first_line:,}"


def _is_nearly_utf8(accents: _Accents) -> bool:
    """Return whether well-formed UTF-8 outnumbers the bytes that are not."""
    text = accents.lines.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(sign > "\x7f" for sign in text) - broken
    return whole > broken


def _asian(sample: bytes) -> str | None:
    """Return the encoding of East Asian text that a detector made for prose finds here."""
    found = charset_normalizer.from_bytes(sample, cp_isolation=list(_ASIAN), threshold=0.9).best()
    names = {codecs.lookup(name).name: name for name in _ASIAN}
    return names.get(codecs.lookup(found.encoding).name) if found else None


def _words(text: str) -> str:
    found = dict.fromkeys(
        word.strip(".,:!?()\"'") for word in text.replace(";", " ").replace(",", " ").split()
        if not word.isascii() and 2 < len(word) < 25
    )  # fmt: skip
    return ", ".join(f"“{word}”" for word in list(found)[:3])


def _wide_by_zeros(head: bytes) -> str | None:
    """Return the UTF-32 or UTF-16 that zero bytes at regular places show."""
    zeros = [
        head[place::_UNIT].count(0) / max(1, len(head[place::_UNIT])) for place in range(_UNIT)
    ]
    if len(head) < 2:
        return None
    if min(zeros[2:]) > 0.9 and zeros[0] < 0.05:
        return "utf-32-le"
    if min(zeros[:2]) > 0.9 and zeros[3] < 0.05:
        return "utf-32-be"
    even, odd = (zeros[0] + zeros[2]) / 2, (zeros[1] + zeros[3]) / 2
    if odd > 0.3 and even < 0.05:
        return "utf-16-le"
    if even > 0.3 and odd < 0.05:
        return "utf-16-be"
    return None
