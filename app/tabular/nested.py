"""Nested records, of JSON or XML, on their way into batches: one with new fields is no fault."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.tabular.batches import BadRow, Batch, GrowingBatch, shown_raw


class Row(Protocol):
    """A record as a row: column name to text, with what had to be done to get there."""

    @property
    def cells(self) -> dict[str, str | None]:
        """Return the cells by column."""

    @property
    def notes(self) -> list[str]:
        """Return what a person should know."""


@dataclass(frozen=True)
class RecordRefused(Exception):
    """A record that is no row of a table."""

    rule: str
    message: str
    column: str | None = None


# Line or number, text as written, and the row; none where the line is blank.
Parsed = tuple[int, str, Row | RecordRefused | None]


def record_batches(
    parsed: Iterator[Parsed], columns: Sequence[str], rows_per_batch: int, keep_raws: bool
) -> Iterator[Batch]:
    """Yield batches of the wanted columns; at least one, which may be empty."""
    batch, handed_on = GrowingBatch(columns, keep_raws), 0
    for line, raw, row in parsed:
        if batch.is_full(rows_per_batch):
            yield batch.finished()
            batch, handed_on = GrowingBatch(columns, keep_raws), handed_on + 1
        _take(batch, line, raw, row)
    if batch.lines or batch.bad_rows or batch.blank_count or not handed_on:
        yield batch.finished()


def _take(batch: GrowingBatch, line: int, raw: str, row: Row | RecordRefused | None) -> None:
    if row is None:
        batch.blank_count += 1
    elif isinstance(row, RecordRefused):
        batch.add_bad(BadRow(line, shown_raw(raw), row.rule, row.message, row.column))
    else:
        batch.add(line, raw, [row.cells.get(name) for name in batch.columns])
        if not row.cells.keys() >= set(batch.columns):
            batch.add_absent(name for name in batch.columns if name not in row.cells)
        if not raw:  # what is not kept takes memory too
            batch.characters += sum(map(len, filter(None, row.cells.values())))
        if not row.cells.keys() <= batch.met.keys():
            batch.met.update(dict.fromkeys(_met_in(row.cells, batch.columns)))
        batch.notes.update(dict.fromkeys(row.notes))


def _met_in(cells: dict[str, str | None], wanted: Sequence[str]) -> Iterator[str]:
    """Yield the columns that a row has; a null that nobody asked for leaves nothing out."""
    return (name for name, cell in cells.items() if cell is not None or name in wanted)
