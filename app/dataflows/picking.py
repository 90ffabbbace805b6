"""Taking only some rows of a file, with the cells that a person gave for them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from app.tabular.batches import Batch

Cells = Mapping[str, str | None]
_LAST_LINE = 2**62


@dataclass(frozen=True)
class Picks:
    """The lines that are taken: how many, and those from one line to another with their cells.

    Lines are asked for while the file is read, since there may be more than memory should hold.
    """

    count: int
    within: Callable[[int, int], Mapping[int, Cells]]

    @classmethod
    def of(cls, lines: Mapping[int, Cells]) -> "Picks":
        """Return a few lines as picks."""
        return cls(
            count=len(lines),
            within=lambda first, last: {n: lines[n] for n in lines if first <= n <= last},
        )

    def everything(self) -> Mapping[int, Cells]:
        """Return all of them at once."""
        return self.within(0, _LAST_LINE)


def picked(batch: Batch, picks: Picks) -> Batch:
    """Return the rows of a batch that stand on the picked lines, by line.

    Where cells are given they stand for the row, also for a record that was none; the columns they
    leave out are as they were.
    """
    lines = _in_reach(batch, picks)
    given = {line: cells for line, cells in lines.items() if cells}
    is_wanted = np.isin(batch.lines, np.fromiter(lines, dtype=np.int64, count=len(lines)))
    rows = np.flatnonzero(is_wanted)
    mended = [bad for bad in batch.bad_rows if bad.line in given]
    raws = (
        [batch.raws[row] for row in rows.tolist()] if batch.raws is not None else [""] * len(rows)
    )
    cells = _with_given(batch.cells.take(pa.array(rows)), batch.lines[rows], given)
    added = [{name: given[bad.line].get(name) for name in cells.schema.names} for bad in mended]
    found = replace(
        batch,
        cells=pa.concat_tables([cells, pa.Table.from_pylist(added, cells.schema)]),
        lines=np.concatenate([batch.lines[rows], [bad.line for bad in mended]]).astype(np.int64),
        raws=(*raws, *(bad.raw for bad in mended)),
        bad_rows=tuple(b for b in batch.bad_rows if b.line in lines and b.line not in given),
        absent=_absent(batch, rows, len(mended), given),
        doubtful_rows=(),
    )
    return _by_line(found) if mended else found


def given_alone(lines: Mapping[int, Cells], columns: Sequence[str]) -> Batch:
    """Return rows that consist of nothing but what was given; what they leave out is absent."""
    numbers = sorted(lines)
    schema = pa.schema([pa.field(name, pa.string()) for name in columns])
    rows = [{name: lines[number].get(name) for name in columns} for number in numbers]
    lacking = {
        name: np.array([name not in lines[number] for number in numbers], dtype=bool)
        for name in columns
    }
    return Batch(
        cells=pa.Table.from_pylist(rows, schema),
        lines=np.array(numbers, dtype=np.int64),
        raws=("",) * len(numbers),
        absent={name: mask for name, mask in lacking.items() if mask.any()},
    )


def _in_reach(batch: Batch, picks: Picks) -> Mapping[int, Cells]:
    """Return the picked lines between the first and the last of a batch."""
    ends = [*batch.lines[:1], *batch.lines[-1:], *(bad.line for bad in batch.bad_rows)]
    return picks.within(int(min(ends)), int(max(ends))) if ends else {}


def _by_line(batch: Batch) -> Batch:
    """Return a batch with its rows in the order of their lines: of one key, the last counts."""
    order = np.argsort(batch.lines, kind="stable")
    return replace(
        batch,
        cells=batch.cells.take(pa.array(order)),
        lines=batch.lines[order],
        raws=tuple((batch.raws or ())[row] for row in order),
        absent={name: mask[order] for name, mask in batch.absent.items()},
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
