"""`python -m bench.recognition`: how many files of the corpus are read right, by us and others."""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.bounded import BoundedReader, Failed, TookTooLong
from bench.peers import READERS
from tests.corpus import CORPUS, NO_TABLES, OTHER_TABLES, TEXT_TABLES
from tests.corpus.messy import Messy
from tests.corpus.reading import Reading

SECONDS_PER_FILE = 10.0
OURS = "Headwater"


@dataclass(frozen=True)
class Share:
    """One reader over many files: percentages of the files, and counts of how it went wrong.

    `silent` counts tables given as if they were right: nobody asked, and they are not.
    """

    reader: str
    files: int
    recognised: float
    header: float
    row_count: float
    cells: float
    asked: int
    refused: int
    silent: int
    too_long: int
    seconds: float


@dataclass(frozen=True)
class Verdict:
    """What came of one file."""

    file: Messy
    reading: Reading | None
    took_too_long: bool = False

    @property
    def has_header(self) -> bool:
        """Return whether the names are exact."""
        return self.reading is not None and self.reading.header == self.file.header

    @property
    def has_row_count(self) -> bool:
        """Return whether the number of rows is exact."""
        return self.reading is not None and len(self.reading.rows) == len(self.file.rows)

    @property
    def has_cells(self) -> bool:
        """Return whether every cell is exact."""
        return self.reading is not None and self.reading.rows == self.file.rows

    @property
    def is_silent(self) -> bool:
        """Return whether a wrong table was given without a question."""
        is_right = self.has_header and self.has_cells and not self.file.refuse
        return self.reading is not None and not self.reading.asks and not is_right


def main() -> None:
    """Print one line of JSON for each reader; or, with --failures, what it got wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true", help="figures are always JSON lines")
    parser.add_argument("--scale", help="is the same for every scale")
    parser.add_argument("--failures", choices=list(READERS), help="name the files it got wrong")
    chosen = parser.parse_args()
    if chosen.failures:
        _show_failures(verdicts(chosen.failures, CORPUS))
        return
    for share in shares():
        sys.stdout.write(json.dumps(asdict(share)) + "\n")
        sys.stdout.flush()


def shares() -> Iterable[Share]:
    """Yield every reader over the text tables a machine can decide, and ours over the rest."""
    decidable = [file for file in TEXT_TABLES if file.ask != "must"]
    for reader in READERS:
        yield share(reader, reader, decidable)
    undecidable = [file for file in TEXT_TABLES if file.ask == "must"]
    yield share(f"{OURS}: must ask", OURS, undecidable)
    yield share(f"{OURS}: JSON, XML, workbooks", OURS, OTHER_TABLES)
    yield share(f"{OURS}: no table", OURS, NO_TABLES)


def share(name: str, reader: str, files: Sequence[Messy]) -> Share:
    """Return how one reader did."""
    began = time.perf_counter()
    found = verdicts(reader, files)
    seconds = time.perf_counter() - began
    return Share(
        reader=name,
        files=len(files),
        recognised=_percent([each.reading is not None for each in found]),
        header=_percent([each.has_header for each in found]),
        row_count=_percent([each.has_row_count for each in found]),
        cells=_percent([each.has_cells for each in found]),
        asked=sum(each.reading is not None and each.reading.asks for each in found),
        refused=sum(each.reading is None and not each.took_too_long for each in found),
        silent=sum(each.is_silent for each in found),
        too_long=sum(each.took_too_long for each in found),
        seconds=round(seconds, 1),
    )


def verdicts(reader: str, files: Iterable[Messy]) -> list[Verdict]:
    """Return what a reader makes of each file."""
    with (
        tempfile.TemporaryDirectory() as folder,
        BoundedReader(READERS[reader], SECONDS_PER_FILE) as read,
    ):
        return [_verdict(read, Path(folder), file) for file in files]


def _verdict(read: BoundedReader, folder: Path, file: Messy) -> Verdict:
    path = folder / file.name
    path.write_bytes(file.content)
    try:
        return Verdict(file, read(path))
    except TookTooLong:
        return Verdict(file, None, took_too_long=True)
    except Failed:
        return Verdict(file, None)


def _percent(hits: Sequence[bool]) -> float:
    return round(100 * sum(hits) / len(hits), 1)


def _show_failures(found: Iterable[Verdict]) -> None:
    for each in found:
        is_right = each.reading is None if each.file.refuse else each.has_header and each.has_cells
        if each.is_silent or not is_right:
            asks = "silent" if each.is_silent else "asked" if each.reading else "refused"
            sys.stdout.write(f"{asks:<9}{each.file.ask:<6}{each.file.name}\n")


if __name__ == "__main__":
    main()
