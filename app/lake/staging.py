"""Typed rows of one file, on their way into a dataset: on disk, in the order they were read."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

LINE, ORDINAL = "_line", "_ordinal"
HAS = "_has_"


class ColumnNameInvalid(Exception):
    """A column has another name than the lake's own kind: a-z, 0-9 and _, a letter first."""


class Staging:
    """A folder that holds the rows of one run; gone when the block ends.

    Columns come under names of ours (`c` and a number), never under those people give: DuckDB
    takes `Name` and `name` for one column, and a file may well have its own `_line`. Where rows
    may lack a value altogether (a JSON object without the key), `is_partial` makes room to say so.
    """

    def __init__(self, folder: Path, schema: pa.Schema, *, is_partial: bool = False) -> None:
        odd = [name for name in schema.names if re.fullmatch(r"[a-z][a-z0-9_]*", name) is None]
        if odd:
            raise ColumnNameInvalid(*odd)
        self.folder = folder
        self.schema = schema
        self.row_count = 0
        self.partial: set[str] = set()
        self._is_partial = is_partial
        self._writer: pq.ParquetWriter | None = None

    def __enter__(self) -> "Staging":
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        fields = [pa.field(LINE, pa.int64()), pa.field(ORDINAL, pa.int64())]
        # Written once and read once: dictionaries and statistics take more time than they save.
        self._writer = pq.ParquetWriter(
            self.file,
            pa.schema([*self.schema, *self._presence, *fields]),
            compression="lz4",
            use_dictionary=False,
            write_statistics=False,
            data_page_version="2.0",
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def file(self) -> Path:
        """The Parquet file of the rows."""
        return self.folder / "rows.parquet"

    @property
    def journal(self) -> Path:
        """Where the plan of these rows goes."""
        return self.folder / "journal.parquet"

    @property
    def spill(self) -> Path:
        """Where the engine may put what does not fit in memory."""
        return self.folder / "spill"

    def append(
        self, rows: pa.Table, lines: np.ndarray, absent: Mapping[str, np.ndarray] | None = None
    ) -> None:
        """Add rows, each with the line of the source it came from, and where values are absent."""
        if self._writer is None:
            raise ValueError("The staging is closed")
        absent = absent or {}
        self.partial.update(absent)
        for field in self._presence:
            missing = absent.get(field.name.removeprefix(HAS))
            has = np.ones(rows.num_rows, dtype=bool) if missing is None else ~missing
            rows = rows.append_column(field, pa.array(has))
        ordinals = np.arange(self.row_count, self.row_count + rows.num_rows, dtype=np.int64)
        numbered = rows.append_column(LINE, pa.array(lines, pa.int64()))
        self._writer.write_table(numbered.append_column(ORDINAL, pa.array(ordinals, pa.int64())))
        self.row_count += rows.num_rows

    def close(self) -> None:
        """Finish the file; nothing can be added after."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    @property
    def _presence(self) -> list[pa.Field]:
        names = self.schema.names if self._is_partial else []
        return [pa.field(has_name(name), pa.bool_()) for name in names]


def has_name(name: str) -> str:
    """Return the column that says whether a row has a value, if only an empty one, in a column."""
    return HAS + name
