"""`python -m bench.phases`: where the time of a load goes, phase by phase."""

import argparse
import logging
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from app.execution.notebook import Notebook
from app.runs.progress import RunPhase
from bench.load import ROWS
from bench.people import write_people
from bench.platform import Platform


@dataclass(frozen=True)
class Moment:
    """When a phase began: seconds of the clock, and of the processors."""

    name: str
    wall: float
    cpu: float


class Watch:
    """Notes when the phases of a run begin."""

    def __init__(self) -> None:
        self.moments: list[Moment] = []

    def note(self, name: str) -> None:
        """Note that something begins now."""
        self.moments.append(Moment(name, time.perf_counter(), time.process_time()))

    def __enter__(self) -> "Watch":
        tell = Notebook.phase_begun
        self._tell = tell

        def phase_begun(self_: Notebook, phase: RunPhase) -> None:
            if phase.value != self.moments[-1].name:
                self.note(phase.value)
            tell(self_, phase)

        Notebook.phase_begun = phase_begun  # type: ignore[method-assign,assignment]
        self.note("reading")
        return self

    def __exit__(self, *_failure: object) -> None:
        self.note("end")
        Notebook.phase_begun = self._tell  # type: ignore[method-assign]


def main() -> None:
    """Load a file into a dataset of as many rows, and print a row for each phase."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", choices=list(ROWS), default="small")
    rows = ROWS[parser.parse_args().scale]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before, after = folder / "before.csv", folder / "after.csv"
        write_people(before, rows=rows, first=0, seed=1)
        write_people(after, rows=rows, first=rows // 2, seed=2)
        platform = Platform(folder / "platform", before)
        platform.load(before)
        platform.receive(after)
        with Watch() as watch:
            platform.run()
    _show(watch.moments, rows)


def _show(moments: list[Moment], rows: int) -> None:
    """Print how long each phase took, and how many rows that is in a second."""
    first, last = moments[0], moments[-1]
    phases = [
        *zip(moments, moments[1:], strict=False),
        (Moment("all", first.wall, first.cpu), last),
    ]
    sys.stdout.write(f"{'phase':<10}{'seconds':>9}{'cpu':>9}{'rows/s':>12}\n")
    for begun, ended in phases:
        seconds, cpu = ended.wall - begun.wall, ended.cpu - begun.cpu
        sys.stdout.write(f"{begun.name:<10}{seconds:>9.2f}{cpu:>9.2f}{rows / seconds:>12,.0f}\n")


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    main()
