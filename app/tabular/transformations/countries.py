"""The kind that writes countries as codes of two letters (ISO 3166)."""

from functools import cache

from babel import Locale
from babel.core import get_global

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

# What CLDR has names for, but ISO 3166 gives no country. Kosovo's XK stays: everybody uses it.
_OTHERS = "AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ"
_CODE_LENGTHS = (2, 3)
_OTHER_NAMES = {
    "Bolivia, Plurinational State of": "BO",
    "Burma": "MM",
    "Cabo Verde": "CV",
    "Cape Verde": "CV",
    "Congo": "CG",
    "Czech Republic": "CZ",
    "Côte d'Ivoire": "CI",
    "Democratic Republic of the Congo": "CD",
    "DR Congo": "CD",
    "East Timor": "TL",
    "Great Britain": "GB",
    "Holy See": "VA",
    "Hong Kong": "HK",
    "Iran, Islamic Republic of": "IR",
    "Ivory Coast": "CI",
    "Korea, Republic of": "KR",
    "Lao People's Democratic Republic": "LA",
    "Macao": "MO",
    "Macau": "MO",
    "Macedonia": "MK",
    "Micronesia, Federated States of": "FM",
    "Moldova, Republic of": "MD",
    "Myanmar": "MM",
    "Palestine": "PS",
    "Palestine, State of": "PS",
    "Republic of Korea": "KR",
    "Republic of the Congo": "CG",
    "Russian Federation": "RU",
    "Swaziland": "SZ",
    "Syrian Arab Republic": "SY",
    "Taiwan, Province of China": "TW",
    "Tanzania, United Republic of": "TZ",
    "Turkey": "TR",
    "United States of America": "US",
    "Venezuela, Bolivarian Republic of": "VE",
    "Viet Nam": "VN",
}


def _country_code(given: Given) -> Made:
    texts = trimmed(given.texts)
    return converted(texts, each_distinct(texts, code_of))


def code_of(text: str) -> str | None:
    """Return the code of a country by its code of two or three letters or its English name."""
    if len(text) in _CODE_LENGTHS and text.isascii() and text.isalpha():
        return _by_code().get(text.upper())
    return _by_name().get(folded(text))


@cache
def _by_code() -> dict[str, str]:
    codes = {code: code for code in _countries()}
    for code, stands_for in get_global("territory_aliases").items():
        is_code = len(code) in _CODE_LENGTHS and code.isalpha()
        if is_code and len(stands_for) == 1 and stands_for[0] in _countries():
            codes.setdefault(code, stands_for[0])
    return codes


@cache
def _by_name() -> dict[str, str]:
    names = {folded(name): code for code, name in _countries().items()}
    return names | {folded(name): code for name, code in _OTHER_NAMES.items()}


@cache
def _countries() -> dict[str, str]:
    """Return the English names of all countries, by code."""
    return {
        code: name
        for code, name in Locale("en").territories.items()
        if len(code) == _CODE_LENGTHS[0] and code.isalpha() and code not in _OTHERS.split()
    }


KINDS = (
    Kind(
        "country_code",
        "Country code",
        "Writes countries as codes of two letters (ISO 3166), from codes or English names.",
        _country_code,
        group=Group.CONVERT,
        failure="is no country",
        writes_plainly=True,
    ),
)
