"""Opens workbooks and gives their sheets' rows as text, with values only."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from app.tabular.files.opening import opened, seekable
from app.tabular.files.source import FileUnreadable, Source
from app.tabular.workbook import parts
from app.tabular.workbook.cells import cell_text
from app.tabular.workbook.extents import Extent, extents
from app.tabular.workbook.kinds import WorkbookKind, broken, refuse_large, workbook_kind
from app.tabular.workbook.values import rows_in, sheets_in

_SIGN_BYTES = 8
_WITH_PARTS = (WorkbookKind.XLSX, WorkbookKind.XLSB)
Cells = tuple[str | None, ...]
Errors = Mapping[int, str]


@dataclass(frozen=True)
class Sheet:
    """The rows of one sheet, from its first row and column on, all of one length.

    Formulas that no program has calculated yet are empty cells, and counted.
    """

    name: str
    rows: tuple[Cells, ...]
    open_formulas: int = 0
    is_shown: bool = True

    @property
    def has_cells(self) -> bool:
        """Return whether anything stands in the sheet."""
        return bool(self.rows)


class Workbook:
    """An open workbook; the sheets that are shown come before those that are hidden."""

    def __init__(self, whole: IO[bytes], kind: WorkbookKind) -> None:
        self.kind = kind
        refuse_large(whole)
        with _refusing_faults():
            self._extents = extents(whole, kind)
            self._parts = parts.sheet_parts(whole, kind) if kind in _WITH_PARTS else {}
        self._whole = whole
        sheets = sheets_in(whole)
        self._numbers = {name: number for number, (name, _) in enumerate(sheets)}
        shown = [name for name, is_shown in sheets if is_shown]
        self._shown = frozenset(shown)
        self.names = (*shown, *(name for name, is_shown in sheets if not is_shown))

    def sheet(self, name: str) -> Sheet:
        """Return a sheet by its name, or the first with cells; raise FileUnreadable."""
        if name:
            if name not in self.names:
                message = f"The workbook has no sheet “{name}”."
                raise FileUnreadable("no_records", message, "Choose another sheet.")
            return self._read(name)
        found = next((each for each in map(self._read, self.names) if each.has_cells), None)
        if found is None:
            message = "No sheet of the workbook has a cell with a value."
            raise FileUnreadable("empty_file", message, "Choose another file.")
        return found

    def _read(self, name: str) -> Sheet:
        number = self._numbers[name]
        extent = self._extents.get(self._parts.get(name, str(number)), Extent())
        rows = rows_in(self._whole, number)
        cells = tuple(_with_texts(rows, extent.errors_by_row()))
        return Sheet(name, cells, extent.open_formulas, name in self._shown)


def _with_texts(rows: Iterable[list[Any]], errors: Mapping[int, Errors]) -> Iterator[Cells]:
    """Yield the rows as text, up to the last that is filled, with errors as they are shown."""
    waiting: list[Cells] = []
    for number, row in enumerate(rows):
        cells = [cell_text(value) for value in row]
        for column, text in errors.get(number, {}).items():
            if column < len(cells):
                cells[column] = cells[column] or text
        waiting.append(tuple(cells))
        if any(cell is not None for cell in cells):
            yield from waiting
            waiting.clear()


@contextmanager
def opened_workbook(source: Source) -> Iterator[Workbook | None]:
    """Yield the source's workbook, or None where it is none; raise FileUnreadable."""
    with opened(source) as stream:
        head = stream.read(_SIGN_BYTES)
    if not head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        yield None
        return
    with seekable(source) as whole:
        kind = workbook_kind(head, whole)
        yield None if kind is None else Workbook(whole, kind)


@contextmanager
def _refusing_faults() -> Iterator[None]:
    """Turn whatever a damaged archive or its XML raise into FileUnreadable."""
    try:
        yield
    except (FileUnreadable, MemoryError):
        raise
    except Exception:
        raise broken() from None
