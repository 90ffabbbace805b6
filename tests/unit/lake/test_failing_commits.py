"""Commits that fail after they went through, and those that are called off just before."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from app.lake import browsing, planning, writing
from app.lake.planning import Dataset
from app.lake.staging import Staging
from app.lake.tables import Lake
from app.lake.write_modes import WriteMode

SCHEMA = pa.schema([("c1", pa.string()), ("c2", pa.int64())])
PEOPLE = Dataset("people", SCHEMA, "c1")


class CalledOff(Exception):
    """Somebody stopped the run."""


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    lake = Lake(str(tmp_path / "lake"), locks=str(tmp_path / "locks"))
    assert write(lake, tmp_path, run=1, value=1) == 0
    return lake


def write(lake, folder, *, run, value, dataset=PEOPLE, confirm=lambda: None):
    with Staging(folder / "staging", dataset.schema) as staging:
        columns = [["a", "b"], *[[value] * 2 for _ in dataset.schema.names[1:]]]
        staging.append(pa.table(columns, schema=dataset.schema), np.arange(2))
        plan = planning.plan(lake, dataset, staging, mode=WriteMode.APPEND, run=run)
        return writing.write(
            lake,
            dataset,
            plan,
            transaction=f"run-{run}",
            spill=staging.spill,
            confirm=confirm,
        )


def values(lake):
    return set(browsing.read_frame(lake, "people")["c2"])


def files(lake):
    return set(Path(lake.address("people")).rglob("*"))


@pytest.mark.parametrize("failure", [OSError("no room for a checkpoint"), KeyboardInterrupt()])
def test_rows_are_kept_when_what_follows_their_commit_fails(lake, tmp_path, monkeypatch, failure):
    commit = writing._commit

    def fail_after(*arguments):
        commit(*arguments)
        raise failure

    monkeypatch.setattr(writing, "_commit", fail_after)
    if isinstance(failure, Exception):
        assert write(lake, tmp_path, run=2, value=2) == 1
    else:
        with pytest.raises(KeyboardInterrupt):
            write(lake, tmp_path, run=2, value=2)

    assert values(lake) == {2}
    assert writing.written_version(lake, "people", transaction="run-2") == 1


@pytest.mark.parametrize("is_wider", [False, True])
def test_a_write_called_off_just_before_its_commit_leaves_no_trace(lake, tmp_path, is_wider):
    wider = Dataset("people", SCHEMA.append(pa.field("c3", pa.int64())), "c1")
    before = files(lake)

    def call_off():
        assert files(lake) > before
        raise CalledOff

    dataset = wider if is_wider else PEOPLE
    with pytest.raises(CalledOff):
        write(lake, tmp_path, run=2, value=2, dataset=dataset, confirm=call_off)

    assert files(lake) == before
    assert lake.version("people") == 0


def test_a_wider_dataset_gets_its_columns_with_its_rows(lake, tmp_path):
    wider = Dataset("people", SCHEMA.append(pa.field("c3", pa.int64())), "c1")

    write(lake, tmp_path, run=2, value=2, dataset=wider)

    frame = browsing.read_frame(lake, "people")
    assert set(frame["c3"]) == {2}
    assert {"c1", "c2", "c3"} <= set(lake.schema("people").names)
