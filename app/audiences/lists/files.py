"""The bytes of a list, kept while they are to be taken in, and the table they are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO
from uuid import uuid4

from app.streams.storage import FileStore
from app.tabular import recognising
from app.tabular.batches import Batch
from app.tabular.files.source import FileUnreadable
from app.tabular.options import ParsingOptions
from app.tabular.reading import columns_of, read

FOLDER = "lists"
MOST_BYTES, MOST_ROWS = 100_000_000, 2_000_000
ROWS_LOOKED_AT, MOST_COLUMNS = 200, 200
_CHUNK = 256 * 1024
# What was pasted: a value a line.
PASTED = ParsingOptions(delimiter="\t", quote=None, header_rows=0)


@dataclass(frozen=True)
class Kept:
    """Bytes in the files store, readable from their start as often as wanted."""

    store: FileStore
    path: str
    name: str

    def open(self) -> BinaryIO:
        """Return a fresh stream of the bytes."""
        return self.store.open([self.path])


@dataclass(frozen=True)
class Table:
    """How a file is read, its columns, and its first rows."""

    options: ParsingOptions
    columns: tuple[str, ...]
    first: Batch

    def values(self, column: str) -> list[str]:
        """Return the first values of a column, those that are empty left out."""
        cells = self.first.cells[column].to_pylist()
        return [each.strip() for each in cells if each and each.strip()]


def keep(store: FileStore, stream: BinaryIO) -> tuple[str, int]:
    """Store what is sent, and return where and how large it is; raise FileUnreadable."""
    path, size = f"{FOLDER}/{uuid4().hex}", 0
    with store.writer(path) as target:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > MOST_BYTES:
                most = f"{MOST_BYTES // 1_000_000} MB"
                raise FileUnreadable(
                    "too_large",
                    f"The file is larger than {most}.",
                    "Send it in parts: the first makes the list, the others are added to it.",
                )
            target.write(chunk)
    return path, size


def pasted(text: str) -> bytes:
    """Return pasted values as a file: those between line ends, commas, semicolons and tabs."""
    for sign in ",;\t\r":
        text = text.replace(sign, "\n")
    values = (each.strip().strip("\"'\ufeff").strip() for each in text.split("\n"))
    return "\n".join(each for each in values if each).encode("utf-8", "replace")


def looked_at(source: Kept, options: ParsingOptions | None = None) -> Table:
    """Return what a file is as a table; raise FileUnreadable where it is none."""
    options = options or _recognised(source)
    columns = columns_of(source, options).names
    if len(columns) > MOST_COLUMNS:
        said = f"The file has {len(columns):,} columns; that of a list has at most {MOST_COLUMNS}."
        raise FileUnreadable("too_many_columns", said, "Leave the others out.")
    first = next(iter(read(source, options, columns=columns, rows_per_batch=ROWS_LOOKED_AT)))
    if not columns or not first.cells.num_rows and not options.has_header:
        raise FileUnreadable("empty_file", "The file has no rows.", "Choose another.")
    return Table(options, columns, first)


def _recognised(source: Kept) -> ParsingOptions:
    """Return how to read a file; text that looks like no table is read as a value a line."""
    recognition = recognising.recognise(source)
    if recognition.is_recognised:
        return recognition.options
    return replace(PASTED, encoding=recognition.options.encoding)


def guessed(table: Table, wanted: str, hits: Sequence[int]) -> str:
    """Return the column that most likely has the identifier.

    That is the one most of whose first values mean somebody, then the one that is called so.
    """

    def fitness(place: int) -> tuple[int, bool, int]:
        return hits[place], _plain(table.columns[place]) == _plain(wanted), -place

    return table.columns[max(range(len(table.columns)), key=fitness)]


def _plain(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())
