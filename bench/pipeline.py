"""`python -m bench.pipeline`: a CSV file through parsing, conversion, plan and write."""

import argparse
import csv
import io
import random
import shutil
import tempfile
from pathlib import Path

import pandas as pd
from deltalake import write_deltalake

from app.dataflows.definition import Definition, FileColumn, Target
from app.dataflows.pipeline import arrow_schema
from app.execution import loading
from app.execution.committing import Work
from app.execution.loading import Load
from app.lake.planning import Dataset, Plan
from app.lake.tables import Lake
from app.lake.write_modes import WriteMode
from app.runs.progress import Counts, RunPhase
from app.tabular.batches import BadRow
from app.tabular.files.source import PathSource
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType
from bench.measuring import Figure, measure, show

ROWS = {"small": 100_000, "full": 1_000_000}
COLUMNS = {
    "userid": ColumnType.INTEGER,
    "name": ColumnType.TEXT,
    "email": ColumnType.TEXT,
    "joined": ColumnType.DATE,
    "points": ColumnType.DECIMAL,
    "is_active": ColumnType.BOOLEAN,
}


def main() -> None:
    """Measure at the scale asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true", help="figures are always JSON lines")
    parser.add_argument("--scale", choices=list(ROWS), default="small")
    rows = ROWS[parser.parse_args().scale]
    with tempfile.TemporaryDirectory() as folder:
        show(first_load(Path(folder), rows))


def first_load(folder: Path, rows: int) -> Figure:
    """Load a file into an empty dataset; the floor reads bytes, the peer is pandas and Delta."""
    file = folder / "people.csv"
    _write_people(file, rows)
    return measure(
        "csv_to_dataset",
        rows,
        ours=lambda: _load(file, folder / "ours"),
        floor=lambda: list(csv.reader(io.StringIO(file.read_text(), newline=""))),
        peer=lambda: _peer(file, folder / "peer"),
        peer_name="pandas.read_csv and write_deltalake",
    )


def _load(file: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    definition = _definition()
    work = Work(
        run=1,
        lake=Lake(str(folder / "lake"), locks=str(folder / "locks")),
        dataset=Dataset("dataset_1", arrow_schema(definition), "c1"),
        names={},
        folder=folder / "staging",
        transaction="run-1",
        listener=_Silent(),
    )
    loading.load(work, Load(PathSource(file), definition, definition.write_mode))


def _peer(file: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    frame = pd.read_csv(file, parse_dates=["joined"], dtype_backend="pyarrow")
    write_deltalake(str(folder), frame.drop_duplicates("userid", keep="last"))


def _definition() -> Definition:
    return Definition(
        options=ParsingOptions(),
        columns=tuple(FileColumn(name, name, is_mandatory=False) for name in COLUMNS),
        transformations=(),
        targets=tuple(
            Target(number, name, kind, name == "userid", column=name, reads_as=kind)
            for number, (name, kind) in enumerate(COLUMNS.items(), start=1)
        ),
        table_name="dataset_1",
        write_mode=WriteMode.APPEND,
    )


def _write_people(file: Path, rows: int) -> None:
    chance = random.Random(1)
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.writer(opened)
        writer.writerow(COLUMNS)
        for number in range(rows):
            writer.writerow(
                [
                    number,
                    f"Person {chance.randrange(rows)}",
                    f"p{number}@example.com",
                    f"20{chance.randrange(10, 26)}-0{chance.randrange(1, 10)}-11",
                    f"{chance.randrange(10**6) / 100:.2f}",
                    chance.choice(("true", "false")),
                ]
            )


class _Silent:
    """Listens and keeps nothing."""

    def batch_read(self, counts: Counts, rejects: list[BadRow]) -> None:
        """Ignore it."""

    def phase_begun(self, phase: RunPhase) -> None:
        """Ignore it."""

    def planned(self, plan: Plan, samples: dict[str, object]) -> None:
        """Ignore it."""


if __name__ == "__main__":
    main()
