"""The table on a sheet as batches of rows."""

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import cast

from app.tabular.batches import Batch
from app.tabular.delimited.names import header_names
from app.tabular.delimited.reader import _Table
from app.tabular.files.source import FileUnreadable, Source
from app.tabular.naming import Columns, named_columns, numbered_columns
from app.tabular.options import ParsingOptions
from app.tabular.workbook.sheets import Cells, opened_workbook

Row = tuple[int, Cells]


def workbook_columns(source: Source, options: ParsingOptions) -> Columns:
    """Return the columns named by the header, or numbered where there is none."""
    return _columns(_rows(source, options), options)


def workbook_batches(
    source: Source,
    options: ParsingOptions,
    columns: Sequence[str] | None,
    rows_per_batch: int,
    keep_raws: bool,
) -> Iterator[Batch]:
    """Yield the rows of the table on a sheet; at least one batch, which may be empty."""
    rows = _rows(source, options)
    in_file = _columns(rows, options).names
    wanted = in_file if columns is None else tuple(columns)
    table = _Table(in_file, wanted, options.first_column, keep_raws)
    left = iter(rows)
    for _header in islice(_filled(left), options.header_rows):
        pass
    for number, cells in left:
        table.take(number, _raw(cells), cast("list[str]", list(cells)))
        if table.batch.is_full(rows_per_batch):
            yield table.next_batch()
    if table.has_unread:
        yield table.next_batch()


def _rows(source: Source, options: ParsingOptions) -> list[Row]:
    """Return the rows that are neither skipped nor left out below, by their number."""
    with opened_workbook(source) as book:
        if book is None:
            message = "The file is no workbook."
            raise FileUnreadable("bad_syntax", message, "Choose another format.")
        sheet = book.sheet(options.sheet)
    end = len(sheet.rows) - options.footer_rows
    return [
        (number, cells)
        for number, cells in enumerate(sheet.rows[: max(0, end)], 1)
        if number > options.skipped_rows
    ]


def _columns(rows: Sequence[Row], options: ParsingOptions) -> Columns:
    filled = _filled(iter(rows))
    header = [[cell or "" for cell in cells] for _, cells in islice(filled, options.header_rows)]
    first = header[0] if header else next((cells for _, cells in filled), None)
    if first is None:
        message = "The sheet has no rows: it is empty, or everything in it was skipped."
        raise FileUnreadable("empty_file", message, "Choose another sheet, or skip fewer rows.")
    width = options.column_count or max(1, len(first) - options.first_column)
    if not header:
        return numbered_columns(width)
    return named_columns(header_names(header, options, width))


def _filled(rows: Iterator[Row]) -> Iterator[Row]:
    return (row for row in rows if any(row[1]))


def _raw(cells: Cells) -> str:
    return json.dumps(cells, ensure_ascii=False)
