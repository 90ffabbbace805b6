"""Parsing options: everything that must be known to read a file the same way twice."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Self

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16, little endian",
    "utf-16-be": "UTF-16, big endian",
    "cp1252": "Western European (Windows-1252)",
    "cp1250": "Central European (Windows-1250)",
    "mac-roman": "Western European (Mac Roman)",
    "iso-8859-1": "Western European (ISO 8859-1)",
}
DECIMAL_MARKS = {".": "Point", ",": "Comma"}
THOUSANDS_MARKS = {"": "None", ",": "Comma", ".": "Point", " ": "Space", "'": "Apostrophe"}


class FileFormat(StrEnum):
    """How the records of a file are written down."""

    DELIMITED = "delimited"
    JSON_ARRAY = "json"
    NDJSON = "ndjson"

    @property
    def label(self) -> str:
        """Return the name people know the format by."""
        return _FORMAT_LABELS[self]


_FORMAT_LABELS = {
    FileFormat.DELIMITED: "Delimited text (CSV)",
    FileFormat.JSON_ARRAY: "JSON array",
    FileFormat.NDJSON: "NDJSON, one object a line",
}


class OptionsImpossible(ValueError):
    """Parsing options that contradict themselves; `option` names the field at fault."""

    def __init__(self, option: str, message: str) -> None:
        super().__init__(message)
        self.option = option
        self.message = message


@dataclass(frozen=True)
class ParsingOptions:
    """The recipe for reading one file; raises OptionsImpossible when it cannot be one."""

    format: FileFormat = FileFormat.DELIMITED
    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str | None = '"'
    escape: str | None = None
    has_header: bool = True
    skipped_rows: int = 0
    decimal_mark: str = "."
    thousands_mark: str = ""
    null_words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _refuse_unknown_words(self)
        _refuse_marks(self)
        if self.skipped_rows < 0:
            raise OptionsImpossible("skipped_rows", "The number of skipped rows is 0 or more.")

    def to_dict(self) -> dict[str, Any]:
        """Return the options as plain values that JSON can hold."""
        values = asdict(self)
        return {**values, "format": self.format.value, "null_words": list(self.null_words)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Return the options that `to_dict` gave; keys of other versions are ignored."""
        known = {field.name for field in fields(cls)}
        chosen = {name: value for name, value in values.items() if name in known}
        if "format" in chosen:
            chosen["format"] = _file_format(chosen["format"])
        if "null_words" in chosen:
            chosen["null_words"] = tuple(chosen["null_words"])
        return cls(**chosen)


def _file_format(value: str) -> FileFormat:
    try:
        return FileFormat(value)
    except ValueError:
        raise OptionsImpossible("format", f"There is no file format {value!r}.") from None


def _refuse_unknown_words(options: ParsingOptions) -> None:
    if options.encoding not in ENCODINGS:
        raise OptionsImpossible("encoding", f"There is no encoding {options.encoding!r} to choose.")
    if options.decimal_mark not in DECIMAL_MARKS:
        raise OptionsImpossible("decimal_mark", "The decimal mark is a point or a comma.")
    if options.thousands_mark not in THOUSANDS_MARKS:
        raise OptionsImpossible("thousands_mark", "That thousands mark is not one to choose.")
    if options.thousands_mark == options.decimal_mark:
        raise OptionsImpossible("thousands_mark", "Decimal and thousands mark must differ.")


def _refuse_marks(options: ParsingOptions) -> None:
    marks = {"delimiter": options.delimiter, "quote": options.quote, "escape": options.escape}
    for option, mark in marks.items():
        if mark is None and option != "delimiter":
            continue
        if mark is None or len(mark) != 1 or mark in "\r\n\0":
            raise OptionsImpossible(option, f"The {option} is exactly one character.")
    used = [mark for mark in marks.values() if mark is not None]
    if len(set(used)) < len(used):
        message = "Delimiter, quote and escape must be three different characters."
        raise OptionsImpossible("delimiter", message)
