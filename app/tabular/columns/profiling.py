"""Profiles a file: what each column holds, measured over all rows in bounded memory."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from app.tabular.batches import BadRow, Batch
from app.tabular.columns.converting import one_array
from app.tabular.columns.distinct import most_exact_for
from app.tabular.columns.gathering import GrowingColumn
from app.tabular.columns.in_turn import InTurn
from app.tabular.columns.profiles import ColumnProfile, FileProfile
from app.tabular.naming import Columns
from app.tabular.options import ParsingOptions

__all__ = ["ColumnProfile", "FileProfile", "profile"]

# Nearly all of the work is done by Arrow and numpy, which let other threads run meanwhile.
_THREADS = 2
_WORTH_A_THREAD = 5_000
# While the columns of one batch are worked on, the next is read.
_MOST_WAITING = 2
MOST_BAD_ROWS = 100


def profile(
    batches: Iterable[Batch],
    options: ParsingOptions | None = None,
    *,
    columns: Columns | None = None,
) -> FileProfile:
    """Return what the batches hold; an empty text or null word counts as empty.

    `columns` (of `columns_of`) gives the original names beside the unique ones.
    """
    with ThreadPoolExecutor(_THREADS) as workers:
        growing = _GrowingProfile(options or ParsingOptions(), InTurn(workers, _MOST_WAITING))
        for batch in batches:
            growing.add(batch)
        return growing.finished(columns)


class _GrowingProfile:
    def __init__(self, options: ParsingOptions, work: InTurn) -> None:
        self._options = options
        self._work = work
        self._columns: dict[str, GrowingColumn] = {}
        self._counts = {"row": 0, "bad_row": 0, "padded": 0, "blank": 0, "doubtful": 0}
        self._bad_rows: list[BadRow] = []
        self._doubtful_rows: list[BadRow] = []
        self._notes: dict[str, None] = {}

    def add(self, batch: Batch) -> None:
        self._counts["row"] += len(batch.lines)
        self._counts["bad_row"] += len(batch.bad_rows)
        self._counts["padded"] += batch.padded_count
        self._counts["blank"] += batch.blank_count
        self._counts["doubtful"] += len(batch.doubtful_rows)
        self._doubtful_rows += batch.doubtful_rows[: MOST_BAD_ROWS - len(self._doubtful_rows)]
        self._bad_rows += batch.bad_rows[: MOST_BAD_ROWS - len(self._bad_rows)]
        self._notes.update(dict.fromkeys(batch.notes))
        names = batch.cells.column_names
        for name in names:
            if name not in self._columns:
                most_exact = most_exact_for(len(names))
                self._columns[name] = GrowingColumn(name, self._options, most_exact)

        def add(name: str) -> None:
            self._columns[name].add(one_array(batch.cells.column(name)), batch.lines)

        if len(batch.lines) > _WORTH_A_THREAD:
            self._work.begin(add, names)
            return
        self._work.end()
        for name in names:
            add(name)

    def finished(self, columns: Columns | None) -> FileProfile:
        self._work.end()
        originals = dict(zip(columns.names, columns.original_names, strict=True)) if columns else {}
        return FileProfile(
            **{f"{name}_count": count for name, count in self._counts.items()},
            columns=tuple(
                column.finished(originals.get(name, name), self._counts["row"])
                for name, column in self._columns.items()
            ),
            bad_rows=tuple(self._bad_rows),
            notes=tuple(self._notes),
            doubtful_rows=tuple(self._doubtful_rows),
        )
