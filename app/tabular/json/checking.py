"""Checks that bytes on their way to disk are one JSON array of flat objects."""

import codecs
from typing import Any, BinaryIO

from app.tabular.files.decoding import bad_encoding
from app.tabular.files.opening import CHUNK_BYTES
from app.tabular.files.source import FileUnreadable
from app.tabular.json.stream import ArrayScanner, FoundRecord
from app.tabular.json.values import FlatRow, RecordRefused, kind_of


class JsonArrayChecker:
    """Is fed the pieces of a body as they arrive; raises FileUnreadable at the first fault."""

    def __init__(self) -> None:
        self._scanner = ArrayScanner(many_arrays=False)
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._record_count = 0
        self._received = 0
        self._line = 1

    def feed(self, chunk: bytes) -> None:
        """Check the next piece of the body."""
        self._check(self._scanner.feed(self._text(chunk, is_last=False)))
        self._received += len(chunk)

    def finish(self) -> int:
        """Check that the array is complete; return how many records it has."""
        self._check(self._scanner.feed(self._text(b"", is_last=True)))
        self._check(self._scanner.finish())
        return self._record_count

    def _text(self, chunk: bytes, *, is_last: bool) -> str:
        waiting = len(self._decoder.getstate()[0])
        try:
            text = self._decoder.decode(chunk, is_last)
        except UnicodeDecodeError as failure:
            line = self._line + failure.object[: failure.start].count(b"\n")
            byte = self._received - waiting + failure.start
            raise bad_encoding("utf-8", line=line, byte=byte) from None
        self._line += text.count("\n")
        return text

    def _check(self, found: list[FoundRecord]) -> None:
        for record in found:
            _refuse_unflat(record.number, record.value)
            self._record_count += 1


def validate_json_array(stream: BinaryIO) -> int:
    """Return how many flat objects the stream's one JSON array has; raise FileUnreadable."""
    checker = JsonArrayChecker()
    while chunk := stream.read(CHUNK_BYTES):
        checker.feed(chunk)
    return checker.finish()


def _refuse_unflat(number: int, value: Any) -> None:
    for key, item in value.items() if isinstance(value, dict) else ():
        if isinstance(item, dict | list):
            message = f"Record {number:,} has {kind_of(item)} in its field “{key}”."
            hint = "Send flat records: each field holds a text, a number, true, false or null."
            raise FileUnreadable("nested_value", message, hint, line=number, column=key)
    try:
        FlatRow(value)
    except RecordRefused as refused:
        message = f"Record {number:,} cannot be taken. {refused.message}"
        hint = "Correct the record and send the whole array again."
        raise FileUnreadable(
            refused.rule, message, hint, line=number, column=refused.column
        ) from None
