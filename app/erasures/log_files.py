"""Log files: the identifier is written over where it stands, so that no line of others is lost."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from app.erasures import words
from app.erasures.places import Place
from app.erasures.work import Steps, Work

ERASED = b"[erased]"
PACKED = (".gz", ".bz2", ".xz", ".zst", ".zip")
WHY = "It is packed, so that it was not looked into. Remove it once it is no longer needed."


def write_over(work: Work) -> Steps:
    """Write over the identifiers in all log files, rotated ones too.

    In its place and as long as it was: whoever has the file open goes on writing at its end.
    """
    for file in files(work.means.logs):
        if file.suffix in PACKED:
            work.leave(Place.LOGS, file.name, WHY)
            continue
        found = list(_places(file, work.subject.texts))
        work.begin(file.name, Place.LOGS, len(found))
        yield
        with file.open("r+b") as opened:
            for start, length in found:
                opened.seek(start)
                opened.write(ERASED.ljust(length, b"*")[:length])
        work.end(file.name)
    yield


def count_places(folder: Path, texts: Sequence[str]) -> int:
    """Return how often identifiers stand in log files."""
    readable = (file for file in files(folder) if file.suffix not in PACKED)
    return sum(1 for file in readable for _ in _places(file, texts))


def files(folder: Path) -> list[Path]:
    """Return the log files there are."""
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []


def _places(file: Path, texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where identifiers stand in a file, as whole words, and how long they are."""
    if not texts:
        return
    wanted = words.in_bytes(tuple(texts))
    place = 0
    with file.open("rb") as opened:
        for line in opened:
            for found in wanted.finditer(line):
                yield place + found.start(), len(found[0])
            place += len(line)
