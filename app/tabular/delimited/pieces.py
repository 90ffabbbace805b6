"""Pieces of a file's bytes, cut at line ends, to be parsed at once or read line by line."""

import codecs
import io

import numpy as np

from app.tabular.files.decoding import LONGEST_LINE

FIRST_PIECE_BYTES = 1 << 16
PIECE_BYTES = 1 << 22
# Characters have at most four bytes.
UNBROKEN_BYTES = 4 * LONGEST_LINE
_MOST_LINES_BACK = 1_000


def closed_cut(text: bytes | bytearray, cut: int, quote: bytes | None) -> int:
    """Return the last line end up to a cut at which no quote is open, as far as counting tells.

    Quotes that mean nothing mislead it, so whoever parses the piece has to see for themselves.
    """
    is_open = quote is not None and _count(quote, text, cut) % 2
    place = cut
    for _ in range(_MOST_LINES_BACK):
        before = text.rfind(b"\n", 0, place - 1) + 1
        if not is_open or not before:
            break
        is_open ^= text.count(quote or b"", before, place) % 2
        place = before
    return cut if is_open else place


def _count(sign: bytes, text: bytes | bytearray, end: int) -> int:
    """Return how often a sign is in the text before a place, which it mostly is not at all."""
    if text.find(sign, 0, end) < 0:
        return 0
    # By numpy, as bytes.count takes three times as long where there are many.
    return int(np.count_nonzero(np.frombuffer(text, np.uint8, end) == ord(sign)))


class Pieces(io.TextIOBase):
    """A file that is taken piece by piece where that will do, and else line by line.

    `take` gives the next piece; who cannot use it gives it back, or opens it, and then reads
    lines until `is_at_cut` says that the last line read ends where a piece ends. A line that is
    not complete goes on into the next piece.
    """

    def __init__(self, stream: io.BufferedIOBase, encoding: str, quote: str | None = None) -> None:
        codec = "utf-8-sig" if encoding == "utf-8" else encoding
        self._decoder = codecs.getincrementaldecoder(codec)()
        self._stream = stream
        self._quote = quote.encode() if quote else None
        self._size = PIECE_BYTES
        self._next_size = min(self._size, FIRST_PIECE_BYTES)
        self._given_back: list[bytes] = []
        # What was read and is not taken: the memory is used again, as fresh one costs more time
        # than what is done with it.
        self._read_ahead = bytearray()
        self._ahead_count = 0
        self._is_read = False
        self._length = 0
        self._text = io.StringIO(newline="")
        self.line_count = 0

    @property
    def is_at_cut(self) -> bool:
        """Return whether all lines of the open piece were read."""
        return self._text.tell() == self._length

    def take(self) -> bytes:
        """Return the next piece, which ends where a line ends; nothing at the end of the file."""
        if self._given_back:
            return self._given_back.pop()
        self._read()
        # Without a line end, it is read on until the line is longer than any may be.
        while (
            not self._is_read and not self._last_line_end() and self._ahead_count < UNBROKEN_BYTES
        ):
            self._read()
        cut = 0 if self._is_read else self._last_line_end()
        ahead, end = self._read_ahead, self._ahead_count
        cut = closed_cut(ahead, cut, self._quote) if cut else end
        with memoryview(ahead) as all_read:
            piece = bytes(all_read[:cut])
            all_read[: end - cut] = bytes(all_read[cut:end])
        self._ahead_count -= cut
        return piece

    def _last_line_end(self) -> int:
        return self._read_ahead.rfind(b"\n", 0, self._ahead_count) + 1

    def _read(self) -> None:
        """Read on, as far as the file goes."""
        start, end = self._ahead_count, self._ahead_count + self._next_size
        if len(self._read_ahead) < end:
            self._read_ahead.extend(bytes(end - len(self._read_ahead)))
        with memoryview(self._read_ahead) as all_read:
            read = self._stream.readinto(all_read[start:end])
        self._ahead_count += read
        self._is_read = read < self._next_size
        self._next_size = self._size

    def give_back(self, *pieces: bytes) -> None:
        """Let these pieces be the next ones."""
        self._given_back += [piece for piece in reversed(pieces) if piece]

    def open(self, piece: bytes) -> bool:
        """Let the lines of a piece be read; return whether there are any."""
        text = self._decoder.decode(piece, final=not piece)
        self._text = io.StringIO(text, newline="")
        self._length = len(text)
        return bool(piece)

    # The types of the standard library contradict themselves here.
    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        """Return the next line, with its end, or as much of it as asked for."""
        most = -1 if size is None else size
        line = self._text.readline(most)
        while not line.endswith("\n") and not 0 <= most <= len(line) and self.is_at_cut:
            piece = self.take()
            if not self.open(piece):
                break
            if line.endswith("\r") and not piece.startswith(b"\n"):
                break
            line += self._text.readline(most - len(line) if most >= 0 else -1)
        self.line_count += bool(line)
        return line
