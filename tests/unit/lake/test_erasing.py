"""Taking rows out of tables and journals, and the versions before that out of the folder."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from app.lake import erasing, logs
from app.lake.tables import Lake

NAME = "tracking/things"


@pytest.fixture
def lake(tmp_path) -> Lake:
    """A table of three files, the second without the row that goes."""
    lake = Lake(str(tmp_path / "lake"), locks=str(tmp_path / "locks"))
    for ids in (["a", "gone", "b"], ["c"], ["gone"]):
        rows = pa.table({"id": ids, "n": [Decimal("1.50")] * len(ids)})
        logs.append(lake, NAME, rows, counters={"sequence": 7})
    return lake


def ids(lake: Lake) -> list[str]:
    return [row for file in lake.files(NAME) for row in pq.read_table(file)["id"].to_pylist()]


def remove(lake: Lake, spill: Path) -> int:
    condition = erasing.is_any_of(["id"], ["gone"])
    with lake.writer_lock(NAME):
        found = erasing.files_with(lake, NAME, condition)
        erasing.remove_rows(lake, NAME, condition, found, spill=spill)
    return sum(found.values())


def test_rows_go_in_one_commit_and_files_without_them_are_left_alone(lake, tmp_path):
    before, version = set(lake.files(NAME)), lake.version(NAME)

    assert remove(lake, tmp_path) == 2

    assert sorted(ids(lake)) == ["a", "b", "c"]
    assert len(before & set(lake.files(NAME))) == 1
    assert lake.version(NAME) == version + 1
    assert lake.row_count(NAME) == 3
    assert remove(lake, tmp_path) == 0
    assert lake.version(NAME) == version + 1


def test_files_before_that_and_their_log_can_be_removed(lake, tmp_path):
    remove(lake, tmp_path)
    condition = erasing.is_any_of(["id"], ["gone"])
    assert erasing.count_rows(lake, NAME, condition) == 0
    assert erasing.count_rows(lake, NAME, condition, is_past=True) == 2

    lake.vacuum(NAME, older_than=timedelta(0))
    with lake.writer_lock(NAME):
        erasing.forget_past(lake, NAME)

    assert erasing.count_rows(lake, NAME, condition, is_past=True) == 0
    folder = Path(lake.address(NAME))
    assert not any(b"gone" in file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert sorted(ids(lake)) == ["a", "b", "c"]
    assert logs.counter(lake, NAME, "sequence") == 7
    logs.append(lake, NAME, pa.table({"id": ["d"], "n": [Decimal("2.50")]}))
    assert sorted(ids(lake)) == ["a", "b", "c", "d"]
    assert lake.data_version(NAME) == lake.version(NAME)


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (pa.array([7, 17]), "7"),
        (pa.array([Decimal("7.50"), Decimal("7.00")]), "7.5"),
        (pa.array([Decimal("7.00"), Decimal("70.00")]), "7"),
        (pa.array(["007", "7"]), "007"),
        (pa.array([10, 1]), "10"),
    ],
)
def test_values_are_compared_as_people_read_them(tmp_path, values, text):
    file = tmp_path / "journal.parquet"
    pq.write_table(pa.table({"id": values, "was_id": values}), file)

    condition = erasing.is_any_of(["id", "was_id"], [text])

    assert erasing.count_in_file(file, condition) == 1
    erasing.remove_from_file(file, condition, spill=tmp_path)
    assert pq.read_table(file)["id"].to_pylist() == values.to_pylist()[1:]
    assert erasing.count_in_file(file, condition) == 0


def test_what_is_left_of_a_file_is_laid_out_as_it_was(lake, tmp_path):
    ids = [f"id-{number:05}" for number in range(20_000)]
    logs.append(lake, NAME, pa.table({"id": [*ids, "gone"]}), rows_a_group=4_096)

    remove(lake, tmp_path)

    (file,) = (file for file in lake.files(NAME) if pq.read_metadata(file).num_rows == len(ids))
    told = pq.read_metadata(file)
    groups = [told.row_group(number) for number in range(told.num_row_groups)]
    assert [group.num_rows for group in groups] == [4_096] * 4 + [20_000 - 4 * 4_096]
    assert {group.column(0).compression for group in groups} == {"SNAPPY"}
    assert pq.read_table(file)["id"].to_pylist() == ids
