"""Reads a file of the corpus with our own recogniser, the way the rest of Headwater does."""

from dataclasses import dataclass, replace
from pathlib import Path

from app.tabular.files.source import NotRecognised, PathSource
from app.tabular.reading import read
from app.tabular.recognising import recognise
from tests.corpus.messy import Row


@dataclass(frozen=True)
class Reading:
    """The table somebody read, and whether they want a person to confirm it."""

    header: Row
    rows: tuple[Row, ...]
    asks: bool = False


def our_reading(path: Path) -> Reading:
    """Return our table of the file; raise FileUnreadable where we refuse it."""
    source = PathSource(path)
    recognition = recognise(source)
    if not recognition.is_recognised:
        raise NotRecognised("The file is no table.")
    options = replace(recognition.options, keeps_long_rows=True)
    frames = [batch.frame.fillna("") for batch in read(source, options)]
    rows = tuple(row for frame in frames for row in frame.itertuples(index=False, name=None))
    return Reading(tuple(frames[0].columns), rows, bool(recognition.questions))
