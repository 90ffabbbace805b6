"""The corpus: small messy files, each with its truth as a person reads it off the file."""

from tests.corpus import (
    agencies,
    alphabets,
    banks,
    biology,
    borders,
    breakages,
    byways,
    campaigns,
    councils,
    databases,
    delimiters,
    desktop,
    documents,
    edges,
    elements,
    encodings,
    everyday,
    few_letters,
    fieldwork,
    footers,
    headers,
    hobbyists,
    instruments,
    laboratories,
    large,
    line_ends,
    logs,
    no_tables,
    objects,
    odd_delimiters,
    open_data,
    pastimes,
    preambles,
    prose,
    published,
    quirks,
    quotes,
    registers,
    repositories,
    shells,
    sky_and_sea,
    stations,
    structures,
    systems,
    theses,
    trade,
    traps,
    values,
    widths,
    workbooks,
)
from tests.corpus.messy import Messy

TEXT_THEMES = (
    *(delimiters, odd_delimiters, quotes, line_ends, encodings),
    *(preambles, headers, widths, values, footers, borders, large, edges),
    *(open_data, trade, laboratories, repositories),
    *(agencies, stations, banks, campaigns, databases),
    *(logs, instruments, biology, alphabets, desktop, documents),
    *(sky_and_sea, registers, shells, pastimes, hobbyists, traps, prose, few_letters, quirks),
    *(councils, theses),
    *(everyday, published, systems, fieldwork, byways, breakages),
)
OTHER_TABLES: tuple[Messy, ...] = (
    objects.FILES + elements.FILES + structures.FILES + workbooks.FILES
)
TEXT_TABLES: tuple[Messy, ...] = tuple(file for theme in TEXT_THEMES for file in theme.FILES)
NO_TABLES: tuple[Messy, ...] = (
    *(no_tables.FILES + databases.NO_TABLES + logs.NO_TABLES + biology.NO_TABLES),
    *(objects.NO_TABLES + elements.NO_TABLES + documents.NO_TABLES + pastimes.NO_TABLES),
    *(prose.NO_TABLES + structures.NO_TABLES + breakages.NO_TABLES),
)
CORPUS: tuple[Messy, ...] = TEXT_TABLES + OTHER_TABLES + NO_TABLES
