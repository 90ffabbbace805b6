"""Merging small files: the same rows, sorted, in few files; and never at the cost of another."""

import duckdb
import pyarrow as pa
import pytest
from deltalake import write_deltalake
from hypothesis import given
from hypothesis import strategies as st

from app.lake import compacting, engine, logs
from app.lake.compacting import FEW_ROWS, FILES_A_MERGE, MOST_ROWS, Layout
from app.lake.tables import Lake

TABLE = "tracking/events"
LAYOUT = Layout(("person", "number"), rows_a_group=10)


@pytest.fixture
def lake(tmp_path):
    lake = Lake(str(tmp_path / "lake"), locks=str(tmp_path / "locks"))
    for number in range(FILES_A_MERGE):
        logs.append(lake, TABLE, rows(number))
    return lake


def rows(number):
    people = [f"p{n:02}" if n % 3 else None for n in range(20)]
    return pa.table({"person": people, "number": pa.array([number] * 20, pa.int64())})


def content(lake):
    files = engine.parquet(lake.files(TABLE))
    return duckdb.sql(f"SELECT * FROM {files} ORDER BY ALL").fetchall()


def compacted(lake, tmp_path):
    return compacting.compact(lake, TABLE, LAYOUT, tmp_path / "spill")


def test_small_files_become_one_that_is_sorted_and_changes_no_row(lake, tmp_path):
    before, version = content(lake), lake.data_version(TABLE)

    count = compacted(lake, tmp_path)

    assert count == FILES_A_MERGE
    assert len(lake.files(TABLE)) == 1
    assert content(lake) == before
    order = duckdb.sql(f"SELECT person, number FROM {engine.parquet(lake.files(TABLE))}").fetchall()
    assert order == sorted(order, key=lambda row: (row[0] is None, row))
    assert lake.row_count(TABLE) == FILES_A_MERGE * 20
    # Whoever asks whether rows changed is told of no change.
    assert lake.data_version(TABLE) == version
    assert compacted(lake, tmp_path) == 0


def test_a_reader_that_has_the_old_files_still_reads_them(lake, tmp_path):
    files, before = lake.files(TABLE), content(lake)
    compacted(lake, tmp_path)

    assert duckdb.sql(f"SELECT * FROM {engine.parquet(files)} ORDER BY ALL").fetchall() == before
    assert lake.count_leftovers(TABLE) == FILES_A_MERGE


def test_what_is_appended_meanwhile_stays(lake, tmp_path, monkeypatch):
    write = compacting._write_sorted

    def write_and_append(*arguments):
        logs.append(lake, TABLE, rows(99))
        return write(*arguments)

    monkeypatch.setattr(compacting, "_write_sorted", write_and_append)
    compacted(lake, tmp_path)

    assert len(lake.files(TABLE)) == 2
    assert lake.row_count(TABLE) == (FILES_A_MERGE + 1) * 20


def test_nothing_is_merged_that_was_changed_meanwhile(lake, tmp_path, monkeypatch):
    write = compacting._write_sorted

    def write_and_delete(*arguments):
        count = write(*arguments)
        lake.table(TABLE).delete("person = 'p01'")
        return count

    monkeypatch.setattr(compacting, "_write_sorted", write_and_delete)
    count = compacted(lake, tmp_path)

    assert count == 0
    assert not [row for row in content(lake) if row[0] == "p01"]
    assert lake.row_count(TABLE) == FILES_A_MERGE * 19


def test_a_failure_before_the_commit_leaves_everything_as_it_was(lake, tmp_path, monkeypatch):
    files = lake.files(TABLE)

    def fail(*_arguments):
        raise OSError("no space")

    monkeypatch.setattr(compacting, "_commit", fail)
    with pytest.raises(OSError, match="no space"):
        compacted(lake, tmp_path)

    assert lake.files(TABLE) == files
    assert lake.count_leftovers(TABLE) == 0


def test_a_failure_after_the_commit_loses_nothing(lake, tmp_path, monkeypatch):
    commit = compacting._commit

    def commit_and_fail(*arguments):
        commit(*arguments)
        raise OSError("the checkpoint cannot be written")

    before = content(lake)
    monkeypatch.setattr(compacting, "_commit", commit_and_fail)
    compacted(lake, tmp_path)

    assert content(lake) == before


def test_a_column_that_came_later_is_empty_in_the_older_rows(lake, tmp_path):
    wider = rows(5).append_column("note", pa.array(["new"] * 20))
    write_deltalake(lake.address(TABLE), wider, mode="append", schema_mode="merge")
    compacted(lake, tmp_path)

    notes = {row[2] for row in content(lake)}

    assert notes == {"new", None}


@given(sizes=st.lists(st.integers(1, 3 * MOST_ROWS), max_size=60))
def test_merging_ends_with_few_files_and_none_too_large(sizes):
    files = {f"f{number}": rows for number, rows in enumerate(sizes)}
    merges = 0
    while merged := compacting.due(files):
        assert len(merged) >= FILES_A_MERGE
        total = sum(files.pop(file) for file in merged)
        assert total <= MOST_ROWS
        merges += 1
        files[f"m{merges}"] = total

    small = [rows for rows in files.values() if rows < MOST_ROWS / 2]
    assert sum(files.values()) == sum(sizes)
    assert len(small) < FILES_A_MERGE * 6


def test_a_row_is_written_anew_only_a_few_times():
    files, written, total = {}, 0, 0
    for number in range(2_000):
        files[f"f{number}"] = FEW_ROWS // 2
        total += FEW_ROWS // 2
        while merged := compacting.due(files):
            rows = sum(files.pop(file) for file in merged)
            files[f"m{number}"] = rows
            written += rows

    assert written / total < 5
    assert len(files) < 40
