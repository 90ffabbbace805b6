"""Ways to write numbers that a column can declare: a currency, percent, marks, an exponent.

A style is written as an example, the number 1234.5 as the column has it: `€ 1.234,5`, `1234.5 %`,
`1,234.5`; and `1.5E3` for numbers with an exponent. So it can be read by people and by us.
"""

import re
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.columns.numbers import decimals_of, exponentials_of
from app.tabular.options import THOUSANDS_MARKS, ParsingOptions

WITH_EXPONENT = "1.5E3"
SIGNS = "€$£¥₹₽₩₺₪₴₫฿₦₱¢%‰"
_CODES = (
    "EUR USD GBP JPY CHF SEK NOK DKK PLN CZK HUF RON BGN TRY RUB UAH INR CNY RMB KRW BRL MXN CAD "
    "AUD NZD ZAR SGD HKD THB ILS AED SAR ARS CLP COP PEN VND IDR MYR PHP NGN KES EGP Kč zł kr Fr "
    "US$ A$ C$ R$"
)
LONGEST_UNIT = 4
_SPACES = r"[ \x{a0}\x{202f}]*"
_EXAMPLE = re.compile(r"(\D*?) ?1(\D?)234([.,])5 ?(\D*)")
_MARKS = ((".", ","), (",", "."), (",", " "), (".", " "), (".", "'"), (",", "\u00a0"))
_WRITTEN = re.compile(r"[+-]?\s*(\D*?)\s*[+-]?([0-9][0-9.,'\s\u2019]*)(\D*)")


class StyleImpossible(ValueError):
    """A way to write numbers that is none."""


@dataclass(frozen=True)
class NumberStyle:
    """How numbers are written: the unit that stands before or after them, and their marks."""

    before: str
    after: str
    decimal_mark: str
    thousands_mark: str

    @property
    def pattern(self) -> str:
        """Return the style as an example."""
        number = f"1{self.thousands_mark}234{self.decimal_mark}5"
        return f"{self.before} {number} {self.after}".strip()

    @property
    def shape(self) -> str:
        """Return what a number in this style looks like, as a regular expression."""
        return rf"^-?{_unit(self.before)}-?{self._number}{_unit(self.after, is_after=True)}$"

    @property
    def _number(self) -> str:
        mark = re.escape(self.thousands_mark)
        grouped = rf"|[1-9][0-9]{{0,2}}({mark}[0-9]{{3}}){{1,4}}" if mark else ""
        fraction = rf"({re.escape(self.decimal_mark)}[0-9]{{1,18}})?"
        return rf"(0|[1-9][0-9]{{0,14}}{grouped}){fraction}"


def style_of(pattern: str) -> NumberStyle:
    """Return the style that an example shows; raise StyleImpossible."""
    found = _EXAMPLE.fullmatch(pattern)
    if found is None or found[2] not in THOUSANDS_MARKS or found[2] == found[3]:
        raise StyleImpossible(f"“{pattern}” is no way to write numbers: write 1234.5 in that way.")
    return NumberStyle(found[1], found[4], found[3], found[2])


def styled_decimals_of(values: pa.Array, pattern: str, options: ParsingOptions) -> pa.Array:
    """Return decimals, null where a text is not written in the style; raise StyleImpossible."""
    if pattern == WITH_EXPONENT:
        return exponentials_of(values)
    style = style_of(pattern)
    sign = r"^([+-]?)"
    values = pc.if_else(pc.match_substring_regex(values, _tolerant_shape(style)), values, None)
    before = sign + _unit(style.before) + r"([+-]?)"
    values = pc.replace_substring_regex(values, before, r"\1\2")
    values = pc.replace_substring_regex(values, _unit(style.after, is_after=True) + "$", "")
    marks = replace(options, decimal_mark=style.decimal_mark, thousands_mark=style.thousands_mark)
    return decimals_of(values, marks)


def styles_in(texts: list[str], options: ParsingOptions) -> list[NumberStyle]:
    """Return the styles in which the first of some texts may be a number with a unit."""
    found = next(filter(None, map(_WRITTEN.fullmatch, texts)), None)
    if found is None:
        return []
    before, after = found[1].strip(), found[3].strip()
    if not (_is_unit(before) and _is_unit(after)) or bool(before) == bool(after):
        return []
    own = (options.decimal_mark, options.thousands_mark)
    marks = dict.fromkeys((own, *_MARKS))
    return [NumberStyle(before, after, *each) for each in marks]


def plain_styles(options: ParsingOptions) -> list[NumberStyle]:
    """Return styles without a unit in which a column may differ from its file."""
    own = (options.decimal_mark, options.thousands_mark)
    return [NumberStyle("", "", *each) for each in _MARKS[:3] if each != own]


def _is_unit(text: str) -> bool:
    return not text or text in _CODES.split() or (len(text) == 1 and text in SIGNS)


def _tolerant_shape(style: NumberStyle) -> str:
    return rf"^[+-]?{_unit(style.before)}[+-]?[^+-]*{_unit(style.after, is_after=True)}$"


def _unit(text: str, *, is_after: bool = False) -> str:
    if not text:
        return ""
    escaped = re.escape(text)
    return f"{_SPACES}{escaped}" if is_after else f"{escaped}{_SPACES}"
