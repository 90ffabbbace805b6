"""The values of JSON arrays, found one by one in text that arrives in pieces."""

import json
import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from app.tabular.files.decoding import LONGEST_RECORD
from app.tabular.files.source import FileUnreadable
from app.tabular.json.values import DECODER

# A byte order mark may stand before each part of a file that came in parts.
_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_NOT_JSON = "The text there is not JSON."
_KINDS = {"{": "an object", '"': "a text", "t": "true", "f": "false", "n": "null"}


@dataclass(frozen=True)
class FoundRecord:
    """One value of the array: its number from 1, the value and its text."""

    number: int
    value: Any
    raw: str


class _Place(Enum):
    """Where in the text the scanner stands."""

    OUTSIDE = auto()
    AFTER_BRACKET = auto()
    AFTER_VALUE = auto()
    AFTER_COMMA = auto()


class ArrayScanner:
    """Finds records in pieces of text, holding no more than the record under way.

    With `with_objects`, objects outside any array are records too, one after the other; with
    `stops`, the scanner stops where the first array ends and has no opinion of what follows it.
    """

    def __init__(
        self, *, many_arrays: bool, with_objects: bool = False, stops: bool = False
    ) -> None:
        self._many_arrays = many_arrays
        self._with_objects = with_objects
        self._stops = stops
        self.has_stopped = False
        self._text = ""
        self._place = _Place.OUTSIDE
        self._array_count = 0
        self._record_count = 0
        self._lines_before = 0
        self._worth_trying = 0

    @property
    def has_begun(self) -> bool:
        """Return whether any array or object was met."""
        return bool(self._array_count)

    def feed(self, text: str) -> list[FoundRecord]:
        """Return the records that end in this piece; raise FileUnreadable."""
        self._text += text
        # A record that is still cut off is only tried again once there is twice as much of it.
        return self._scan(is_last=False) if len(self._text) >= self._worth_trying else []

    def finish(self) -> list[FoundRecord]:
        """Return the last records; raise FileUnreadable when the text ends too early."""
        found = self._scan(is_last=True)
        if self._place is not _Place.OUTSIDE:
            raise self._cut_off()
        if not self._array_count:
            hint = "Choose a file with at least one record."
            raise FileUnreadable("empty_file", "The file is empty.", hint)
        return found

    def _scan(self, *, is_last: bool) -> list[FoundRecord]:
        found: list[FoundRecord] = []
        text, position = self._text, 0
        while (position := _after_space(text, position)) < len(text):
            sign = text[position]
            if self._begins_value(sign):
                end = self._end_of_value(position, is_last, found)
                if end is None:
                    break
                position = end
            else:
                self._step_over(sign, position)
                position += 1
                if self.has_stopped:
                    return found
        self._drop(position)
        return found

    def _begins_value(self, sign: str) -> bool:
        if self._place is _Place.OUTSIDE:
            return sign == "{" and self._with_objects
        return self._place is not _Place.AFTER_VALUE and not self._ends(sign)

    def _ends(self, sign: str) -> bool:
        return sign == "]" and self._place is _Place.AFTER_BRACKET

    def _step_over(self, sign: str, position: int) -> None:
        if self._place is _Place.OUTSIDE:
            self._open_array(sign, position)
            self._place = _Place.AFTER_BRACKET
        elif sign == "]":
            self._place = _Place.OUTSIDE
            self.has_stopped = self._stops
        elif sign == "," and self._place is _Place.AFTER_VALUE:
            self._place = _Place.AFTER_COMMA
        else:
            raise self._broken(position, "A comma or a closing bracket is expected here.")

    def _open_array(self, sign: str, position: int) -> None:
        if sign != "[":
            raise self._no_array(sign, position)
        if self._array_count and not self._many_arrays:
            raise self._broken(position, "The JSON array is closed, but more text follows it.")
        self._array_count += 1

    def _end_of_value(self, start: int, is_last: bool, found: list[FoundRecord]) -> int | None:
        try:
            value, end = DECODER.raw_decode(self._text, start)
        except json.JSONDecodeError as failure:
            self._refuse_or_wait(failure, start, is_last)
            return None
        except RecursionError:
            raise self._too_deep() from None
        is_cut = end == len(self._text) and self._text[start] not in '{["'
        if is_cut and not is_last:
            return None
        self._record_count += 1
        self._worth_trying = 0
        is_alone = self._place is _Place.OUTSIDE
        self._array_count += is_alone
        self._place = _Place.OUTSIDE if is_alone else _Place.AFTER_VALUE
        found.append(FoundRecord(self._record_count, value, self._text[start:end]))
        return end

    def _refuse_or_wait(self, failure: json.JSONDecodeError, start: int, is_last: bool) -> None:
        is_cut = failure.msg.startswith("Unterminated") or failure.pos >= len(self._text.rstrip())
        held = len(self._text) - start
        if is_last:
            raise self._cut_off() if is_cut else self._broken(failure.pos, _NOT_JSON)
        if held >= LONGEST_RECORD:
            raise self._record_too_long() if is_cut else self._broken(failure.pos, _NOT_JSON)
        self._worth_trying = held * 2

    def _drop(self, position: int) -> None:
        self._lines_before += self._text.count("\n", 0, position)
        self._text = self._text[position:]

    def _line(self, position: int = 0) -> int:
        return self._lines_before + self._text.count("\n", 0, position) + 1

    def _broken(self, position: int, what: str) -> FileUnreadable:
        line = self._line(position)
        column = position - self._text.rfind("\n", 0, position)
        where = (
            f"line {line:,}, sign {column:,}"
            if self._lines_before or line > 1
            else f"line {line:,}"
        )
        message = f"The JSON is broken in record {self._record_count + 1:,} ({where}). {what}"
        return FileUnreadable("bad_syntax", message, "Export the file again.", line=line)

    def _no_array(self, sign: str, position: int) -> FileUnreadable:
        if self._array_count:
            return self._broken(position, "The JSON array is closed, but other text follows it.")
        kind = "a number" if sign in "-0123456789" else _KINDS.get(sign)
        if kind is None:
            return self._broken(position, "The file does not begin like JSON.")
        message = f"The file is {kind}, where a list of records is expected."
        return FileUnreadable("no_records", message, "Send a JSON array of objects.", line=1)

    def _cut_off(self) -> FileUnreadable:
        message = f"The file ends in the middle of the list, after record {self._record_count:,}."
        hint = "The file was cut off: send it again from its start."
        return FileUnreadable("bad_syntax", message, hint, line=self._line(len(self._text)))

    def _record_too_long(self) -> FileUnreadable:
        number = self._record_count + 1
        message = f"Record {number:,} is longer than {LONGEST_RECORD:,} characters."
        hint = "Check that every text in the file is closed by a quote."
        return FileUnreadable("field_too_long", message, hint, line=self._line())

    def _too_deep(self) -> FileUnreadable:
        message = f"Record {self._record_count + 1:,} is nested too deep."
        return FileUnreadable("too_deep", message, "Send flat records.", line=self._line())


def _after_space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found else position
