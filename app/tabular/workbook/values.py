"""A workbook's sheets and their values, as a process of its own reads them."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any

from app.tabular.files.source import FileUnreadable
from app.tabular.workbook import sheet_process
from app.tabular.workbook.extents import MOST_CELLS
from app.tabular.workbook.kinds import broken, locked

_PROGRAM = str(Path(sheet_process.__file__))
_TYPES: dict[str, Callable[..., Any]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": timedelta,
    "str": str,
}


def sheets_in(whole: IO[bytes]) -> list[tuple[str, bool]]:
    """Return the sheets by name, each with whether it is shown; raise FileUnreadable."""
    return [(name, is_shown) for name, is_shown in _answers(whole)]


def rows_in(whole: IO[bytes], number: int) -> Iterator[list[Any]]:
    """Yield the rows of the sheet with a number, from 0; raise FileUnreadable."""
    cell_count = 0
    for row in _answers(whole, str(number)):
        cell_count += len(row)
        if cell_count > MOST_CELLS:
            raise _too_large(f"A sheet of the workbook has more than {MOST_CELLS:,} cells.")
        yield [_value(each) if type(each) is list else each for each in row]


def _answers(whole: IO[bytes], *arguments: str) -> Iterator[list[Any]]:
    whole.flush()
    # Isolated: nothing in the folder it starts in, nor in the environment, can be taken for code.
    command = [sys.executable, "-I", _PROGRAM, *arguments]
    with subprocess.Popen(
        command, stdin=whole, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            for line in process.stdout or ():
                if not line.endswith(b"\n"):
                    break
                yield json.loads(line)
            _refuse_failure(process.wait())
        finally:
            process.kill()


def _value(tagged: list[Any]) -> Any:
    kind, *parts = tagged
    return _TYPES[kind](*parts)


def _refuse_failure(code: int) -> None:
    if code == sheet_process.LOCKED:
        raise locked()
    # A negative code is a signal: the process was aborted for want of memory, or took too long.
    if code < 0 or code == sheet_process.TOO_LARGE:
        raise _too_large("The workbook takes more memory or time than it may.")
    if code:
        raise broken()


def _too_large(message: str) -> FileUnreadable:
    hint = "Delete what stands far from the table, or save the sheet as CSV and send that."
    return FileUnreadable("too_large", message, hint)
