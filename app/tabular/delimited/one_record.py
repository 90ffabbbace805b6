"""The cells of one record, given as the text it was read from."""

import csv

from app.tabular.options import ParsingOptions


def cells(raw: str, options: ParsingOptions) -> list[str]:
    """Return the cells of a record of delimited text; none where it cannot be read."""
    if len(options.delimiter) > 1:
        return raw.split(options.delimiter)
    reader = csv.reader(
        raw.splitlines(keepends=True),
        delimiter=options.delimiter,
        quotechar=options.quote or None,
        quoting=csv.QUOTE_MINIMAL if options.quote else csv.QUOTE_NONE,
    )
    try:
        return next(reader, [])
    except csv.Error:
        return []
