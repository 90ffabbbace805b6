"""Delimited text: records of cells, read by the csv module line by line."""

import csv
from collections.abc import Iterator, Sequence
from typing import Any

from app.tabular.batches import BadRow, Batch, GrowingBatch, shown_raw
from app.tabular.files.decoding import LONGEST_LINE, Lines, decoded, too_long
from app.tabular.files.source import FileUnreadable, Source
from app.tabular.naming import Columns, named_columns, numbered_columns
from app.tabular.options import ParsingOptions

# The csv module's own limit of 131,072 is for the whole process and too low for product texts.
csv.field_size_limit(LONGEST_LINE)

Record = tuple[int, str, list[str]]


def delimited_columns(source: Source, options: ParsingOptions) -> Columns:
    """Return the columns named by the header, or numbered where there is none."""
    with decoded(source, options.encoding) as text:
        return _columns(_records(Lines(text), options), options)


def delimited_batches(
    source: Source,
    options: ParsingOptions,
    columns: Sequence[str] | None,
    rows_per_batch: int,
    keep_raws: bool,
) -> Iterator[Batch]:
    """Yield the rows of delimited text; at least one batch, which may be empty."""
    in_file = delimited_columns(source, options).names
    wanted = in_file if columns is None else tuple(columns)
    table = _Table(in_file, wanted, keep_raws)
    with decoded(source, options.encoding) as text:
        records = _records(Lines(text), options)
        if options.has_header:
            next((record for record in records if not _is_blank(record[2])), None)
        for record in records:
            table.take(*record)
            if table.batch.is_full(rows_per_batch):
                yield table.next_batch()
        if table.has_unread:
            yield table.next_batch()


class _Table:
    """The rows of one file on their way into batches of the wanted columns."""

    def __init__(self, in_file: Sequence[str], wanted: Sequence[str], keep_raws: bool) -> None:
        self._in_file = in_file
        self._wanted = wanted
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

    def next_batch(self) -> Batch:
        finished, self.batch = self.batch.finished(), self._empty_batch()
        self._handed_on += 1
        return finished

    def take(self, line: int, raw: str, cells: list[str]) -> None:
        if _is_blank(cells):
            self.batch.blank_count += 1
            return
        width = len(self._in_file)
        if len(cells) > width and any(cells[width:]):
            self.batch.add_bad(_too_many_cells(line, raw, cells, width))
            return
        row: list[str | None] = list(cells[:width])
        if len(cells) < width:
            self.batch.padded_count += 1
            row += [None] * (width - len(cells))
        if not self._is_as_in_file:
            row = [None if place is None else row[place] for place in self._places]
        self.batch.add(line, raw, row)

    def _empty_batch(self) -> GrowingBatch:
        return GrowingBatch(self._wanted, self._keep_raws, met=dict.fromkeys(self._in_file))


def _csv_dialect(options: ParsingOptions) -> dict[str, Any]:
    return {
        "delimiter": options.delimiter,
        "quotechar": options.quote,
        "quoting": csv.QUOTE_NONE if options.quote is None else csv.QUOTE_MINIMAL,
        "escapechar": options.escape,
        "doublequote": True,
        "strict": False,
    }


def _records(lines: Lines, options: ParsingOptions) -> Iterator[Record]:
    physical = iter(lines)
    for _ in range(options.skipped_rows):
        next(physical, None)
        lines.take_record()
    reader = csv.reader(physical, **_csv_dialect(options))
    try:
        for cells in reader:
            if lines.at_end:  # the parser wanted one more line before it gave up this record
                raise _never_closed(lines.first_line)
            line, raw = lines.take_record()
            yield line, raw, cells
    except csv.Error:
        raise too_long(lines.first_line) from None


def _columns(records: Iterator[Record], options: ParsingOptions) -> Columns:
    for _, _, cells in records:
        if _is_blank(cells):
            continue
        return named_columns(cells) if options.has_header else numbered_columns(len(cells))
    raise FileUnreadable(
        "empty_file",
        "The file has no rows: it is empty, or everything in it was skipped.",
        "Choose another file, or skip fewer rows.",
    )


def _is_blank(cells: Sequence[str]) -> bool:
    return not any(cells) or (len(cells) == 1 and not cells[0].strip())


def _never_closed(line: int) -> FileUnreadable:
    return FileUnreadable(
        "bad_syntax",
        f"The record that begins in line {line:,} is never finished: a quote is opened there and "
        "not closed before the file ends.",
        "Check that the file is complete and that the quote mark is the right one.",
        line=line,
    )


def _too_many_cells(line: int, raw: str, cells: list[str], width: int) -> BadRow:
    message = f"The row has {len(cells):,} cells where the file has {width:,} columns."
    surplus = next(cell for cell in cells[width:] if cell)
    return BadRow(line, shown_raw(raw), "too_many_cells", message, value=shown_raw(surplus))
