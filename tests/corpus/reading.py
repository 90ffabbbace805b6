"""Reads a file of the corpus with our own recogniser, the way the rest of Headwater does."""

from dataclasses import dataclass
from pathlib import Path

from app.tabular.table import read_table
from tests.corpus.messy import Row


@dataclass(frozen=True)
class Reading:
    """The table somebody read, and whether they want a person to confirm it."""

    header: Row
    rows: tuple[Row, ...]
    asks: bool = False


def our_reading(path: Path) -> Reading:
    """Return our table of the file; raise FileUnreadable where we refuse it."""
    frame, info = read_table(path, with_info=True)
    rows = tuple(frame.fillna("").itertuples(index=False, name=None))
    return Reading(tuple(frame.columns), rows, info["ask"])
