"""The corpus: small messy files, each with its truth as a person reads it off the file."""

from tests.corpus import (
    borders,
    delimiters,
    edges,
    encodings,
    footers,
    headers,
    laboratories,
    large,
    line_ends,
    no_tables,
    odd_delimiters,
    open_data,
    preambles,
    quotes,
    repositories,
    trade,
    values,
    widths,
)
from tests.corpus.messy import Messy

TEXT_THEMES = (
    *(delimiters, odd_delimiters, quotes, line_ends, encodings),
    *(preambles, headers, widths, values, footers, borders, large, edges),
    *(open_data, trade, laboratories, repositories),
)
TEXT_TABLES: tuple[Messy, ...] = tuple(file for theme in TEXT_THEMES for file in theme.FILES)
NO_TABLES: tuple[Messy, ...] = no_tables.FILES
CORPUS: tuple[Messy, ...] = TEXT_TABLES + NO_TABLES
