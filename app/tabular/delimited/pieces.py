"""Pieces of a file's bytes, cut at line ends, to be parsed at once or read line by line."""

import codecs
import io
from typing import IO

from app.tabular.files.decoding import LONGEST_LINE

FIRST_PIECE_BYTES = 1 << 16
PIECE_BYTES = 1 << 23
# Characters have at most four bytes.
UNBROKEN_BYTES = 4 * LONGEST_LINE


class Pieces(io.TextIOBase):
    """A file that is taken piece by piece where that will do, and else line by line.

    `take` gives the next piece; who cannot use it gives it back, or opens it, and then reads
    lines until `is_at_cut` says that the last line read ends where a piece ends. A line that is
    not complete goes on into the next piece.
    """

    def __init__(self, stream: IO[bytes], encoding: str, size: int | None = None) -> None:
        codec = "utf-8-sig" if encoding == "utf-8" else encoding
        self._decoder = codecs.getincrementaldecoder(codec)()
        self._stream = stream
        self._size = size or PIECE_BYTES
        self._next_size = min(self._size, FIRST_PIECE_BYTES)
        self._given_back: list[bytes] = []
        self._rest = b""
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
        piece, is_last = self._rest, False
        # Without a line end, it is read on until the line is longer than any may be.
        while not is_last and (cut := piece.rfind(b"\n") + 1) == 0 and len(piece) < UNBROKEN_BYTES:
            read = self._stream.read(self._next_size)
            is_last = len(read) < self._next_size
            self._next_size = self._size
            piece += read
        cut = len(piece) if is_last or not cut else cut
        self._rest = piece[cut:]
        return piece[:cut]

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
