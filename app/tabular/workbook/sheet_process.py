"""Runs as a process of its own: writes a workbook's sheets, or the values of one, as JSON lines.

The reader of workbooks lays a sheet out from its first cell to its last. Where memory runs out, its
process is aborted, and nothing that Python could do would stop that: so it has limits and a process
to itself. It imports nothing of ours, because that is what would make it slow to start.
"""

import io
import json
import os
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

MOST_MEMORY = 4_000_000_000
MOST_SECONDS = 600
LOCKED = 3
BROKEN = 4
TOO_LARGE = 5
_PIECE = 1 << 24


def main(number: str = "") -> None:
    """Write what sheets the workbook in standard input has, or the rows of the one with a number.

    The numbers begin with 0.
    """
    # A system may know no such limit: then the sizes that are checked before must do.
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    with CalamineWorkbook.from_filelike(io.BytesIO(_content())) as book:
        if number:
            for row in _rows(book.get_sheet_by_index(int(number))):
                _write(row)
        else:
            for each in book.sheets_metadata:
                _write([each.name, each.visible == SheetVisibleEnum.Visible])


def _content() -> bytes:
    """Return all of standard input, which stands wherever the process that reads it too left it."""
    pieces, place = [], 0
    while piece := os.pread(0, _PIECE, place):
        pieces.append(piece)
        place += len(piece)
    return b"".join(pieces)


def _rows(sheet: CalamineSheet) -> Iterator[list[Any]]:
    """Yield the rows from the sheet's first on, and their cells from the first column on."""
    before = [""] * (sheet.start[1] if sheet.start else 0)
    moments = {
        place for row in sheet.iter_rows() for place, value in enumerate(row) if _is_moment(value)
    }
    for row in sheet.iter_rows():
        # A moment at midnight comes as a date: among moments, it is one like them.
        for place in moments:
            if type(row[place]) is date:
                row[place] = datetime.combine(row[place], time())  # type: ignore[arg-type]
        yield before + row


def _is_moment(value: Any) -> bool:
    return type(value) is datetime and value.time() != time()


def _write(values: list[Any]) -> None:
    sys.stdout.write(json.dumps(values, default=_tagged) + "\n")


def _tagged(value: Any) -> list[Any]:
    """Return what JSON has no word for, with the name of its type."""
    if isinstance(value, timedelta):
        return ["timedelta", value.days, value.seconds, value.microseconds]
    if isinstance(value, date | time):
        return [type(value).__name__, value.isoformat()]
    return ["str", str(value)]


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except PasswordError:
        sys.exit(LOCKED)
    except MemoryError:
        sys.exit(TOO_LARGE)
    except Exception:
        # Whatever the reader does not like about a workbook.
        sys.exit(BROKEN)
