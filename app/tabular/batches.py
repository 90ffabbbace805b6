"""Batches: a few thousand rows of a file as a table of text, and the rows that are not one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa

TEXT = pd.ArrowDtype(pa.string())
MOST_CHARACTERS = 32_000_000
LONGEST_SHOWN = 10_000
TOO_MANY_CELLS = "too_many_cells"


@dataclass(frozen=True)
class BadRow:
    """A record that is no row of the table, or may be none, with the reason."""

    line: int
    raw: str
    rule: str
    message: str
    column: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class Batch:
    """Rows of one file: text as it stands there, and where each row stands.

    `lines` are line numbers as an editor shows them; in a JSON array or Parquet, the records'
    numbers. No two records of a file have the same, bad rows included, and they rise: of several
    XML elements on one line, each has the number after that of the one before it.
    `unexpected_columns` are in the file but were not asked for: their values are not in `frame`.
    `missing_columns` were asked for but no record of this batch has them: they are empty.
    `doubtful_rows` are rows of `frame` that may be something else, such as the header once more.
    `absent` marks, by column, the records that do not have it at all, where there are any.
    """

    cells: pa.Table
    lines: np.ndarray
    bad_rows: tuple[BadRow, ...] = ()
    padded_count: int = 0
    blank_count: int = 0
    raws: Sequence[str] | None = None
    unexpected_columns: tuple[str, ...] = ()
    missing_columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    doubtful_rows: tuple[BadRow, ...] = ()
    absent: Mapping[str, np.ndarray] = field(default_factory=dict)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The cells as a frame; who wants none, such as a profile, is spared the making of it."""
        if not self.cells.num_columns:
            return pd.DataFrame(index=pd.RangeIndex(len(self.lines)))
        frame: pd.DataFrame = self.cells.to_pandas(types_mapper=pd.ArrowDtype)
        return frame


def shown_raw(raw: str) -> str:
    """Return raw text fit to be kept and shown: no line end, no NUL, no endless length."""
    shown = raw.rstrip("\r\n").replace("\0", "\u2400").encode("utf-8", "replace").decode()
    return shown if len(shown) <= LONGEST_SHOWN else shown[:LONGEST_SHOWN] + "\u2026"


@dataclass
class GrowingBatch:
    """The batch being filled while a file is read."""

    columns: Sequence[str]
    keep_raws: bool = False
    lines: list[int] = field(default_factory=list)
    rows: list[Sequence[str | None]] = field(default_factory=list)
    raws: list[str] = field(default_factory=list)
    bad_rows: list[BadRow] = field(default_factory=list)
    doubtful_rows: list[BadRow] = field(default_factory=list)
    padded_count: int = 0
    blank_count: int = 0
    characters: int = 0
    met: dict[str, None] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    absent: dict[str, list[int]] = field(default_factory=dict)

    def add(self, line: int, raw: str, cells: Sequence[str | None]) -> None:
        """Take one row, with one cell for each column."""
        self.lines.append(line)
        self.rows.append(cells)
        self.characters += len(raw)
        if self.keep_raws:
            self.raws.append(shown_raw(raw))

    def add_absent(self, names: Iterable[str]) -> None:
        """Note which columns the row just taken does not have."""
        for name in names:
            self.absent.setdefault(name, []).append(len(self.lines) - 1)

    def add_bad(self, bad_row: BadRow) -> None:
        """Take one record that is no row."""
        self.bad_rows.append(bad_row)
        self.characters += len(bad_row.raw)

    def is_full(self, rows_per_batch: int) -> bool:
        """Return whether it is time to hand the batch on."""
        received = len(self.lines) + len(self.bad_rows)
        return received >= rows_per_batch or self.characters >= MOST_CHARACTERS

    def finished(self) -> Batch:
        """Return the batch as it is handed on."""
        asked_for = set(self.columns)
        return Batch(
            cells=self._cells(),
            lines=np.array(self.lines, dtype=np.int64),
            bad_rows=tuple(self.bad_rows),
            padded_count=self.padded_count,
            blank_count=self.blank_count,
            raws=tuple(self.raws) if self.keep_raws else None,
            unexpected_columns=tuple(name for name in self.met if name not in asked_for),
            missing_columns=tuple(name for name in self.columns if name not in self.met),
            notes=tuple(self.notes),
            doubtful_rows=tuple(self.doubtful_rows),
            absent={name: self._mask(rows) for name, rows in self.absent.items()},
        )

    def _mask(self, rows: list[int]) -> np.ndarray:
        mask = np.zeros(len(self.lines), dtype=bool)
        mask[rows] = True
        return mask

    def _cells(self) -> pa.Table:
        columns = zip(*self.rows, strict=True) if self.rows else ([] for _ in self.columns)
        arrays = [pa.array(values, pa.string()) for values in columns] if self.columns else []
        return pa.Table.from_arrays(arrays, names=list(self.columns))
