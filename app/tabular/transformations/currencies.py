"""The kind that writes currencies as codes of three letters (ISO 4217)."""

from functools import cache

from babel import Locale
from babel.numbers import get_currency_name

from app.tabular.transformations.kinds import (
    Given,
    Group,
    Kind,
    Made,
    converted,
    each_distinct,
    trimmed,
)
from app.tabular.transformations.names import folded

_CODE_LENGTH = 3
_NO_CURRENCIES = frozenset({"XXX", "XTS"})
# Signs of more than one currency.
_SHARED_SIGNS = frozenset("$£¥₱")


def _currency_code(given: Given) -> Made:
    texts = trimmed(given.texts)
    return converted(texts, each_distinct(texts, code_of))


def code_of(text: str) -> str | None:
    """Return the code of a currency by its code, its English name or a sign that only it has."""
    if text.upper() in _codes():
        return text.upper()
    return _by_sign().get(text) or _by_name().get(folded(text))


@cache
def _codes() -> frozenset[str]:
    return frozenset(Locale("en").currencies) - _NO_CURRENCIES


@cache
def _by_name() -> dict[str, str]:
    """Return the codes by names, of one and of many (Euro, Euros), where only one has it."""
    found: dict[str, set[str]] = {}
    for code in _codes():
        for count in (None, 1, 2):
            name = get_currency_name(code, count, locale="en")
            found.setdefault(folded(name), set()).add(code)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}


@cache
def _by_sign() -> dict[str, str]:
    signs = Locale("en").currency_symbols
    return {
        sign: code for code, sign in signs.items() if code in _codes() and sign not in _SHARED_SIGNS
    }


KINDS = (
    Kind(
        "currency_code",
        "Currency code",
        "Writes currencies as codes of three letters (ISO 4217), from codes or English names.",
        _currency_code,
        group=Group.CONVERT,
        failure="is no currency",
        writes_plainly=True,
    ),
)
