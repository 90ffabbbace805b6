"""Lines of text as records of cells, by the parsing options."""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

from app.tabular.delimited.exact_quotes import exact_records
from app.tabular.delimited.odd_delimiters import split_records
from app.tabular.files.decoding import LONGEST_LINE
from app.tabular.options import FileFormat, ParsingOptions

# The csv module's own limit of 131,072 is for the whole process and too low for product texts.
csv.field_size_limit(LONGEST_LINE)


def cells_of(lines: Iterable[str], options: ParsingOptions) -> Iterator[list[str]]:
    """Yield the cells of each record; raise csv.Error for a cell that is too long.

    A record may take several lines: they are taken from `lines` only as they are needed.
    """
    if options.format is FileFormat.FIXED:
        return _fixed(lines, options.column_starts or (0,))
    if len(options.delimiter) > 1 or options.is_repeated or options.is_padded:
        return split_records(lines, options)
    if options.escape is not None:
        lines = _escaping_only(lines, options)
    if options.quote is None:
        return csv.reader(lines, **_csv_dialect(options))
    return exact_records(lines, _csv_dialect(options))


def _escaping_only(lines: Iterable[str], options: ParsingOptions) -> Iterator[str]:
    """Yield the lines with each escape doubled that escapes nothing: `\\N` is no `N`."""
    escape = options.escape or ""
    signs = f"{escape}{options.delimiter}{options.quote or ''}\r\n"
    pattern = re.compile(f"{re.escape(escape)}(.|$)", re.DOTALL)

    def kept(found: re.Match[str]) -> str:
        return found[0] if found[1] and found[1] in signs else escape + found[0]

    return (pattern.sub(kept, line) if escape in line else line for line in lines)


def _csv_dialect(options: ParsingOptions) -> dict[str, Any]:
    return {
        "delimiter": options.delimiter,
        "quotechar": options.quote,
        "quoting": csv.QUOTE_NONE if options.quote is None else csv.QUOTE_MINIMAL,
        "escapechar": options.escape,
        "doublequote": True,
    }


def _fixed(lines: Iterable[str], starts: tuple[int, ...]) -> Iterator[list[str]]:
    ends = [*starts[1:], None]
    for line in lines:
        yield [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]
