"""Taking runs back, in any order and more than once, does what a dictionary of states does."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.lake import journal, planning, undoing, writing
from app.lake.buckets import Bucket
from app.lake.planning import Dataset, Plan
from app.lake.staging import Staging
from app.lake.tables import Lake
from app.lake.write_modes import WriteMode

SCHEMA = pa.schema([("c1", pa.string()), ("c2", pa.int64())])
KEYED, KEYLESS = Dataset("people", SCHEMA, "c1"), Dataset("people", SCHEMA, None)

# A row as it stands: its value, and the run and line it came from.
State = tuple[str, int | None, int, int]


@dataclass
class Model:
    """What is stored, and for each run what it made of which row: before and after."""

    rows: dict[Any, State] = field(default_factory=dict)
    done: list[dict[Any, tuple[State | None, State | None]]] = field(default_factory=list)

    def put(self, rows: Sequence[tuple[str, int | None]], mode: WriteMode, is_keyed: bool) -> None:
        run = len(self.done) + 1
        changes: dict[Any, tuple[State | None, State | None]] = {}
        for line, (key, value) in enumerate(rows, start=2):
            at = key if is_keyed else (run, line)
            changes[at] = (self.rows.get(at), (key, value, run, line))
        changes = {
            at: (before, after)
            for at, (before, after) in changes.items()
            if before is None or after is None or before[:2] != after[:2]
        }
        if mode is WriteMode.OVERWRITE:
            kept = {key for key, _value in rows}
            changes |= {at: (old, None) for at, old in self.rows.items() if old[0] not in kept}
        self._take(changes)

    def undo(self, number: int) -> int:
        """Take a run back and return how many rows had to be kept."""
        done = self.done[number]
        possible = {
            at: (after, before)
            for at, (before, after) in done.items()
            if self.rows.get(at) == after
        }
        self._take(possible)
        return len(done) - len(possible)

    def _take(self, changes: dict[Any, tuple[State | None, State | None]]) -> None:
        for at, (_before, after) in changes.items():
            if after is None:
                del self.rows[at]
            else:
                self.rows[at] = after
        self.done.append(changes)


def lake_in(folder: Path) -> Lake:
    return Lake(str(folder / "lake"), locks=str(folder / "locks"))


def put(
    lake: Lake,
    folder: Path,
    dataset: Dataset,
    run: int,
    rows: Sequence[tuple[str, int | None]],
    mode: WriteMode = WriteMode.APPEND,
) -> Plan:
    with Staging(folder / "staging", SCHEMA) as staging:
        table = pa.Table.from_pylist([{"c1": key, "c2": value} for key, value in rows], SCHEMA)
        staging.append(table, np.arange(len(rows)) + 2)
        plan = planning.plan(lake, dataset, staging, mode=mode, run=run)
        return carry_out(lake, dataset, run, plan, staging.spill)


def undo(lake: Lake, folder: Path, dataset: Dataset, run: int, undone: int) -> Plan:
    place = folder / f"undo-{run}"
    place.mkdir()
    path = str(lake.journal(dataset.name, undone))
    plan = undoing.plan_undo(lake, dataset, path, folder=place)
    return carry_out(lake, dataset, run, plan, place / "spill")


def carry_out(lake: Lake, dataset: Dataset, run: int, plan: Plan, spill: Path) -> Plan:
    plan = replace(plan, journal=lake.keep_journal(dataset.name, run, plan.journal))
    writing.write(lake, dataset, plan, transaction=f"run-{run}", spill=spill)
    return plan


def stored(lake: Lake) -> list[State]:
    rows = pa.table(lake.table("people").to_pyarrow_table()).to_pylist()
    return sorted((row["c1"], row["c2"], row["_run"], row["_line"]) for row in rows)


cells = st.tuples(st.sampled_from(["a", "b", "ß"]), st.integers(1, 2))
file = st.tuples(st.sampled_from(list(WriteMode)), st.lists(cells, min_size=1, max_size=4))
steps = st.lists(st.one_of(file, st.integers(0, 7)), min_size=2, max_size=8)


@pytest.mark.parametrize("dataset", [KEYED, KEYLESS], ids=["with a key", "without"])
@settings(max_examples=25, deadline=None)
@given(steps=steps)
def test_rows_and_counts_are_those_of_a_dictionary_of_states(dataset, steps):
    model, is_keyed = Model(), dataset.key is not None
    with TemporaryDirectory() as name:
        folder = Path(name)
        lake = lake_in(folder)
        for step in steps:
            run = len(model.done) + 1
            if isinstance(step, int):
                if step >= len(model.done):
                    continue
                kept = model.undo(step)
                plan = undo(lake, folder, dataset, run, step + 1)
                assert plan.counts[Bucket.KEPT] == kept
            else:
                mode = step[0] if is_keyed else WriteMode.APPEND
                model.put(step[1], mode, is_keyed)
                plan = put(lake, folder, dataset, run, step[1], mode)
            changes = model.done[-1].values()
            assert plan.counts[Bucket.ADDED] == sum(before is None for before, _ in changes)
            assert plan.counts[Bucket.REMOVED] == sum(after is None for _, after in changes)
            assert plan.counts[Bucket.CHANGED] == sum(None not in pair for pair in changes)
            if lake.exists("people"):
                assert stored(lake) == sorted(model.rows.values())


def test_rows_changed_since_are_kept_and_listed_as_they_were_and_are(tmp_path):
    lake = lake_in(tmp_path)
    put(lake, tmp_path, KEYED, 1, [("a", 1), ("b", 1)])
    put(lake, tmp_path, KEYED, 2, [("a", 2), ("b", 2), ("c", 2)])
    put(lake, tmp_path, KEYED, 3, [("a", 3)])

    undo(lake, tmp_path, KEYED, 4, undone=2)

    assert stored(lake) == [("a", 3, 3, 2), ("b", 1, 1, 3)]
    (kept,) = journal.entries(str(lake.journal("people", 4)), Bucket.KEPT, limit=10)
    assert (kept.line, kept.before["c2"], kept.after["c2"]) == (2, 2, 3)


def test_files_without_a_row_that_changes_stay_where_they_are(tmp_path):
    lake = lake_in(tmp_path)
    put(lake, tmp_path, KEYED, 1, [("a", 1)])
    put(lake, tmp_path, KEYED, 2, [("b", 1)])
    first, second = sorted(lake.files("people"), key=lambda name: Path(name).stat().st_mtime_ns)

    put(lake, tmp_path, KEYED, 3, [("b", 2)])

    assert first in lake.files("people")
    assert second not in lake.files("people")
