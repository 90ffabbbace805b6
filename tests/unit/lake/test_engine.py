"""How much memory a session of the engine may have."""

import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from app.lake import engine, planning, undoing, writing
from app.lake.planning import Dataset
from app.lake.staging import Staging
from app.lake.tables import Lake
from app.lake.write_modes import WriteMode

PEOPLE = Dataset("people", pa.schema([("c1", pa.string())]), "c1")


def memory_limit(session: engine.Session) -> str:
    (row,) = session.execute("SELECT current_setting('memory_limit')").fetchall()
    return str(row[0])


@pytest.mark.parametrize(
    ("size", "limit"),
    [(engine.MUCH, "333.7 MiB"), (engine.MUCH + 1, "286.1 MiB")],
    ids=["fits or nearly", "spills anyway"],
)
def test_a_file_that_spills_anyway_is_held_to_less_memory(tmp_path, size, limit):
    file = tmp_path / "rows.parquet"
    with file.open("wb") as rows:
        rows.truncate(size)

    with engine.connection(tmp_path / "spill", reads=file) as session:
        assert memory_limit(session) == limit


def test_neither_the_folder_to_spill_to_nor_what_it_is_in_need_be_there(tmp_path):
    with engine.connection(tmp_path / "staging" / "spill") as session:
        session.execute("SET memory_limit = '80MB'")
        session.execute("CREATE TABLE much AS SELECT random() AS one FROM range(8_000_000)")
        found = session.execute("SELECT count(*) FROM (SELECT * FROM much ORDER BY one)").fetchall()

    assert found == [(8_000_000,)]


def test_nothing_is_spilled_without_a_folder_and_more_memory_is_given(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    with engine.connection() as session:
        assert memory_limit(session) == "953.6 MiB"

    assert not [*tmp_path.iterdir()]


def test_comparing_writing_and_undoing_are_each_held_by_the_file_they_read(tmp_path, monkeypatch):
    lake = Lake(str(tmp_path / "lake"), locks=str(tmp_path / "locks"))
    weighed: list[Path | None] = []
    monkeypatch.setattr(engine, "spilling_limit", lambda reads: weighed.append(reads) or "300MB")

    with Staging(tmp_path / "staging", PEOPLE.schema) as staging:
        staging.append(pa.table({"c1": ["a", "b"]}, PEOPLE.schema), np.array([2, 3]))
        plan = planning.plan(lake, PEOPLE, staging, mode=WriteMode.APPEND, run=1)
        writing.write(lake, PEOPLE, plan, transaction="run-1", spill=staging.spill)
        kept = shutil.copy(plan.journal, tmp_path / "kept.parquet")
    undoing.plan_undo(lake, PEOPLE, str(kept), folder=tmp_path)

    assert weighed == [staging.file, plan.journal, kept]
