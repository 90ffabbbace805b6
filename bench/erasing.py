"""`python -m bench.erasing`: how long it takes to take one person out of very many.

The platform is that of the page of one person. An erasure is carried out as a worker does it, in a
process of its own, so that the peak of memory is its own; nobody is waited for, as no site is to be
told and no page has old files open. The floor is what cannot be left out: DuckDB writes the files
of tables that hold the person anew, and the stored file is unpacked, cut and packed once.
"""

import argparse
import io
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import zstandard
from sqlalchemy import select

from app import clock
from app.dataflows.models import Dataflow, ProfileStatus
from app.drafts import services as drafts
from app.erasures import services, steps
from app.erasures.models import Erasure, ErasureStatus
from app.erasures.places import Step
from app.erasures.work import Means, Steps, Work
from app.extensions import db
from bench import profile_world
from bench.measuring import ROUNDS
from bench.platform import opened
from bench.profile_world import SCALES

FIRST_PERSON = 4711
# Of a dataset the first column is the person identifier.
TABLES = ("tracking/events", "datasets/*", "audiences/membership_changes")


def main() -> None:
    """Build the platform, erase some, one after the other, and print one line."""
    options = argparse.ArgumentParser()
    options.add_argument("--json", action="store_true", help="figures are always JSON lines")
    options.add_argument("--scale", choices=list(SCALES), default="small")
    options.add_argument("--one", nargs=2, metavar=("FOLDER", "PERSON"), help="only erase one")
    asked = options.parse_args()
    if asked.one:
        sys.stdout.write(json.dumps(erased(Path(asked.one[0]), asked.one[1])) + "\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        profile_world.build(Path(folder), SCALES[asked.scale]).close()
        found = measured(Path(folder), SCALES[asked.scale].events)
    sys.stdout.write(json.dumps(found) + "\n")


def measured(folder: Path, rows: int) -> dict[str, Any]:
    """Return the figure for the platform in a folder: medians of some people in turns."""
    ours, floors = [], []
    for number in range(ROUNDS):
        person = str(FIRST_PERSON + number)
        floors.append(_floor(folder, person))
        ours.append(_in_a_process(folder / "data", person))
    seconds = statistics.median(each["seconds"] for each in ours)
    floor = statistics.median(floors)
    return {
        "name": "erasing one person",
        "unit": "s",
        "rows": rows,
        "ours": round(seconds, 2),
        "floor": round(floor, 2),
        "ratio_floor": round(seconds / floor, 2),
        "peer": None,
        "ratio_peer": None,
        "peak_rss_mb": max(each["peak_rss_mb"] for each in ours),
        "steps": _medians([each["steps"] for each in ours]),
        "processor": _medians([each["processor"] for each in ours]),
    }


def erased(folder: Path, person: str) -> dict[str, Any]:
    """Erase one person of a platform, and return what each step took."""
    seconds: dict[str, float] = {}
    processor: dict[str, float] = {}
    for step, done_by in steps.DONE_BY.items():
        steps.DONE_BY[step] = _timed(step, done_by, seconds, processor)
    with opened(folder) as app:
        keys = app.config["ENCRYPTION_KEYS"]
        asked = services.ask_erasure(person_id=person, user_id=None, keys=keys, now=clock.now())
        began = time.perf_counter()
        _carry_out(asked.id, Means(keys, app.config["LOGS_DIR"], timedelta(0)))
        took = time.perf_counter() - began
        done = db.session.get_one(Erasure, asked.id, populate_existing=True)
        assert done.status is ErasureStatus.DONE, done.waits_for
        assert done.is_clean, (done.left, done.found_again)
    seconds["the rest"] = took - sum(seconds.values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "seconds": took,
        "peak_rss_mb": round(peak, 1),
        "steps": seconds,
        "processor": processor,
    }


def _carry_out(erasure_id: int, means: Means) -> None:
    """Go on until it is done; what else a worker does meanwhile is to parse a draft anew."""
    at_once: dict[str, Any] = {"stalled_after": timedelta(0), "clock": clock.now}
    services.erase_person(erasure_id=erasure_id, means=means, **at_once)
    waiting = select(Dataflow.id).where(Dataflow.profile_status == ProfileStatus.QUEUED)
    for dataflow_id in db.session.scalars(waiting).all():
        drafts.profile_draft(dataflow_id=dataflow_id, **at_once)
        services.erase_person(erasure_id=erasure_id, means=means, **at_once)


def _in_a_process(folder: Path, person: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.erasing", "--one", str(folder), person]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _timed(
    step: Step,
    done_by: Callable[[Work], Steps],
    seconds: dict[str, float],
    processor: dict[str, float],
) -> Callable[[Work], Steps]:
    def timed(work: Work) -> Steps:
        began, used = time.perf_counter(), time.process_time()
        yield from done_by(work)
        seconds[step.value] = seconds.get(step.value, 0) + time.perf_counter() - began
        processor[step.value] = processor.get(step.value, 0) + time.process_time() - used

    return timed


def _medians(found: list[dict[str, float]]) -> dict[str, float]:
    return {name: round(statistics.median(each[name] for each in found), 2) for name in found[0]}


def _floor(folder: Path, person: str) -> float:
    """Write what holds the person anew, without them, somewhere else; return the seconds."""
    began = time.perf_counter()
    with duckdb.connect() as session:
        for name in TABLES:
            for file in sorted((folder / "data" / "lake").glob(f"{name}/*.parquet")):
                names = pq.read_schema(file).names
                column = "person_id" if "person_id" in names else names[0]
                _copy(session, str(file), f"{column} = '{person}'", folder / "floor.parquet")
    packed = max((folder / "data" / "files").rglob("*.zst"), key=lambda each: each.stat().st_size)
    _cut(packed, f"{person},".encode(), folder / "floor.zst")
    return time.perf_counter() - began


def _copy(session: duckdb.DuckDBPyConnection, file: str, condition: str, target: Path) -> None:
    read = f"FROM read_parquet('{file}') WHERE"
    found = session.execute(f"SELECT count(*) {read} {condition}").fetchone()
    if found and found[0]:
        session.execute(f"COPY (SELECT * {read} NOT ({condition})) TO '{target}'").fetchall()


def _cut(packed: Path, beginning: bytes, target: Path) -> None:
    with (
        zstandard.open(packed, "rb") as before,
        closing(zstandard.open(target, "wb")) as after,
    ):
        for line in io.BufferedReader(before):
            after.write(b"\n" if line.startswith(beginning) else line)


if __name__ == "__main__":
    main()
