"""`python -m bench.load`: a CSV appended into a dataset of as many rows, half of them known.

Ours is a run as a worker carries it out, from the closed file to the finished run, with its
journal, its rows in the database and its dataset. The floor is one script: DuckDB reads and casts,
Delta merges. The peer is dlt, which reads the file with its own reader and merges it into
DuckDB.
"""

import argparse
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dlt
import duckdb
from deltalake import DeltaTable, write_deltalake
from dlt.sources.filesystem import readers

from bench.measuring import Figure, measure, show
from bench.people import typed_rows, write_people
from bench.platform import Platform

ROWS = {"small": 100_000, "full": 1_000_000}
MORE = 10


def main() -> None:
    """Measure at the scale asked for: how fast a load is, then how its memory grows."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true", help="figures are always JSON lines")
    parser.add_argument("--scale", choices=list(ROWS), default="small")
    parser.add_argument("--peak", type=int, metavar="ROWS", help="only tell the peak of one load")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if asked.peak:
            sys.stdout.write(f"{_peak_of_one(Path(folder), asked.peak)}\n")
            return
        rows = ROWS[asked.scale]
        show(loads(Path(folder), rows))
        show(memory(rows))


def loads(folder: Path, rows: int) -> Figure:
    """Time a load against the floor and the peer, each into a fresh copy of its own store."""
    before, after = folder / "before.csv", folder / "after.csv"
    write_people(before, rows=rows, first=0, seed=1)
    write_people(after, rows=rows, first=rows // 2, seed=2)
    ours, floor, peer = _Ours(folder, before, after), _Floor(folder, before), _Peer(folder, before)
    return measure(
        "load_into_dataset",
        rows,
        ours=ours.load,
        floor=lambda: floor.load(after),
        peer=lambda: peer.load(after),
        peer_name=f"dlt {dlt.__version__}, merged into DuckDB",
        prepare={"ours": ours.prepare, "floor": floor.prepare, "peer": peer.prepare},
    )


def memory(rows: int) -> Figure:
    """Compare the peaks of a load and of one ten times as large; MB in place of seconds."""
    few, many = _peak(rows), _peak(rows * MORE)
    return Figure(
        name="load_memory_of_10x",
        unit="MB",
        ours=many,
        floor=few,
        peer=None,
        peer_name=None,
        ratio_floor=round(many / few, 2),
        ratio_peer=None,
        peak_rss_mb=many,
        rows=rows * MORE,
    )


class _Ours:
    """A platform with a dataset; each load has one of its own, made beforehand."""

    def __init__(self, folder: Path, before: Path, after: Path) -> None:
        self._folder, self._before, self._after = folder / "ours", before, after
        self._platform: Platform | None = None

    def prepare(self) -> None:
        if self._platform is not None:
            self._platform.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._platform = Platform(self._folder, self._before)
        self._platform.load(self._before)
        self._platform.receive(self._after)

    def load(self) -> None:
        assert self._platform is not None
        self._platform.run()


class _Floor:
    """One script: DuckDB and Delta, nothing checked, nothing told."""

    def __init__(self, folder: Path, before: Path) -> None:
        self._base, self._table = folder / "floor-before", folder / "floor"
        with _session() as session:
            write_deltalake(
                str(self._base), session.sql(typed_rows(before)).to_arrow_reader(10_000)
            )

    def prepare(self) -> None:
        shutil.rmtree(self._table, ignore_errors=True)
        shutil.copytree(self._base, self._table)

    def load(self, file: Path) -> None:
        with _session() as session:
            rows = session.sql(typed_rows(file)).to_arrow_table()
        (
            DeltaTable(str(self._table))
            .merge(rows, "old.userid = new.userid", source_alias="new", target_alias="old")
            .when_matched_update_all()
            .when_not_matched_insert_all()
            .execute()
        )


class _Peer:
    """dlt as its manual says: its reader of CSV, merged by key into a DuckDB file."""

    def __init__(self, folder: Path, before: Path) -> None:
        self._folder = folder / "dlt"
        self._base = folder / "dlt-before"
        self._folder.mkdir()
        self.load(before)
        shutil.copytree(self._folder, self._base)

    def prepare(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        shutil.copytree(self._base, self._folder)

    def load(self, file: Path) -> None:
        pipeline = dlt.pipeline(
            "people",
            destination=dlt.destinations.duckdb(str(self._folder / "warehouse.duckdb")),
            dataset_name="people",
            pipelines_dir=str(self._folder / "state"),
        )
        rows = readers(bucket_url=str(file.parent), file_glob=file.name).read_csv()
        rows.apply_hints(table_name="people", write_disposition="merge", primary_key="userid")
        pipeline.run(rows)


def _session() -> Any:
    session = duckdb.connect()
    session.execute("SET TimeZone = 'UTC'")
    return session


def _peak(rows: int) -> float:
    """Return the most memory that a process of its own held for a load, in MB."""
    asked = [sys.executable, "-m", "bench.load", "--peak", str(rows)]
    done = subprocess.run(asked, check=True, capture_output=True, text=True)
    return float(done.stdout)


def _peak_of_one(folder: Path, rows: int) -> float:
    before, after = folder / "before.csv", folder / "after.csv"
    _apart(lambda: write_people(before, rows=ROWS["full"], first=0, seed=1))
    _apart(lambda: write_people(after, rows=rows, first=rows // 2, seed=2))
    platform = Platform(folder / "ours", before)
    platform.load(before)
    platform.load(after)
    return _highest()


def _apart(work: Callable[[], object]) -> None:
    """Do the work in a child, so that its memory is not counted."""
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    os.waitpid(child, 0)


def _highest() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    main()
