"""What a process keeps open never hides what was written since."""

import pyarrow as pa
import pytest

from app.lake import kept, logs
from app.lake.tables import Lake

NAME = "tracking/kept"


@pytest.fixture
def lake(tmp_path):
    return Lake(str(tmp_path / "lake"), locks=str(tmp_path / "locks"))


def rows(lake, columns):
    sql = kept.select(lake, NAME, columns)
    with kept.session() as session:
        return sorted(session.sql(sql).fetchall(), key=str) if sql is not None else None


def test_the_extent_of_a_table_is_that_of_its_newest_version(lake):
    assert kept.extent(lake, NAME) == ((), 0)
    for number in range(1, 4):
        logs.append(lake, NAME, pa.table({"a": [number, number]}))

        files, row_count = kept.extent(lake, NAME)
        assert (sorted(files), row_count) == (sorted(lake.files(NAME)), 2 * number)


def test_a_table_shows_each_commit_at_once(lake):
    assert rows(lake, ["a"]) is None
    for number in range(3):
        logs.append(lake, NAME, pa.table({"a": [number]}))

        assert rows(lake, ["a"]) == [(each,) for each in range(number + 1)]


def test_a_column_that_came_later_is_empty_before(lake):
    logs.append(lake, NAME, pa.table({"a": [1]}))
    before = rows(lake, ["a", "b"])
    logs.append(lake, NAME, pa.table({"a": [2], "b": ["x"]}))

    assert before == [(1, None)]
    assert rows(lake, ["a", "b"]) == [(1, None), (2, "x")]


def test_a_table_that_is_gone_has_no_rows(lake):
    logs.append(lake, NAME, pa.table({"a": [1]}))
    assert rows(lake, ["a"]) == [(1,)]

    lake.drop(NAME)

    assert rows(lake, ["a"]) is None


def test_sessions_after_very_many_are_on_another_connection(lake, monkeypatch):
    logs.append(lake, NAME, pa.table({"a": [1]}))
    monkeypatch.setattr(kept, "SESSIONS", 1)
    with kept.session() as one:
        assert rows(lake, ["a"]) == [(1,)]
        assert one.sql("SELECT 1").fetchall() == [(1,)]


def test_only_so_many_tables_are_kept(lake, monkeypatch):
    monkeypatch.setattr(kept, "MOST_TABLES", 2)
    for number in range(4):
        logs.append(lake, f"tracking/t{number}", pa.table({"a": [number]}))
        assert kept.relation(lake, f"tracking/t{number}") is not None

    assert len(kept._kept.tables) == 2
