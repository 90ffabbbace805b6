"""A process of its own that writes one file into a dataset; the fault tests kill and measure it."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from app.lake import engine, planning, writing
from app.lake.planning import Dataset
from app.lake.staging import Staging
from app.lake.tables import Lake
from app.lake.write_modes import WriteMode

SCHEMA = pa.schema([("c1", pa.string()), ("c2", pa.int64()), ("c3", pa.string())])
CHUNK = 20_000


def lake_in(folder: Path) -> Lake:
    return Lake(str(folder / "lake"), locks=str(folder / "locks"))


def chunks(first: int, count: int, value: int, width: int) -> Iterator[pa.Table]:
    """Yield rows with the keys from `first` on, one value and a text of some width."""
    for start in range(first, first + count, CHUNK):
        numbers = range(start, min(start + CHUNK, first + count))
        keys = [f"k{number}" for number in numbers]
        texts = [f"{number}-" * (width // 8) for number in numbers]
        yield pa.table([keys, [value] * len(keys), texts], schema=SCHEMA)


def write(
    folder: Path,
    *,
    transaction: str,
    first: int,
    count: int,
    value: int,
    mode: str = "append",
    width: int = 8,
) -> int:
    """Stage, plan and write under the table's lock, as a run does; return the version."""
    lake = lake_in(folder)
    with Staging(folder / f"staging-{transaction}", SCHEMA) as staging:
        for rows in chunks(first, count, value, width):
            staging.append(rows, np.arange(rows.num_rows))
        dataset = Dataset("people", SCHEMA, "c1")
        run = int(transaction.rpartition("-")[2])
        with lake.writer_lock("people"):
            plan = planning.plan(lake, dataset, staging, mode=WriteMode(mode), run=run)
            return writing.write(lake, dataset, plan, transaction=transaction, spill=staging.spill)


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def stop_halfway() -> None:
    """Let the next write say so once its files are there, and go no further."""

    def halting(*_arguments: object) -> int:
        say("halfway")
        time.sleep(60)
        return 0

    writing._commit = halting


def peak_memory() -> int:
    """Return the most memory this process has held, in bytes; getrusage counts its parent's too."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    asked = json.loads(sys.argv[1])
    if asked.pop("is_halting", False):
        stop_halfway()
    if (limit := asked.pop("memory_limit", None)) is not None:
        engine.spilling_limit = lambda _reads: limit
    for write_asked in asked["writes"]:
        write(Path(asked["folder"]), **write_asked)
    say(str(peak_memory()))
