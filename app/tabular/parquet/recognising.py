"""Recognises Parquet files, which say themselves what is in them."""

from app.tabular.files.source import Source
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.parquet.reader import opened_parquet
from app.tabular.recognition import Evidence, Recognition


def recognise_parquet(source: Source) -> Recognition | None:
    """Return how to read a Parquet file; None where the file is none; raise FileUnreadable."""
    with opened_parquet(source) as file:
        if file is None:
            return None
        rows, columns = file.metadata.num_rows, len(file.schema_arrow.names)
    sentence = f"The file is Parquet, with {columns:,} columns and {rows:,} rows."
    return Recognition(
        ParsingOptions(format=FileFormat.PARQUET), 0.99, (Evidence("format", sentence),)
    )
