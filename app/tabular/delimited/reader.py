"""Delimited text, and text in columns of fixed width, as batches of rows."""

import csv
from collections.abc import Iterator, Sequence
from io import BufferedIOBase, TextIOBase
from itertools import islice
from typing import cast

from app.tabular.batches import Batch
from app.tabular.delimited.fast import is_plain, plain_rows
from app.tabular.delimited.pieces import Pieces
from app.tabular.delimited.records import cells_of
from app.tabular.files.decoding import Lines, decoded, too_long
from app.tabular.files.source import FileUnreadable, Source
from app.tabular.grid.plain_rows import PlainRows
from app.tabular.grid.table import GrowingTable, Record, batches_in, columns_in, filled
from app.tabular.naming import Columns
from app.tabular.options import ParsingOptions


def delimited_columns(source: Source, options: ParsingOptions) -> Columns:
    """Return the columns named by the header, or numbered where there is none.

    Reads the whole file where long rows are kept: the longest of them decides.
    """
    with decoded(source, options.encoding) as text:
        return columns_in(_records(text, options), options)


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
    table = GrowingTable(in_file, wanted, options, keep_raws)
    with decoded(source, options.encoding) as text:
        if is_plain(options):
            stream = cast("BufferedIOBase", text.buffer)
            yield from _quick_batches(stream, options, table, rows_per_batch)
            return
        records = _records(text, options)
        yield from batches_in(records, options, table, rows_per_batch)


def _quick_batches(
    stream: BufferedIOBase, options: ParsingOptions, table: GrowingTable, rows_per_batch: int
) -> Iterator[Batch]:
    """Yield the rows of a file of which regular pieces are parsed at once, and others as ever."""
    pieces = Pieces(stream, options.encoding, options.quote)
    records = _records(pieces, options)
    header = [cells for _, _, cells in islice(filled(records), options.header_rows)]
    table.doubts.know_header(header)
    if not (pieces.line_count and pieces.is_at_cut):
        yield from _batches_to_cut(pieces, records, table, rows_per_batch)
    for found in plain_rows(pieces, table.layout(options, header)):
        if isinstance(found, PlainRows):
            if table.has_rows:
                yield table.next_batch()
            yield from table.batches_of(found, pieces.line_count, rows_per_batch)
            continue
        pieces.open(found)
        records = _records(pieces, options, pieces.line_count)
        yield from _batches_to_cut(pieces, records, table, rows_per_batch)
    yield from table.last_batches()


def _batches_to_cut(
    pieces: Pieces, records: Iterator[Record], table: GrowingTable, rows_per_batch: int
) -> Iterator[Batch]:
    for record in records:
        table.take(*record)
        if table.batch.is_full(rows_per_batch):
            yield table.next_batch()
        if pieces.is_at_cut:
            return


def _records(text: TextIOBase, options: ParsingOptions, lines_before: int = 0) -> Iterator[Record]:
    lines = Lines(
        text,
        number=lines_before,
        skipped_rows=options.skipped_rows,
        footer_rows=options.footer_rows,
        comment=options.comment,
    )
    try:
        for cells in cells_of(lines, options):
            if lines.at_end:  # the parser wanted one more line before it gave up this record
                raise _never_closed(lines.first_line)
            line, raw = lines.take_record()
            yield line, raw, cells
    except csv.Error:
        raise too_long(lines.first_line) from None


def _never_closed(line: int) -> FileUnreadable:
    return FileUnreadable(
        "bad_syntax",
        f"The record that begins in line {line:,} is never finished: a quote is opened there and "
        "not closed before the file ends.",
        "Check that the file is complete and that the quote mark is the right one.",
        line=line,
    )
