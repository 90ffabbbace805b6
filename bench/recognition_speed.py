"""`python -m bench.recognition_speed`: a CSV file recognised and profiled, whole."""

import argparse
import csv
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
from pyarrow import csv as arrow_csv

from app.drafts.findings import profile_of
from app.tabular.columns.profiles import FileProfile
from app.tabular.files.source import PathSource
from app.tabular.recognising import recognise
from bench.measuring import Figure, measure, show

BYTES = {"small": (10_000_000,), "full": (100_000_000, 1_000_000_000)}
ROWS_AT_ONCE = 2_000
COLUMNS = (
    *("id", "email", "name", "city", "country", "joined", "last_seen", "spent", "orders"),
    *("is_active", "note", "token"),
)
FIRST_NAMES = [f"{name}{end}" for name in ("Ada", "Ben", "Zoë", "Jan") for end in ("", "na", "lyn")]
LAST_NAMES = [
    *("Smith", "Nowak", "Müller", "O'Neill", "García"),
    *(f"Last{n}" for n in range(5_000)),
]
CITIES = [*("Berlin", "Kraków", "New York", "São Paulo"), *(f"Town {n}" for n in range(400))]
WORDS = ("red", "blue", "small", "shirt", "shoes", "coat", "with", "wool", "and", "it's", "fit")


def main() -> None:
    """Measure at the scale asked for; or profile one file, to see how much memory that takes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true", help="figures are always JSON lines")
    parser.add_argument("--scale", choices=list(BYTES), default="small")
    parser.add_argument("--profile", type=Path, help="profile this file and print the peak memory")
    chosen = parser.parse_args()
    if chosen.profile:
        profiled(chosen.profile)
        sys.stdout.write(f"{_peak_so_far():.1f}\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        for size in BYTES[chosen.scale]:
            show(recognition(Path(folder), size))


def recognition(folder: Path, size: int) -> Figure:
    """Recognise and profile a file; the floor only reads it by Arrow, the peer sums it up."""
    file = folder / f"customers-{size}.csv"
    rows = _write(file, size)
    figure = measure(
        f"profile_{size // 1_000_000}_mb",
        rows,
        ours=lambda: profiled(file),
        floor=lambda: arrow_csv.read_csv(file),
        peer=lambda: duckdb.execute(f"SUMMARIZE FROM read_csv('{file}')").fetchall(),
        peer_name="DuckDB's SUMMARIZE",
    )
    return replace(figure, peak_rss_mb=_peak_of_profile(file))


def profiled(file: Path) -> FileProfile:
    """Return the profile of a file of which nothing is known."""
    source = PathSource(file)
    return profile_of(source, recognise(source).options)


def _peak_of_profile(file: Path) -> float:
    """Return the memory that a process takes to profile a file, and does nothing else."""
    command = [sys.executable, "-m", "bench.recognition_speed", "--profile", str(file)]
    return float(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))


def _peak_so_far() -> float:
    """Return the most memory in MB that this process has had."""
    status = Path("/proc/self/status")
    # What getrusage says begins with the memory of the process that started this one.
    if status.exists() and (found := re.search(r"VmHWM:\s+(\d+) kB", status.read_text())):
        return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _write(file: Path, size: int) -> int:
    """Write a file of about so many bytes, and return how many rows it has."""
    count = 0
    rows = _rows(random.Random(1))
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.writer(opened)
        writer.writerow(COLUMNS)
        while opened.tell() < size:
            writer.writerows(next(rows) for _ in range(ROWS_AT_ONCE))
            count += ROWS_AT_ONCE
    return count


def _rows(chance: random.Random) -> Iterator[list[object]]:
    number = 0
    while True:
        number += 1
        first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
        yield [
            number,
            f"{first.lower().replace('ë', 'e')}.{number}@example.com",
            f"{first} {last}",
            chance.choice(CITIES),
            chance.choice(("DE", "PL", "US", "BR", "FR")),
            f"20{chance.randrange(10, 27)}-{_day(chance)}",
            f"2026-{_day(chance)}T{chance.randrange(24):02}:{chance.randrange(60):02}:30Z",
            f"{chance.randrange(10**6) / 100:.2f}",
            chance.randrange(200),
            chance.choice(("true", "false")),
            " ".join(chance.choices(WORDS, k=chance.randrange(2, 8))),
            uuid.UUID(int=chance.getrandbits(128)),
        ]


def _day(chance: random.Random) -> str:
    return f"{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"


if __name__ == "__main__":
    main()
