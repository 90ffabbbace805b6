"""Writers that are killed, that meet, and that have more rows than memory."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.lake import browsing, writing
from tests.faults.lake_writer import SCHEMA, lake_in, write

pytestmark = pytest.mark.faults
ROOT = Path(__file__).parent.parent.parent
MEGABYTE = 1024 * 1024


def start(folder: Path, *writes: dict[str, Any], **others: Any) -> subprocess.Popen[str]:
    """Start a process that carries out these writes one after another."""
    asked = json.dumps({"folder": str(folder), "writes": writes, **others})
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.lake_writer", asked],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def answer_of(process: subprocess.Popen[str]) -> str:
    answer, _errors = process.communicate(timeout=60)
    assert process.returncode == 0
    return answer


def kill_halfway(folder: Path, asked: dict[str, Any]) -> None:
    """Start a write and kill -9 it when some of its rows are on their way."""
    process = start(folder, asked, is_halting=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "halfway\n"
    process.kill()
    process.communicate()


def values(folder: Path) -> dict[str, int]:
    page = browsing.browse(lake_in(folder), "people", SCHEMA.names, limit=500)
    assert page.matching_count == len(page.rows)
    return {row["c1"]: row["c2"] for row in page.rows}


@pytest.mark.parametrize("mode", ["append", "overwrite"])
def test_a_write_killed_halfway_leaves_the_rows_and_is_repeated_once(tmp_path, mode):
    before = write(tmp_path, transaction="run-1", first=0, count=100, value=1)
    second = {"transaction": "run-2", "first": 50, "count": 100, "value": 2, "mode": mode}
    kept = {f"k{number}": 1 for number in range(100)}

    kill_halfway(tmp_path, second)

    assert values(tmp_path) == kept
    assert writing.written_version(lake_in(tmp_path), "people", transaction="run-2") is None

    versions = [write(tmp_path, **second), write(tmp_path, **second)]

    changed = {f"k{number}": 2 for number in range(50, 150)}
    assert values(tmp_path) == ({**kept, **changed} if mode == "append" else changed)
    assert versions == [before + 1, before + 1]


def test_a_first_write_killed_halfway_leaves_no_dataset(tmp_path):
    first = {"transaction": "run-1", "first": 0, "count": 100, "value": 1}

    kill_halfway(tmp_path, first)

    assert not lake_in(tmp_path).exists("people")
    assert values(tmp_path) == {}
    assert write(tmp_path, **first) == 0
    assert len(values(tmp_path)) == 100


def test_two_processes_that_write_at_once_both_end_right(tmp_path):
    def writes(name: str, first: int) -> list[dict[str, Any]]:
        return [
            {"transaction": f"{name}-{turn}", "first": first, "count": 100, "value": turn}
            for turn in range(4)
        ]

    both = [start(tmp_path, *writes("one", 0)), start(tmp_path, *writes("two", 50))]
    for process in both:
        answer_of(process)

    assert values(tmp_path) == {f"k{number}": 3 for number in range(150)}
    assert lake_in(tmp_path).version("people") == 7


@pytest.mark.parametrize("mode", ["append", "overwrite"])
def test_memory_does_not_grow_with_the_rows_of_a_file(tmp_path, mode):
    def peak(count: int) -> int:
        rows = {"first": 0, "count": count, "width": 400}
        process = start(
            tmp_path / str(count),
            {"transaction": "run-1", "value": 1, **rows},
            {"transaction": "run-2", "value": 2, "mode": mode, **rows},
            memory_limit="200MB",
        )
        return int(answer_of(process))

    few, many = peak(300_000), peak(900_000)

    half_the_text = 600_000 * 400 // 2
    assert many - few < half_the_text, f"{few // MEGABYTE} MB grew to {many // MEGABYTE} MB"
