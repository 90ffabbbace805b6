"""Kinds that read dates and numbers written in a way of their own, and write them in the usual one.

A column of the file can declare how it is written as its type; these are for parts of one, for a
column that is computed with, and for two ways of writing side by side.
"""

import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.columns import dates
from app.tabular.columns.converting import rendered
from app.tabular.columns.date_patterns import COMPACT_PATTERN, DATE_PATTERNS, SHORT_YEAR_PATTERNS
from app.tabular.columns.number_styles import (
    WITH_EXPONENT,
    StyleImpossible,
    style_of,
    styled_decimals_of,
)
from app.tabular.options import ParsingOptions
from app.tabular.transformations.kinds import (
    Given,
    Group,
    Kind,
    Made,
    Settings,
    converted,
    trimmed,
)
from app.tabular.transformations.parameters import Parameter, ParameterImpossible
from app.tabular.types import ColumnType

_DATES = (*DATE_PATTERNS, COMPACT_PATTERN, *SHORT_YEAR_PATTERNS)


def _date(given: Given) -> Made:
    texts = trimmed(given.texts)
    encoded = texts.dictionary_encode()
    read = rendered(dates.dates_of(encoded.dictionary, given.settings["pattern"]))
    return converted(texts, pc.take(read, encoded.indices))


def _number(given: Given) -> Made:
    texts = trimmed(given.texts)
    numbers: pa.Array = styled_decimals_of(texts, given.settings["style"], ParsingOptions())
    return converted(texts, rendered(numbers))


def _refuse_no_style(_input_count: int, settings: Settings) -> None:
    if settings["style"] == WITH_EXPONENT:
        return
    try:
        style_of(settings["style"])
    except StyleImpossible as impossible:
        raise ParameterImpossible(str(impossible)) from None


KINDS = (
    Kind(
        "date_as_written",
        "Date written otherwise",
        "Reads dates that are written in another way than 2026-12-31.",
        _date,
        group=Group.CONVERT,
        parameters=(
            Parameter(
                "pattern",
                "How it is written",
                "choice",
                default=DATE_PATTERNS[0].pattern,
                choices=tuple((each.pattern, each.label) for each in _DATES),
            ),
        ),
        type=ColumnType.DATE,
        failure="is no date in that way of writing",
        writes_plainly=True,
    ),
    Kind(
        "number_as_written",
        "Number written otherwise",
        "Reads numbers with a currency, or with other marks than the file has.",
        _number,
        group=Group.CONVERT,
        parameters=(
            Parameter(
                "style",
                "How it is written",
                is_required=True,
                longest=60,
                hint="The number 1234.5 as the column has it, such as € 1.234,5 or 1234.5 %",
            ),
        ),
        type=ColumnType.DECIMAL,
        failure="is no number in that way of writing",
        writes_plainly=True,
        check=_refuse_no_style,
    ),
)
