"""What is looked up in a workbook's parts: how far a sheet goes, errors, formulas without values.

A sheet is laid out in memory from its first cell to its last, so that two cells far apart would
take all there is: the parts are looked through before a sheet is opened.
"""

import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from app.tabular.files.source import FileUnreadable
from app.tabular.workbook.binary_records import ERRORS, ROW, number_at, records_of_xlsb
from app.tabular.workbook.kinds import WorkbookKind
from app.tabular.workbook.old_books import errors_in

MOST_CELLS = 20_000_000
_MOST_ERRORS = 1_000_000
_MOST_BINARY = 500_000_000
_CHUNK = 1 << 20
_LONGEST_TAG = 4_000
_CELL = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_ERROR = re.compile(
    rb"""<(?:\w+:)?c(?=[^>]{0,200}\st=["']e["'])[^>]{0,200}?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*>"""
    rb"""(?:(?!</(?:\w+:)?c>).){0,9000}?<(?:\w+:)?v>(#[^<]{1,30})</""",
    re.DOTALL,
)
# A formula that no program has calculated; one whose text is empty says that it is a text.
_OPEN_FORMULA = re.compile(
    rb"""<(?:\w+:)?c(?=\s)(?![^>]{0,200}\st=["']str["'])[^>]{0,200}>\s*"""
    rb"""<(?:\w+:)?f(?=[\s/>])(?:[^>]{0,300}/>|[^>]{0,300}>[^<]{0,9000}</(?:\w+:)?f>)\s*"""
    rb"""(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
# A cell's error, and one that a formula gave.
_XLSB_ERRORS = (3, 11)
_ODS_ELEMENT = re.compile(
    rb"""<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]{0,2000})>"""
    rb"""(?:(?<=value-type="error">)<text:p>([#E][^<]{1,30})</text:p>)?"""
)
_COUNT = re.compile(rb"""number-(?:rows|columns)-repeated=["'](\d{1,9})["']""")


@dataclass
class Extent:
    """How many rows and columns a sheet has up to its last cell, and its errors by place.

    `open_formulas` are those that have no value, because no program has calculated them yet.
    """

    rows: int = 0
    columns: int = 1
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    open_formulas: int = 0

    def errors_by_row(self) -> dict[int, dict[int, str]]:
        """Return the errors by column, by row."""
        found: dict[int, dict[int, str]] = {}
        for (row, column), text in self.errors.items():
            found.setdefault(row, {})[column] = text
        return found

    def refuse_too_large(self) -> None:
        """Raise FileUnreadable where the sheet goes too far to be held in memory."""
        if self.rows * self.columns > MOST_CELLS:
            message = (
                f"A sheet goes to row {self.rows:,} and column {self.columns:,}, which is more "
                f"than the {MOST_CELLS:,} cells allowed."
            )
            hint = "Delete what stands far from the table, or save the sheet as CSV."
            raise FileUnreadable("too_large", message, hint)


def extents(whole: IO[bytes], kind: WorkbookKind) -> dict[str, Extent]:
    """Return the extents by the sheets' parts, or by their numbers; raise FileUnreadable."""
    found: dict[str, Extent] = {}
    if kind is WorkbookKind.XLS:
        return _of_xls(whole)
    with zipfile.ZipFile(whole) as archive:
        for name in archive.namelist():
            with archive.open(name) as part:
                if _is_sheet(name, kind):
                    found.update(_MEASURES[kind](name, part))
                # A part that unpacks to more than it says is found to be damaged at its end.
                while part.read(_CHUNK):
                    pass
    for extent in found.values():
        extent.refuse_too_large()
    whole.seek(0)
    return found


def _of_xls(whole: IO[bytes]) -> dict[str, Extent]:
    """Return the errors of every sheet by its number; how far it goes is not looked up."""
    content = whole.read()
    whole.seek(0)
    try:
        found = errors_in(content)
    except (LookupError, StopIteration, struct.error, ValueError):
        return {}  # the workbook's reader finds more files that are not as they should be
    return {str(number): Extent(errors=errors) for number, errors in enumerate(found)}


def column_number(letters: bytes) -> int:
    """Return a column's number, from 1, by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _is_sheet(name: str, kind: WorkbookKind) -> bool:
    if kind is WorkbookKind.ODS:
        return name == "content.xml"
    return "/worksheets/" in name and name.endswith((".xml", ".bin"))


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    """Yield the part in pieces that end where a cell does."""
    held = b""
    while chunk := part.read(_CHUNK):
        held += chunk
        cut = max(held.rfind(b"</c>") + 4, held.rfind(b":c>") + 3, len(held) - 20 * _LONGEST_TAG)
        yield held[:cut]
        held = held[cut:]
    yield held


def _of_xlsx(name: str, part: IO[bytes]) -> dict[str, Extent]:
    extent = Extent()
    for piece in _pieces(part):
        cells = _CELL.findall(piece)
        letters = {column for column, _ in cells}
        extent.columns = max(extent.columns, *map(column_number, letters), 1)
        extent.rows = max(extent.rows, max((int(row) for _, row in cells), default=0))
        extent.open_formulas += len(_OPEN_FORMULA.findall(piece)) if b"f>" in piece else 0
        for column, row, text in _ERROR.findall(piece) if b"#" in piece else ():
            if len(extent.errors) < _MOST_ERRORS:
                place = int(row) - 1, column_number(column) - 1
                extent.errors[place] = text.decode("utf-8", "replace")
    return {name: extent}


def _of_xlsb(name: str, part: IO[bytes]) -> dict[str, Extent]:
    """Walk through the records: rows and cells begin with their number."""
    extent, row = Extent(), 0
    row = 0
    whole = part.read(_MOST_BINARY + 1)
    if len(whole) > _MOST_BINARY:
        message = f"A sheet of the workbook has more than {_MOST_BINARY:,} bytes."
        raise FileUnreadable("too_large", message, "Save the sheet as CSV and send that.")
    for kind, content in records_of_xlsb(whole):
        number = number_at(content, 0) + 1
        if kind == ROW:
            extent.rows = max(extent.rows, number)
            row = number - 1
        elif 1 <= kind <= 11:
            extent.columns = max(extent.columns, number)
            if kind in _XLSB_ERRORS and len(extent.errors) < _MOST_ERRORS:
                extent.errors[row, number - 1] = ERRORS.get(number_at(content, 8, 1), "#VALUE!")
    return {name: extent}


def _of_ods(_name: str, part: IO[bytes]) -> dict[str, Extent]:
    """Add up the rows and cells of each sheet that have a value, as often as they are repeated."""
    found: dict[str, Extent] = {}
    extent, column, row, repeated = Extent(), 0, 0, 0
    for piece in _ods_pieces(part):
        for element, attributes, error in _ODS_ELEMENT.findall(piece):
            if element == b"table":
                extent = found.setdefault(str(len(found)), Extent())
                column, row, repeated = 0, 0, 0
                continue
            counted = _COUNT.search(attributes)
            count = int(counted.group(1)) if counted else 1
            if element == b"table-row":
                column, row, repeated = 0, row + repeated, count
                continue
            column += count
            if b"value-type" not in attributes:
                extent.open_formulas += b"table:formula" in attributes
            else:
                extent.rows = max(extent.rows, row + repeated)
                extent.columns = max(extent.columns, column)
            if error and count == repeated == 1 and len(extent.errors) < _MOST_ERRORS:
                extent.errors[row, column - 1] = error.decode("utf-8", "replace")
    return found


def _ods_pieces(part: IO[bytes]) -> Iterator[bytes]:
    """Yield the part in pieces that end where a cell does."""
    held = b""
    while chunk := part.read(_CHUNK):
        held += chunk
        cut = max(held.rfind(b"</table:table-cell>"), len(held) - 20 * _LONGEST_TAG)
        yield held[:cut]
        held = held[cut:]
    yield held


_MEASURES = {
    WorkbookKind.XLSX: _of_xlsx,
    WorkbookKind.XLSB: _of_xlsb,
    WorkbookKind.ODS: _of_ods,
}
