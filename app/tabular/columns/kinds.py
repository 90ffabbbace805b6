"""The kinds of values a column may turn out to have, in order of preference."""

import re
from collections.abc import Set
from dataclasses import dataclass, replace
from functools import lru_cache
from string import digits

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

# A word of these alone is one in no other way: NO is a country, too.
_CERTAIN_WORDS = BOOLEAN_WORDS[:1]
_NAMES_DATE = re.compile(r"(^|[^a-z])(date|day|datum|dob|born|birth\w*)([^a-z]|$)|_(at|on)$")
_NAMES_PHONE = re.compile(
    r"(^|[^a-z])(phone|telephone|tel|telefon|mobile|cell|fax)([^a-z]|number|no|$)"
)


@dataclass(frozen=True)
class Kind:
    """One kind of values: its type, and the shape that all texts of it have.

    `pattern` says how they are written. A kind that `asks` is never taken without a person.
    Of a kind that `needs_two`, two different words must be there: a column of nothing but `T` may
    be anything. What fits `narrower` fits this kind too. Each text of it is one of the `words`, and
    has one sign of each of the `marks`, where there are any.
    """

    type: ColumnType
    shape: str
    pattern: str | None = None
    asks: str = ""
    needs_two: bool = False
    narrower: "Kind | None" = None
    words: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()

    def is_possible(self, signs: Set[str], words: Set[str]) -> bool:
        """Return whether a text could be of this kind, by all the signs and small letters of some.

        This tells at once, and without a doubt, that most columns have no date of most patterns.
        """
        if self.words and words.isdisjoint(self.words):
            return False
        return all(not signs.isdisjoint(mark) for mark in self.marks)


def kinds_for(options: ParsingOptions, name: str) -> tuple[Kind, ...]:
    """Return the kinds that a column of that name may be of."""
    folded = name.lower()
    is_date, is_phone = _NAMES_DATE.search(folded), _NAMES_PHONE.search(folded)
    return _kinds(options, is_date=bool(is_date), is_phone=bool(is_phone))


@lru_cache(64)
def _kinds(options: ParsingOptions, *, is_date: bool, is_phone: bool) -> tuple[Kind, ...]:
    return (
        *map(_boolean, BOOLEAN_WORDS),
        *([_dated(COMPACT_PATTERN)] if is_date else []),
        *([Kind(ColumnType.PHONE, PHONE_SHAPE, marks=(digits,))] if is_phone else []),
        *_numbers(options),
        *_dates(),
        Kind(ColumnType.TIME, TIME_SHAPE, marks=(digits,)),
        Kind(ColumnType.EMAIL, EMAIL_SHAPE, marks=("@",)),
        Kind(ColumnType.URL, URL_SHAPE, marks=(":", "/")),
        Kind(ColumnType.PHONE, GROUPED_PHONE_SHAPE, marks=("+", digits)),
        Kind(ColumnType.JSON, JSON_SHAPE, marks=("{[",)),
    )


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
    date = Kind(ColumnType.DATE, ISO_DATE, marks=("-", digits))
    return [
        date,
        Kind(ColumnType.DATETIME, ISO_DATETIME, narrower=date, marks=date.marks),
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
    return Kind(ColumnType.BOOLEAN, shape, needs_two=words not in _CERTAIN_WORDS, words=words)


def _dated(each: DatePattern) -> Kind:
    return Kind(each.type, each.shape, each.pattern, marks=_marks(each.pattern))


def _short_year(pattern: str, shape: str) -> Kind:
    return Kind(ColumnType.DATE, shape, pattern, _WHICH_CENTURY, marks=_marks(pattern))


def _marks(pattern: str) -> tuple[str, ...]:
    """Return what stands between the parts of a date, and digits."""
    return (digits, *sorted(set(re.sub("%.", "", pattern))))


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
