"""A dataset after any sequence of files is what a plain dictionary says."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.lake import planning, writing
from app.lake.buckets import Bucket
from app.lake.planning import Dataset, Plan
from app.lake.staging import Staging
from app.lake.tables import Lake, TableBusy, TableNameInvalid
from app.lake.write_modes import WriteMode

SCHEMA = pa.schema(
    [
        ("c1", pa.string()),
        ("c2", pa.decimal128(38, 18)),
        ("c3", pa.timestamp("us", tz="UTC")),
        ("c4", pa.bool_()),
        ("c5", pa.date32()),
        ("c6", pa.int64()),
    ]
)
Row = dict[str, Any]


def lake_in(folder: Path) -> Lake:
    return Lake(str(folder / "lake"), locks=str(folder / "locks"))


def row(key: str, number: int | None = 1) -> Row:
    return {
        "c1": key,
        "c2": None if number is None else Decimal(number) / 8,
        "c3": datetime(2024, 2, 29, 12, tzinfo=UTC),
        "c4": number == 1,
        "c5": None if number is None else date(2024, 2, 29),
        "c6": number,
    }


def put(
    lake: Lake,
    rows: Sequence[Row],
    mode: WriteMode = WriteMode.APPEND,
    *,
    transaction: str,
    key: str | None = "c1",
    schema: pa.Schema = SCHEMA,
    is_dry: bool = False,
) -> Plan:
    """Plan a file and, unless dry, write it."""
    folder = Path(lake.address("staged")).parent.parent / "staging"
    with Staging(folder, schema) as staging:
        staging.append(pa.Table.from_pylist(list(rows), schema), np.arange(len(rows)) + 2)
        dataset = Dataset("people", SCHEMA, key)
        run = int(transaction.removeprefix("run-"))
        plan = planning.plan(lake, dataset, staging, mode=mode, run=run)
        if not is_dry:
            kept = lake.keep_journal("people", run, plan.journal)
            plan = replace(plan, journal=kept)
            writing.write(lake, dataset, plan, transaction=transaction, spill=staging.spill)
    return plan


def stored(lake: Lake) -> list[Row]:
    if not lake.exists("people"):
        return []
    table = pa.table(lake.table("people").to_pyarrow_table()).select(SCHEMA.names)
    rows: list[Row] = table.to_pylist()
    return rows


keys = st.sampled_from(["a", "b", "ß", "d'\"%"])
files = st.lists(
    st.tuples(
        st.sampled_from(list(WriteMode)),
        st.lists(
            st.builds(
                row, st.sampled_from(["a", "b", "ß", "d'\"%"]), st.none() | st.integers(1, 3)
            ),
            min_size=1,
            max_size=6,
        ),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=20, deadline=None)
@given(files=files)
def test_counts_and_rows_are_those_of_a_dictionary(files):
    expected: dict[str, Row] = {}
    with TemporaryDirectory() as folder:
        lake = lake_in(Path(folder))
        for number, (mode, rows) in enumerate(files):
            latest = {each["c1"]: each for each in rows}
            before = dict(expected)
            expected = latest if mode is WriteMode.OVERWRITE else {**expected, **latest}

            plan = put(lake, rows, mode, transaction=f"run-{number}")

            known = before.keys() & latest.keys()
            assert plan.counts[Bucket.ADDED] == len(latest.keys() - before.keys())
            assert plan.counts[Bucket.SAME] == sum(before[key] == latest[key] for key in known)
            assert plan.counts[Bucket.CHANGED] == len(known) - plan.counts[Bucket.SAME]
            assert plan.counts[Bucket.SUPERSEDED] == len(rows) - len(latest)
            gone = before.keys() - latest.keys() if mode is WriteMode.OVERWRITE else set()
            assert plan.counts[Bucket.REMOVED] == len(gone)
            assert sorted(stored(lake), key=lambda each: each["c1"]) == sorted(
                expected.values(), key=lambda each: each["c1"]
            )


def test_a_plan_writes_nothing(tmp_path):
    lake = lake_in(tmp_path)
    put(lake, [row("a")], transaction="run-1")
    before = sorted((path, path.stat().st_mtime_ns) for path in (tmp_path / "lake").rglob("*"))

    put(lake, [row("a", 2), row("b")], transaction="run-2", is_dry=True)

    after = sorted((path, path.stat().st_mtime_ns) for path in (tmp_path / "lake").rglob("*"))
    assert after == before


def test_a_transaction_is_written_once(tmp_path):
    lake = lake_in(tmp_path)
    put(lake, [row("a")], transaction="run-1", key=None)

    put(lake, [row("a")], transaction="run-1", key=None)

    assert len(stored(lake)) == 1
    assert writing.written_version(lake, "people", transaction="run-1") is not None
    assert writing.written_version(lake, "people", transaction="run-2") is None


def test_rows_without_a_key_are_only_added(tmp_path):
    lake = lake_in(tmp_path)
    put(lake, [row("a"), row("a")], transaction="run-1", key=None)

    plan = put(lake, [row("a")], transaction="run-2", key=None)

    assert plan.counts[Bucket.ADDED] == 1
    assert len(stored(lake)) == 3


def test_a_plan_made_before_another_write_is_refused(tmp_path):
    lake = lake_in(tmp_path)
    put(lake, [row("a")], transaction="run-1")
    with Staging(tmp_path / "other", SCHEMA) as staging:
        staging.append(pa.Table.from_pylist([row("b")], SCHEMA), np.array([2]))
        dataset = Dataset("people", SCHEMA, "c1")
        plan = planning.plan(lake, dataset, staging, mode=WriteMode.APPEND, run=3)
        put(lake, [row("c")], transaction="run-2")

        with pytest.raises(writing.PlanOutdated):
            writing.write(lake, dataset, plan, transaction="run-3", spill=staging.spill)


def test_columns_that_a_file_does_not_fill_stay_as_they_are(tmp_path):
    lake = lake_in(tmp_path)
    put(lake, [row("a", 3)], transaction="run-1")
    narrow = pa.schema([("c1", pa.string()), ("c6", pa.int64())])

    put(lake, [{"c1": "a", "c6": 9}, {"c1": "b", "c6": 1}], transaction="run-2", schema=narrow)

    found = {each["c1"]: each for each in stored(lake)}
    assert found["a"] == {**row("a", 3), "c6": 9}
    assert found["b"]["c2"] is None


def test_samples_show_a_changed_row_before_and_after(tmp_path):
    lake = lake_in(tmp_path)
    put(lake, [row("a", 1)], transaction="run-1")

    plan = put(lake, [row("a", 2)], transaction="run-2", is_dry=True)

    (sample,) = plan.samples[Bucket.CHANGED]
    assert (sample.line, sample.before["c6"], sample.after["c6"]) == (2, 1, 2)


def test_a_second_writer_waits_and_then_says_that_the_table_is_busy(tmp_path):
    lake = lake_in(tmp_path)

    with (
        lake.writer_lock("people"),
        pytest.raises(TableBusy),
        lake.writer_lock("people", wait_seconds=0.1),
    ):
        pass


@pytest.mark.parametrize("name", ["", "../x", "A", "a b", "x/y/z", "/x", "x/", "x/../y"])
def test_a_table_name_is_never_a_path(tmp_path, name):
    with pytest.raises(TableNameInvalid):
        lake_in(tmp_path).address(name)
