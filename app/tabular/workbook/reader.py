"""The table on a sheet as batches of rows."""

import json
from collections.abc import Iterator, Sequence

from app.tabular.batches import Batch
from app.tabular.files.source import FileUnreadable, Source
from app.tabular.grid.table import Cells, GrowingTable, Record, batches_in, columns_in
from app.tabular.naming import Columns
from app.tabular.options import ParsingOptions
from app.tabular.workbook.sheets import opened_workbook


def workbook_columns(source: Source, options: ParsingOptions) -> Columns:
    """Return the columns named by the header, or numbered where there is none."""
    return columns_in(_records(source, options), options)


def workbook_batches(
    source: Source,
    options: ParsingOptions,
    columns: Sequence[str] | None,
    rows_per_batch: int,
    keep_raws: bool,
) -> Iterator[Batch]:
    """Yield the rows of the table on a sheet; at least one batch, which may be empty."""
    records = _records(source, options)
    in_file = columns_in(records, options).names
    wanted = in_file if columns is None else tuple(columns)
    table = GrowingTable(in_file, wanted, options, keep_raws)
    yield from batches_in(iter(records), options, table, rows_per_batch)


def sheet_rows(source: Source, name: str) -> Sequence[Cells]:
    """Return all rows of a sheet as they stand there; of the first with cells, without a name."""
    with opened_workbook(source) as book:
        if book is None:
            message = "The file is no workbook."
            raise FileUnreadable("bad_syntax", message, "Choose another format.")
        return book.sheet(name).rows


def _records(source: Source, options: ParsingOptions) -> list[Record]:
    """Return the rows that are neither skipped nor left out below, by their number."""
    rows = sheet_rows(source, options.sheet)
    end = len(rows) - options.footer_rows
    return [
        (number, _raw(cells), cells)
        for number, cells in enumerate(rows[: max(0, end)], 1)
        if number > options.skipped_rows
    ]


def _raw(cells: Cells) -> str:
    return json.dumps(cells, ensure_ascii=False)
