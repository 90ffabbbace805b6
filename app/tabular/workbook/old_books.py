"""The errors in the cells of XLS workbooks, which their reader gives as empty cells.

An XLS file is a small file system, of sectors linked by tables, that has the workbook in one of its
files: a stream of records, each with its kind and size in two bytes.
"""

import struct
from collections.abc import Iterator, Sequence

from app.tabular.workbook.binary_records import ERRORS, number_at

Errors = dict[tuple[int, int], str]
_NAMES = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book"))
_FIRST_TABLES = 109
_LAST_SECTOR = 0xFFFFFFFA
_ENTRY_BYTES, _ROOT = 128, 5
_SHEET, _END, _FORMULA, _BOOLEAN_OR_ERROR = 0x85, 0x0A, 0x06, 0x0205
_IS_ERROR = 2


def errors_in(content: bytes) -> list[Errors]:
    """Return the errors by row and column, from 0, of each sheet in the workbook's order."""
    stream = _workbook_stream(content)
    starts = [number_at(record, 0) for kind, record in _records(stream, 0) if kind == _SHEET]
    return [_errors_from(stream, start) for start in starts]


def _errors_from(stream: bytes, start: int) -> Errors:
    found: Errors = {}
    for kind, record in _records(stream, start):
        code = _error_code(kind, record)
        if code is not None:
            row, column = struct.unpack_from("<HH", record)
            found[row, column] = ERRORS.get(code, "#VALUE!")
    return found


def _error_code(kind: int, record: bytes) -> int | None:
    if kind == _BOOLEAN_OR_ERROR and record[7:8] == b"\1":
        return record[6]
    # The last two bytes of a formula's result say that it is no number.
    is_no_number = kind == _FORMULA and record[12:14] == b"\xff\xff"
    return record[8] if is_no_number and record[6] == _IS_ERROR else None


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records from a place to where the sheet, or the list of sheets, ends."""
    while start + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, start)
        if kind == _END:
            return
        yield kind, stream[start + 4 : start + 4 + size]
        start += 4 + size


def _workbook_stream(content: bytes) -> bytes:
    sector = 1 << number_at(content, 30, 2)
    table = _table(content, sector)
    folder = _joined(content, sector, table, number_at(content, 48), offset=sector)
    entries = [
        folder[place : place + _ENTRY_BYTES] for place in range(0, len(folder), _ENTRY_BYTES)
    ]
    entry = next(each for each in entries if each.startswith(_NAMES))
    start, size = number_at(entry, 116), number_at(entry, 120)
    if size >= number_at(content, 56):
        return _joined(content, sector, table, start, offset=sector)[:size]
    # A small file is kept in the sectors, of a size of their own, of another file: the root's.
    root = next(each for each in entries if each[66] == _ROOT)
    small = _joined(content, sector, table, number_at(root, 116), offset=sector)
    links = _joined(content, sector, table, number_at(content, 60), offset=sector)
    return _joined(small, 1 << number_at(content, 32, 2), _numbers(links), start)[:size]


def _table(content: bytes, sector: int) -> Sequence[int]:
    """Return the table that has, for each sector, the next one."""
    places = list(struct.unpack_from(f"<{_FIRST_TABLES}I", content, 76))
    following = number_at(content, 68)
    while following < _LAST_SECTOR and len(places) * sector <= len(content):
        more = _numbers(content[(following + 1) * sector : (following + 2) * sector])
        places += more[:-1]
        following = more[-1]
    whole = b"".join(
        content[(place + 1) * sector : (place + 2) * sector]
        for place in places
        if place < _LAST_SECTOR
    )
    return _numbers(whole)


def _numbers(content: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _joined(
    content: bytes, sector: int, table: Sequence[int], start: int, offset: int = 0
) -> bytes:
    """Return the sectors that follow each other from one on; the first begins at `offset`."""
    pieces: list[bytes] = []
    while start < _LAST_SECTOR and len(pieces) <= len(table):
        place = offset + start * sector
        pieces.append(content[place : place + sector])
        start = table[start]
    return b"".join(pieces)
