"""Taking only some rows of a file, with the cells that a person gave for them."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa

from app.tabular.batches import Batch

Cells = Mapping[str, str | None]


def picked(batch: Batch, lines: Mapping[int, Cells]) -> Batch:
    """Return the rows of a batch that stand on these lines.

    Where cells are given they stand for the row, also for a record that was none; the columns they
    leave out are as they were.
    """
    given = {line: cells for line, cells in lines.items() if cells}
    is_wanted = np.isin(batch.lines, np.fromiter(lines, dtype=np.int64, count=len(lines)))
    rows = np.flatnonzero(is_wanted)
    mended = [bad for bad in batch.bad_rows if bad.line in given]
    raws = [batch.raws[row] for row in rows] if batch.raws is not None else []
    cells = _with_given(batch.cells.take(pa.array(rows)), batch.lines[rows], given)
    added = [{name: given[bad.line].get(name) for name in cells.schema.names} for bad in mended]
    return replace(
        batch,
        cells=pa.concat_tables([cells, pa.Table.from_pylist(added, cells.schema)]),
        lines=np.concatenate([batch.lines[rows], [bad.line for bad in mended]]).astype(np.int64),
        raws=(*raws, *(bad.raw for bad in mended)),
        bad_rows=tuple(b for b in batch.bad_rows if b.line in lines and b.line not in given),
        absent=_absent(batch, rows, len(mended), given),
        doubtful_rows=(),
    )


def _with_given(cells: pa.Table, lines: np.ndarray, given: Mapping[int, Cells]) -> pa.Table:
    """Return the rows with the cells given for them in place of their own."""
    rows = cells.to_pylist()
    for row, line in zip(rows, lines.tolist(), strict=True):
        row.update({name: value for name, value in given.get(line, {}).items() if name in row})
    return pa.Table.from_pylist(rows, cells.schema) if given else cells


def _absent(
    batch: Batch, rows: np.ndarray, more: int, given: Mapping[int, Cells]
) -> dict[str, np.ndarray]:
    """Return what the rows lack: what a person gave is there."""
    found = {}
    for name, mask in batch.absent.items():
        is_given = [name in given.get(line, {}) for line in batch.lines[rows].tolist()]
        kept = mask[rows] & ~np.array(is_given, dtype=bool)
        found[name] = np.concatenate([kept, np.zeros(more, dtype=bool)])
    return found
