"""Reads a file as batches of text, the same way each time its parsing options are the same."""

from collections.abc import Iterator, Sequence

from app.tabular.batches import Batch
from app.tabular.delimited.reader import delimited_batches, delimited_columns
from app.tabular.files.source import Source
from app.tabular.json.reader import json_batches, json_columns
from app.tabular.naming import Columns
from app.tabular.options import FileFormat, ParsingOptions

ROWS_PER_BATCH = 50_000


def columns_of(source: Source, options: ParsingOptions) -> Columns:
    """Return the file's columns; raise FileUnreadable.

    Delimited text names them in its first row; JSON is read whole: any record may bring new keys.
    """
    if options.format == FileFormat.DELIMITED:
        return delimited_columns(source, options)
    return json_columns(source, options)


def read(
    source: Source,
    options: ParsingOptions,
    *,
    columns: Sequence[str] | None = None,
    rows_per_batch: int = ROWS_PER_BATCH,
    keep_raws: bool = False,
) -> Iterator[Batch]:
    """Yield the file in batches, at least one of them; raise FileUnreadable.

    `columns` fixes the shape by name: a column the file lacks is empty, one it has besides is left
    out, and both are listed in the batch. Without it, every column of the file is there.
    """
    batches = delimited_batches if options.format == FileFormat.DELIMITED else json_batches
    return batches(source, options, columns, rows_per_batch, keep_raws)
