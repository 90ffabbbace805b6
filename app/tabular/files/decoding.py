"""Bytes to text and to physical lines, strictly, in bounded memory."""

import codecs
import io
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from app.tabular.files.encoding_names import ENCODINGS
from app.tabular.files.opening import chunks_of, opened
from app.tabular.files.source import FileUnreadable, Source

LONGEST_LINE = 1_000_000
LONGEST_RECORD = 16_000_000


@contextmanager
def decoded(source: Source, encoding: str) -> Iterator[io.TextIOWrapper]:
    """Yield the file's text; bytes that do not fit the encoding raise FileUnreadable."""
    with opened(source) as stream:
        codec = "utf-8-sig" if encoding == "utf-8" else encoding
        text = io.TextIOWrapper(stream, encoding=codec, errors="strict", newline="")
        try:
            yield text
        except UnicodeDecodeError:
            raise _located_failure(source, encoding) from None
        finally:
            text.detach()


class Lines:
    """The physical lines of a text, as an editor shows them, with the record they belong to.

    A quoted cell may run over several lines: whoever parses them says with `take_record`
    that a record is complete, and gets the lines it was written on. The first
    `skipped_rows` lines and the last `footer_rows` are left out, and between records those that
    begin with `comment`. `number` lines of the file were read before, by others.
    """

    def __init__(
        self,
        text: io.TextIOBase,
        *,
        skipped_rows: int = 0,
        footer_rows: int = 0,
        comment: str | None = None,
        number: int = 0,
    ) -> None:
        self._text = text
        self._skipped_rows = skipped_rows
        self._footer_rows = footer_rows
        self._comment = comment
        self._record: list[str] = []
        self._record_size = 0
        self.number = number
        self.comment_count = 0
        self.at_end = False

    def __iter__(self) -> Iterator[str]:
        for line in self._but_the_last(self._footer_rows):
            self.number += 1
            if self.number <= self._skipped_rows:
                continue
            if self._comment and not self._record and line.lstrip(" ").startswith(self._comment):
                self.comment_count += 1
                continue
            self._record.append(line)
            self._record_size += len(line)
            if len(line) > LONGEST_LINE or self._record_size > LONGEST_RECORD:
                raise too_long(self.first_line)
            yield line
        self.at_end = True

    def _physical(self) -> Iterator[str]:
        first = self._text.readline(LONGEST_LINE + 1)
        yield first if self.number else first.removeprefix("\ufeff")
        while first and (line := self._text.readline(LONGEST_LINE + 1)):
            yield line

    def _but_the_last(self, count: int) -> Iterator[str]:
        if not count:
            yield from filter(None, self._physical())
            return
        held: deque[str] = deque()
        for line in filter(None, self._physical()):
            held.append(line)
            if len(held) > count:
                yield held.popleft()

    @property
    def first_line(self) -> int:
        """Return the number of the line on which the unfinished record begins."""
        return self.number - len(self._record) + 1

    def take_record(self) -> tuple[int, str]:
        """Return the record's first line number and its raw text, and begin the next one."""
        first_line, raw = self.first_line, "".join(self._record)
        self._record.clear()
        self._record_size = 0
        return first_line, raw


def too_long(line: int) -> FileUnreadable:
    """Return the failure for a line, cell or record longer than can be held in memory."""
    return FileUnreadable(
        "field_too_long",
        f"Line {line:,} holds a line or cell of more than {LONGEST_LINE:,} characters, or a record "
        f"of more than {LONGEST_RECORD:,}.",
        "Check the quote mark and the line ends: an open quote joins many lines into one.",
        line=line,
    )


def bad_encoding(encoding: str, *, line: int, byte: int) -> FileUnreadable:
    """Return the failure for a byte that the encoding does not know."""
    return FileUnreadable(
        "bad_encoding",
        f"Line {line:,} (byte {byte:,} of the file) is not {ENCODINGS[encoding]} text.",
        "Choose another encoding, or save the file as UTF-8.",
        line=line,
        byte=byte,
    )


def _located_failure(source: Source, encoding: str) -> FileUnreadable:
    """Read the file once more to find the first byte at fault."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line, position = 1, 0
    for chunk in chunks_of(source):
        waiting = len(decoder.getstate()[0])
        try:
            line += _line_ends(decoder.decode(chunk))
        except UnicodeDecodeError as failure:
            before = failure.object[: failure.start].decode(encoding)
            byte = position - waiting + failure.start
            return bad_encoding(encoding, line=line + _line_ends(before), byte=byte)
        position += len(chunk)
    return bad_encoding(encoding, line=line, byte=position)


def _line_ends(text: str) -> int:
    # A file ends its lines with \n, \r\n or (old Macs) \r alone.
    return text.count("\n") or text.count("\r")
