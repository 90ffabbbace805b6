"""What is looked up in a workbook's parts: how far a sheet goes, and its errors as they are shown.

A sheet is laid out in memory from its first cell to its last, so that two cells far apart would
take all there is: the parts are looked through before a sheet is opened.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from app.tabular.files.failures import FileUnreadable
from app.tabular.workbook.kinds import WorkbookKind

MOST_CELLS = 20_000_000
_MOST_ERRORS = 1_000_000
_CHUNK = 1 << 20
_LONGEST_TAG = 4_000
_CELL = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_ERROR = re.compile(
    rb"""<(?:\w+:)?c(?=[^>]{0,200}\st=["']e["'])[^>]{0,200}?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*>"""
    rb"""(?:(?!</(?:\w+:)?c>).){0,9000}?<(?:\w+:)?v>(#[^<]{1,30})</""",
    re.DOTALL,
)
_REPEATED = re.compile(rb"""<table:(table-row|table-cell|covered-table-cell)\b([^>]{0,2000})>""")
_COUNT = re.compile(rb"""number-(?:rows|columns)-repeated=["'](\d{1,9})["']""")


@dataclass
class Extent:
    """How many rows and columns a sheet has up to its last cell, and its errors by place."""

    rows: int = 0
    columns: int = 1
    errors: dict[tuple[int, int], str] = field(default_factory=dict)

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
    """Return the extent of every sheet by the name of its part; raise FileUnreadable."""
    found: dict[str, Extent] = {}
    if kind is WorkbookKind.XLS:  # its format has no more than 65,536 rows and 256 columns
        return found
    with zipfile.ZipFile(whole) as archive:
        for name in archive.namelist():
            extent = Extent()
            with archive.open(name) as part:
                if _is_sheet(name, kind):
                    found[name] = extent
                    _MEASURES[kind](part, extent)
                # A part that unpacks to more than it says is found to be damaged at its end.
                while part.read(_CHUNK):
                    pass
            extent.refuse_too_large()
    whole.seek(0)
    return found


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


def _measure_xlsx(part: IO[bytes], extent: Extent) -> None:
    for piece in _pieces(part):
        cells = _CELL.findall(piece)
        letters = {column for column, _ in cells}
        extent.columns = max(extent.columns, *map(column_number, letters), 1)
        extent.rows = max(extent.rows, max((int(row) for _, row in cells), default=0))
        for column, row, text in _ERROR.findall(piece) if b"#" in piece else ():
            if len(extent.errors) < _MOST_ERRORS:
                place = int(row) - 1, column_number(column) - 1
                extent.errors[place] = text.decode("utf-8", "replace")


def _measure_xlsb(part: IO[bytes], extent: Extent) -> None:
    """Walk through the records: rows and cells begin with their number."""
    content, place = part.read(), 0
    while place < len(content):
        kind, place = _variable(content, place, 2)
        size, place = _variable(content, place, 4)
        number = int.from_bytes(content[place : place + 4], "little") + 1
        if kind == 0:
            extent.rows = max(extent.rows, number)
        elif 1 <= kind <= 11:
            extent.columns = max(extent.columns, number)
        place += size


def _variable(content: bytes, place: int, most: int) -> tuple[int, int]:
    """Return a number of one to four bytes, seven bits in each, and where it ends."""
    number = 0
    for shift in range(most):
        if place >= len(content):
            break
        byte, place = content[place], place + 1
        number |= (byte & 0x7F) << (7 * shift)
        if byte < 0x80:
            break
    return number, place


def _measure_ods(part: IO[bytes], extent: Extent) -> None:
    """Add up the rows and cells that have a value, as often as they are repeated."""
    column, waiting, held = 0, 0, b""
    extent.columns = 1
    while chunk := part.read(_CHUNK):
        held += chunk
        cut = max(held.rfind(b"<"), len(held) - _LONGEST_TAG)
        for name, attributes in _REPEATED.findall(held[:cut]):
            found = _COUNT.search(attributes)
            count = int(found.group(1)) if found else 1
            if name == b"table-row":
                column, waiting = 0, waiting + count
                continue
            column += count
            if b"value-type" in attributes:
                extent.rows, waiting = extent.rows + waiting, 0
                extent.columns = max(extent.columns, column)
        held = held[cut:]


_MEASURES = {
    WorkbookKind.XLSX: _measure_xlsx,
    WorkbookKind.XLSB: _measure_xlsb,
    WorkbookKind.ODS: _measure_ods,
}
