"""The kinds of values a column may turn out to have, in order of preference."""

import re
from dataclasses import dataclass, replace

from app.tabular.columns.converting import BOOLEAN_WORDS
from app.tabular.columns.date_patterns import (
    COMPACT_PATTERN,
    DATE_PATTERNS,
    DATETIME_PATTERNS,
    SHORT_YEAR_PATTERNS,
    DatePattern,
)
from app.tabular.columns.dates import ISO_DATE, ISO_DATETIME
from app.tabular.columns.emails import EMAIL_SHAPE
from app.tabular.columns.number_styles import WITH_EXPONENT, NumberStyle, plain_styles
from app.tabular.columns.numbers import EXPONENTIAL
from app.tabular.columns.written_types import (
    GROUPED_PHONE_SHAPE,
    JSON_SHAPE,
    PHONE_SHAPE,
    TIME_SHAPE,
    URL_SHAPE,
)
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType

_CERTAIN_WORDS = BOOLEAN_WORDS[:2]
_NAMES_DATE = re.compile(r"(^|[^a-z])(date|day|datum|dob|born|birth\w*)([^a-z]|$)|_(at|on)$")
_NAMES_PHONE = re.compile(
    r"(^|[^a-z])(phone|telephone|tel|telefon|mobile|cell|fax)([^a-z]|number|no|$)"
)


@dataclass(frozen=True)
class Kind:
    """One kind of values: its type, and the shape that all texts of it have.

    `pattern` says how they are written. A kind that `asks` is never taken without a person.
    Of a kind that `needs_two`, two different words must be there: a column of nothing but `T` may
    be anything. What fits `narrower` fits this kind too.
    """

    type: ColumnType
    shape: str
    pattern: str | None = None
    asks: str = ""
    needs_two: bool = False
    narrower: "Kind | None" = None


def kinds_for(options: ParsingOptions, name: str) -> list[Kind]:
    """Return the kinds that a column of that name may be of."""
    folded = name.lower()
    return [
        *map(_boolean, BOOLEAN_WORDS),
        *([_dated(COMPACT_PATTERN)] if _NAMES_DATE.search(folded) else []),
        *([Kind(ColumnType.PHONE, PHONE_SHAPE)] if _NAMES_PHONE.search(folded) else []),
        *_numbers(options),
        *_dates(),
        Kind(ColumnType.TIME, TIME_SHAPE),
        Kind(ColumnType.EMAIL, EMAIL_SHAPE),
        Kind(ColumnType.URL, URL_SHAPE),
        Kind(ColumnType.PHONE, GROUPED_PHONE_SHAPE),
        Kind(ColumnType.JSON, JSON_SHAPE),
    ]


def _numbers(options: ParsingOptions) -> list[Kind]:
    integer = Kind(ColumnType.INTEGER, _integer_shape(options))
    decimal = Kind(ColumnType.DECIMAL, _decimal_shape(options), narrower=integer)
    with_exponent = Kind(ColumnType.DECIMAL, EXPONENTIAL, WITH_EXPONENT, narrower=decimal)
    others = [
        replace(
            styled(style),
            asks=_OTHER_MARKS,
            narrower=decimal if style.decimal_mark == options.decimal_mark else integer,
        )
        for style in plain_styles(options)
    ]
    return [integer, decimal, with_exponent, *others]


def _dates() -> list[Kind]:
    date = Kind(ColumnType.DATE, ISO_DATE)
    return [
        date,
        Kind(ColumnType.DATETIME, ISO_DATETIME, narrower=date),
        *map(_dated, (*DATE_PATTERNS, *DATETIME_PATTERNS)),
        *(_short_year(each.pattern, each.shape) for each in SHORT_YEAR_PATTERNS),
    ]


_OTHER_MARKS = "All values are numbers if they are written as in {pattern}: say so if they are."
_WHICH_CENTURY = "These are dates with two digits for the year: say so if they are to be dates."


def styled(style: NumberStyle) -> Kind:
    """Return the kind of numbers written in a style."""
    return Kind(ColumnType.DECIMAL, style.shape, style.pattern)


def _boolean(words: tuple[str, str]) -> Kind:
    shape = rf"(?i)^({'|'.join(words)})$"
    return Kind(ColumnType.BOOLEAN, shape, needs_two=words not in _CERTAIN_WORDS)


def _dated(each: DatePattern) -> Kind:
    return Kind(each.type, each.shape, each.pattern)


def _short_year(pattern: str, shape: str) -> Kind:
    return Kind(ColumnType.DATE, shape, pattern, _WHICH_CENTURY)


def _integer_shape(options: ParsingOptions) -> str:
    return rf"^(0|-?[1-9][0-9]{{0,14}}{_grouped(options)})$"


def _decimal_shape(options: ParsingOptions) -> str:
    whole = rf"(0|[1-9][0-9]{{0,14}}{_grouped(options)})"
    fraction = rf"{re.escape(options.decimal_mark)}[0-9]{{1,18}}"
    return rf"^(-?{whole}{fraction}|0|-?[1-9][0-9]{{0,14}}{_grouped(options)})$"


def _grouped(options: ParsingOptions) -> str:
    if not options.thousands_mark:
        return ""
    return rf"|[1-9][0-9]{{0,2}}({re.escape(options.thousands_mark)}[0-9]{{3}}){{1,4}}"
