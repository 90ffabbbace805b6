"""`python -m bench`: every figure, as two tables: times, and files read right."""

import json
import subprocess
import sys
from typing import Any

MODULES = (
    *("bench.pipeline", "bench.load", "bench.collect", "bench.profiles"),
    *("bench.identifiers", "bench.erasing", "bench.audiences"),
    *("bench.recognition_speed", "bench.recognition"),
)
# The keys of a line, with what stands above them.
TIMES = {
    **{"name": "figure", "rows": "rows", "ours": "ours"},
    **{"ratio_floor": "x floor", "ratio_peer": "x peer", "peak_rss_mb": "MB"},
}
SHARES = {
    **{"reader": "reader", "files": "files", "recognised": "read %", "header": "header %"},
    **{"row_count": "rows %", "cells": "cells %", "asked": "asked", "refused": "refused"},
    **{"silent": "silent", "too_long": "hung", "seconds": "s"},
}


def main() -> None:
    """Run each measurement in a process of its own, so that peaks of memory are its own."""
    shown = None
    for module in MODULES:
        done = subprocess.run(
            [sys.executable, "-m", module, "--json", *sys.argv[1:]],
            check=True,
            capture_output=True,
            text=True,
        )
        for line in done.stdout.splitlines():
            found = json.loads(line)
            columns = SHARES if "reader" in found else TIMES
            if columns is not shown:
                shown = columns
                _write(list(columns.values()))
            _write([found[key] for key in columns])


def _write(cells: list[Any]) -> None:
    first, *others = cells
    sys.stdout.write(f"{first:<22}" + "".join(f"{cell:>9}" for cell in others) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
