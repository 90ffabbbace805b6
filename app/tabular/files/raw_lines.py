"""Lines of a file as they stand there, with their ends, for people to look at."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from app.tabular.files.opening import opened
from app.tabular.files.source import Source

LONGEST_SHOWN = 500
LINES_SHOWN = 24
BYTES_A_LINE = 16
_LONGEST_READ = 1_000_000
_ENDS = {"\r\n": "CRLF", "\n": "LF", "\r": "CR"}
_END_NAMES = {"CRLF": "Carriage return and line feed", "LF": "Line feed", "CR": "Carriage return"}
# Marks that cannot be seen, as programs write them; the tab has an arrow. Many fonts lack the
# pictures that Unicode has for them.
_VISIBLE = {
    **{code: f"\\x{code:02x}" for code in (*range(32), 0x7F)},
    **{0x09: "→", 0x0A: "\\n", 0x0D: "\\r", 0xFEFF: "[BOM]", 0x200B: "[zero width]"},
}


@dataclass(frozen=True)
class RawLine:
    """One line of a file; `end` says how it ends, and is empty at the file's end.

    `text` may hold marks that cannot be seen. Bytes that are no letter in the encoding are in it
    as `\\x` and two digits; `is_cut` tells that the line goes on.
    """

    number: int
    text: str
    end: str = ""
    is_cut: bool = False

    @property
    def end_name(self) -> str:
        """How the line ends, in words."""
        return _END_NAMES.get(self.end, "")

    def pieces(self, delimiter: str = "") -> list[str]:
        """Return the parts between the delimiters, fit to be seen."""
        return [
            visible(part) for part in (self.text.split(delimiter) if delimiter else [self.text])
        ]


def visible(text: str) -> str:
    """Return text in which every mark can be seen."""
    return text.translate(_VISIBLE)


def raw_lines(
    source: Source, encoding: str, *, first: int = 1, count: int = LINES_SHOWN
) -> list[RawLine]:
    """Return `count` lines from number `first` on; reads all before them, in bounded memory.

    Raises FileUnreadable where the file cannot be unpacked.
    """
    with opened(source) as stream:
        text = io.TextIOWrapper(stream, encoding=encoding, errors="backslashreplace", newline="")
        lines = list(islice(_lines(text), first - 1, first - 1 + count))
        text.detach()
    return lines


def _lines(text: io.TextIOWrapper) -> Iterator[RawLine]:
    number = 0
    while line := text.readline(_LONGEST_READ):
        number += 1
        content = line.rstrip("\r\n") if line.endswith(("\r", "\n")) else line
        yield RawLine(number, content[:LONGEST_SHOWN], _end(line), len(content) > LONGEST_SHOWN)
        while len(line) == _LONGEST_READ and not line.endswith(("\r", "\n")):
            line = text.readline(_LONGEST_READ)


def _end(line: str) -> str:
    return next((shown for end, shown in _ENDS.items() if line.endswith(end)), "")


def byte_lines(source: Source, *, count: int = LINES_SHOWN) -> list[RawLine]:
    """Return the stored bytes themselves as two digits each, for a file that is no text."""
    with source.open() as stream:
        head = stream.read(count * BYTES_A_LINE)
    starts = range(0, len(head), BYTES_A_LINE)
    return [_of_bytes(start, head[start : start + BYTES_A_LINE]) for start in starts]


def _of_bytes(start: int, piece: bytes) -> RawLine:
    letters = "".join(chr(byte) if 32 <= byte < 127 else "·" for byte in piece)
    return RawLine(start, f"{piece.hex(' '):<{BYTES_A_LINE * 3}} {letters}")
