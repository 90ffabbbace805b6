"""Parsing options: everything that must be known to read a file the same way twice."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Self

from app.tabular.files.encoding_names import ENCODINGS

DECIMAL_MARKS = {".": "Point", ",": "Comma"}
THOUSANDS_MARKS = {
    "": "None",
    ",": "Comma",
    ".": "Point",
    " ": "Space",
    "'": "Apostrophe",
    "\u00a0": "Non-breaking space",
    "\u202f": "Narrow space",
    "\u2019": "Typographic apostrophe",
}
LONGEST_DELIMITER = 8
MOST_HEADER_ROWS = 3
MOST_LEFT_OUT = 10_000


class FileFormat(StrEnum):
    """How the records of a file are written down."""

    DELIMITED = "delimited"
    FIXED = "fixed"
    JSON = "json"
    NDJSON = "ndjson"
    XML = "xml"
    WORKBOOK = "workbook"
    PARQUET = "parquet"

    @property
    def label(self) -> str:
        """Return the name people know the format by."""
        return _FORMAT_LABELS[self]

    @property
    def is_text_table(self) -> bool:
        """Return whether the file is rows of cells written as text lines."""
        return self in (FileFormat.DELIMITED, FileFormat.FIXED)

    @property
    def has_absent_values(self) -> bool:
        """Return whether a record may lack a field altogether, which is not to leave it empty."""
        return self in (FileFormat.JSON, FileFormat.NDJSON, FileFormat.XML)


_FORMAT_LABELS = {
    FileFormat.DELIMITED: "Delimited text (CSV)",
    FileFormat.FIXED: "Text in columns of fixed width",
    FileFormat.JSON: "JSON",
    FileFormat.NDJSON: "NDJSON, one object a line",
    FileFormat.XML: "XML",
    FileFormat.WORKBOOK: "Workbook (Excel, OpenDocument)",
    FileFormat.PARQUET: "Parquet",
}


class OptionsImpossible(ValueError):
    """Parsing options that contradict themselves; `option` names the field at fault."""

    def __init__(self, option: str, message: str) -> None:
        super().__init__(message)
        self.option = option
        self.message = message


@dataclass(frozen=True)
class ParsingOptions:
    """The recipe for reading one file; raises OptionsImpossible when it cannot be one.

    Rows to skip and rows below the table are lines of the file, or rows of a sheet. `delimiter`
    has one to eight characters; with `is_repeated`, a run of its last character belongs to it, so
    that `"  "` means two spaces or more, and `" "` any run of spaces and tabs. With `is_padded`,
    spaces beside a delimiter belong to no cell. `column_starts` are the places, from 0, at which
    columns of fixed width begin. With `has_row_names`, the first column has values but no name, so
    that the header is one cell short.
    `first_column` and `column_count` leave out empty columns at the table's edges. A row longer
    than the table is a bad row, or, with `keeps_long_rows`, goes on into columns without a name.
    `record_path` names the list in JSON (`data.items`, see `json.paths`) or the repeated element in
    XML (`catalog/book`); `sheet` a workbook's sheet, the first with cells where it is empty.
    """

    format: FileFormat = FileFormat.DELIMITED
    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str | None = '"'
    escape: str | None = None
    is_repeated: bool = False
    is_padded: bool = False
    comment: str | None = None
    header_rows: int = 1
    skipped_rows: int = 0
    footer_rows: int = 0
    column_starts: tuple[int, ...] = ()
    first_column: int = 0
    column_count: int | None = None
    has_row_names: bool = False
    keeps_long_rows: bool = False
    record_path: str = ""
    sheet: str = ""
    decimal_mark: str = "."
    thousands_mark: str = ""
    null_words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _refuse_unknown_words(self)
        _refuse_marks(self)
        _refuse_places(self)

    @property
    def has_header(self) -> bool:
        """Return whether the file names its columns."""
        return self.header_rows > 0

    def to_dict(self) -> dict[str, Any]:
        """Return the options as plain values that JSON can hold."""
        values = asdict(self)
        lists = {name: list(value) for name, value in values.items() if isinstance(value, tuple)}
        return {**values, **lists, "format": self.format.value}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Return the options that `to_dict` gave; keys of other versions are ignored."""
        known = {field.name for field in fields(cls)}
        chosen = {name: value for name, value in values.items() if name in known}
        if "format" in chosen:
            chosen["format"] = _file_format(chosen["format"])
        for name in ("null_words", "column_starts"):
            chosen[name] = tuple(chosen.get(name, ()))
        if "has_header" in values and "header_rows" not in values:
            chosen["header_rows"] = int(values["has_header"])
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
    delimiter = options.delimiter
    if not 1 <= len(delimiter) <= LONGEST_DELIMITER or set(delimiter) & set("\r\n\0"):
        message = f"The delimiter is one to {LONGEST_DELIMITER} characters."
        raise OptionsImpossible("delimiter", message)
    for option, mark in (("quote", options.quote), ("escape", options.escape)):
        if mark is not None and (len(mark) != 1 or mark in "\r\n\0"):
            raise OptionsImpossible(option, f"The {option} is exactly one character.")
    if options.comment is not None and not options.comment.strip():
        raise OptionsImpossible("comment", "A comment begins with at least one visible character.")
    used = [mark for mark in (delimiter, options.quote, options.escape) if mark is not None]
    if len(set(used)) < len(used):
        message = "Delimiter, quote and escape must be three different characters."
        raise OptionsImpossible("delimiter", message)


def _refuse_places(options: ParsingOptions) -> None:
    if not 0 <= options.header_rows <= MOST_HEADER_ROWS:
        message = f"A header has at most {MOST_HEADER_ROWS} rows."
        raise OptionsImpossible("header_rows", message)
    for option in ("skipped_rows", "footer_rows", "first_column"):
        if not 0 <= getattr(options, option) <= MOST_LEFT_OUT:
            message = f"The number is between 0 and {MOST_LEFT_OUT:,}."
            raise OptionsImpossible(option, message)
    if options.column_count is not None and options.column_count < 1:
        raise OptionsImpossible("column_count", "A table has at least one column.")
    starts = options.column_starts
    if any(start < 0 for start in starts) or list(starts) != sorted(set(starts)):
        message = "The columns begin at places that grow, from 0."
        raise OptionsImpossible("column_starts", message)
