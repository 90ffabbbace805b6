"""Reads a file as batches of text, the same way each time its parsing options are the same."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from app.tabular.batches import Batch
from app.tabular.delimited.reader import delimited_batches, delimited_columns
from app.tabular.files.source import Source
from app.tabular.json.reader import json_batches, json_columns
from app.tabular.naming import Columns
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.parquet.reader import parquet_batches, parquet_columns
from app.tabular.workbook.reader import workbook_batches, workbook_columns
from app.tabular.xml.reader import xml_batches, xml_columns

ROWS_PER_BATCH = 50_000


class Reader(NamedTuple):
    """How files of one format are read: their columns, and their rows in batches."""

    columns: Callable[[Source, ParsingOptions], Columns]
    batches: Callable[[Source, ParsingOptions, Sequence[str] | None, int, bool], Iterator[Batch]]


_READERS = {
    FileFormat.DELIMITED: Reader(delimited_columns, delimited_batches),
    FileFormat.FIXED: Reader(delimited_columns, delimited_batches),
    FileFormat.JSON: Reader(json_columns, json_batches),
    FileFormat.NDJSON: Reader(json_columns, json_batches),
    FileFormat.XML: Reader(xml_columns, xml_batches),
    FileFormat.PARQUET: Reader(parquet_columns, parquet_batches),
    FileFormat.WORKBOOK: Reader(workbook_columns, workbook_batches),
}


def columns_of(source: Source, options: ParsingOptions) -> Columns:
    """Return the file's columns; raise FileUnreadable.

    Delimited text names them in its first row; JSON is read whole: any record may bring new keys.
    """
    return _READERS[options.format].columns(source, options)


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
    batches = _READERS[options.format].batches
    return batches(source, options, columns, rows_per_batch, keep_raws)
