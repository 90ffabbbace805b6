"""The table in rows of cells: its columns, and its rows on their way into batches."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np
import pyarrow as pa

from app.tabular.batches import TOO_MANY_CELLS, BadRow, Batch, GrowingBatch, shown_raw
from app.tabular.files.source import FileUnreadable
from app.tabular.grid.doubts import RowDoubts
from app.tabular.grid.names import header_names
from app.tabular.grid.plain_rows import Layout, PlainRows
from app.tabular.naming import Columns, named_columns, numbered_columns
from app.tabular.options import ParsingOptions

Cells = Sequence[str | None]
Record = tuple[int, str, Cells]


def columns_in(records: Iterable[Record], options: ParsingOptions) -> Columns:
    """Return the columns named by the first records, or numbered where there is no header.

    Takes all records where long rows are kept: the longest of them decides.
    """
    rows = filled(records)
    header = [[cell or "" for cell in cells] for _, _, cells in islice(rows, options.header_rows)]
    first = next(rows, None)
    if first is None and not header:
        raise _no_rows()
    width = options.column_count or _width_of(header or [first[2] if first else []], options)
    if options.keeps_long_rows and first is not None:
        longest = max(_filled_width(cells) for _, _, cells in (first, *rows))
        width = max(width, longest - options.first_column)
    names = header_names(header, options, width)
    return named_columns(names) if header else numbered_columns(width)


def batches_in(
    records: Iterator[Record], options: ParsingOptions, table: "GrowingTable", rows_per_batch: int
) -> Iterator[Batch]:
    """Yield the records below the header in batches, at least one, which may be empty."""
    table.doubts.know_header(
        [cells for _, _, cells in islice(filled(records), options.header_rows)]
    )
    for record in records:
        table.take(*record)
        if table.batch.is_full(rows_per_batch):
            yield table.next_batch()
    yield from table.last_batches()


class GrowingTable:
    """The rows of one file on their way into batches of the wanted columns."""

    def __init__(
        self,
        in_file: Sequence[str],
        wanted: Sequence[str],
        options: ParsingOptions,
        keep_raws: bool,
    ) -> None:
        self._in_file = in_file
        self._wanted = wanted
        self._first_column = options.first_column
        self.doubts = RowDoubts(options, len(in_file))
        self._keep_raws = keep_raws
        places = {name: place for place, name in enumerate(in_file)}
        self._places = [places.get(name) for name in wanted]
        self._is_as_in_file = self._places == list(range(len(in_file)))
        self._handed_on = 0
        self.batch = self._empty_batch()

    @property
    def has_unread(self) -> bool:
        batch = self.batch
        return bool(batch.lines or batch.bad_rows or batch.blank_count) or not self._handed_on

    @property
    def has_rows(self) -> bool:
        return bool(self.batch.lines or self.batch.bad_rows)

    def layout(self, options: ParsingOptions, header: Sequence[Cells]) -> Layout:
        first, width = self._first_column, len(self._in_file)
        cell_count = max(first + width, *map(len, header), 0)
        return Layout(options, cell_count, first, width, is_blank, self._keep_raws)

    def batches_of(self, rows: PlainRows, lines_read: int, most: int) -> Iterator[Batch]:
        """Yield rows that were parsed at once; their last line is the last of those read."""
        first_line = lines_read - rows.line_count + 1
        nothing = pa.nulls(rows.cells.num_rows, pa.string())
        lines = rows.lines + first_line
        doubtful = self.doubts.of_cells(rows.cells, lines)
        cells = pa.table(
            [nothing if place is None else rows.cells.column(place) for place in self._places],
            names=list(self._wanted),
        )
        self.batch.blank_count += rows.blank_count
        self.batch.doubtful_rows += self._fallen_in(rows.cells, lines)
        for start in range(0, rows.cells.num_rows, most):
            end = start + most
            self._handed_on += 1
            raws = rows.raws[start:end] if rows.raws is not None else None
            empty, self.batch = self.batch, self._empty_batch()
            yield replace(
                empty.finished(),
                cells=cells.slice(start, most),
                lines=lines[start:end],
                raws=raws,
                doubtful_rows=(*empty.doubtful_rows, *_within(doubtful, lines[start:end])),
            )

    def next_batch(self) -> Batch:
        finished, self.batch = self.batch.finished(), self._empty_batch()
        self._handed_on += 1
        found = self._fallen_in(finished.cells, finished.lines)
        return replace(finished, doubtful_rows=(*finished.doubtful_rows, *found))

    def last_batches(self) -> Iterator[Batch]:
        """Yield what is left, with what is only known at the end."""
        last = [self.next_batch()] if self.has_unread else []
        if found := tuple(self.doubts.fallen_in.rest()):
            batch = last.pop() if last else self.next_batch()
            last.append(replace(batch, doubtful_rows=(*batch.doubtful_rows, *found)))
        yield from last

    def take(self, line: int, raw: str, cells: Cells) -> None:
        if is_blank(cells):
            self.batch.blank_count += 1
            return
        first, width = self._first_column, len(self._in_file)
        end = first + width
        if (first and any(cells[:first])) or (len(cells) > end and any(cells[end:])):
            self.batch.add_bad(_outside_table(line, raw, cells, first, width))
            return
        if doubt := self.doubts.of_row(line, raw, cells):
            self.batch.doubtful_rows.append(doubt)
        row: list[str | None] = list(cells[first:end])
        if len(row) < width:
            self.batch.padded_count += 1
            row += [None] * (width - len(row))
        if not self._is_as_in_file:
            row = [None if place is None else row[place] for place in self._places]
        self.batch.add(line, raw, row)

    def _fallen_in(self, cells: pa.Table, lines: np.ndarray) -> list[BadRow]:
        """Return the rows that may be no records; that shows where all columns are wanted."""
        return self.doubts.fallen_in.among(cells, lines) if self._is_as_in_file else []

    def _empty_batch(self) -> GrowingBatch:
        return GrowingBatch(self._wanted, self._keep_raws, met=dict.fromkeys(self._in_file))


def is_blank(cells: Cells) -> bool:
    """Return whether a record holds nothing, or is a line of spaces."""
    return not any(cells) or (len(cells) == 1 and not (cells[0] or "").strip())


def filled(records: Iterable[Record]) -> Iterator[Record]:
    """Return the records that hold something."""
    return (record for record in records if not is_blank(record[2]))


def _width_of(rows: Sequence[Cells], options: ParsingOptions) -> int:
    return max(map(len, rows)) - options.first_column + options.has_row_names


def _filled_width(cells: Cells) -> int:
    return max((place for place, cell in enumerate(cells, 1) if cell), default=0)


def _within(doubtful: Sequence[BadRow], lines: np.ndarray) -> tuple[BadRow, ...]:
    return tuple(each for each in doubtful if lines[0] <= each.line <= lines[-1])


def _no_rows() -> FileUnreadable:
    return FileUnreadable(
        "empty_file",
        "The file has no rows: it is empty, or everything in it was skipped.",
        "Choose another file, or skip fewer rows.",
    )


def _outside_table(line: int, raw: str, cells: Cells, first_column: int, width: int) -> BadRow:
    before, after = cells[:first_column], cells[first_column + width :]
    value = shown_raw(next(cell for cell in (*before, *after) if cell))
    if any(before):
        message = f"The row has a value before the table's first column, {first_column + 1:,}."
        return BadRow(line, shown_raw(raw), "outside_table", message, value=value)
    columns = "1 column" if width == 1 else f"{width:,} columns"
    message = f"The row has {len(cells):,} cells where the file has {columns}."
    return BadRow(line, shown_raw(raw), TOO_MANY_CELLS, message, value=value)
