"""A whole file read back as its names and rows, by the options recognised or by others."""

from app.tabular.files.source import Source
from app.tabular.options import ParsingOptions
from app.tabular.reading import columns_of, read
from app.tabular.recognising import recognise


def table_in(
    source: Source, options: ParsingOptions | None = None
) -> tuple[tuple[str, ...], list[list[str | None]]]:
    """Return the names and the rows of a file."""
    options = options or recognise(source).options
    rows = [
        row
        for batch in read(source, options)
        for row in batch.frame.to_numpy(na_value=None).tolist()
    ]
    return columns_of(source, options).names, rows
