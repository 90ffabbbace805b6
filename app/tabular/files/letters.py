"""Which single-byte encoding makes words of the bytes beyond ASCII.

Detectors made for long prose fail on tables, which have a few accents in a sea of digits. So each
encoding is judged by the letters it would put there: in the middle of words, in the right case, of
one script, and such as the languages written in it use.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_LATIN = "àâäáãåæçéèêëíìîïñóòôöõøœßúùûüÿ"
_USUAL = {
    "cp1252": _LATIN,
    "mac-roman": _LATIN,
    "cp850": _LATIN,
    "cp437": "àâäáåæçéèêëíìîïñóòôöúùûüß",
    "cp1250": "ąćęłńśźżčšžřěďťňůýáéíóúäôöüőűľĺŕăâîşţđß",
    "iso-8859-2": "ąćęłńśźżčšžřěďťňůýáéíóúäôöüőűľĺŕăâîşţđß",
    "cp852": "ąćęłńśźżčšžřěďťňůýáéíóúäôöüőűľĺŕăâîşţđß",
    "cp1254": "çğıöşüâîûİ",
    "cp1257": "āčēģīķļņšūžąęėįųūõäöü",
    "cp1251": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ",
    "koi8-r": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "cp866": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "iso-8859-5": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "cp1253": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋ",
    "cp1255": "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "cp1256": "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآئؤپچژگ",
}
# What is common is believed before what is rare, where both make words of the same bytes.
_BELIEF = {
    "cp1252": 0.12,
    "cp1250": 0.06,
    "cp1251": 0.06,
    "cp437": -0.1,
    "cp850": -0.1,
    "cp852": -0.1,
}
_SCRIPTS = {"cp1251", "koi8-r", "cp866", "iso-8859-5", "cp1253", "cp1255", "cp1256"}
_MARKS = set("€£¥§°²³½¼¾–—‘’“”„•…«»©®™ªºµ×±·¿¡¢¹\u00a0№†‰")
_JOINERS = set("’'·-–")


@dataclass(frozen=True)
class Judged:
    """An encoding, how well its letters fit, and the text it makes of the sample."""

    encoding: str
    score: float
    text: str


def judged_encodings(sample: bytes, high_bytes: Iterable[int]) -> list[Judged]:
    """Return the encodings that know all the bytes beyond ASCII, best first.

    The score is at most about 1: the mean worth of a character beyond ASCII.
    """
    every = bytes(high_bytes)
    found = []
    for encoding in _USUAL:
        try:
            every.decode(encoding)
            text = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        found.append(Judged(encoding, _score(text, encoding) + _BELIEF.get(encoding, 0.0), text))
    return sorted(found, key=lambda each: each.score, reverse=True)


def _score(text: str, encoding: str) -> float:
    usual = frozenset(_USUAL[encoding])
    places = [place for place, sign in enumerate(text) if sign > "\x7f"][:4_000]
    padded = f" {text} "
    worth = sum(_worth(padded[place : place + 3], usual, encoding in _SCRIPTS) for place in places)
    return worth / len(places) if places else 0.0


@lru_cache(20_000)
def _worth(around: str, usual: frozenset[str], is_script: bool) -> float:
    """Return how well the middle of three characters fits between the others."""
    before, sign, after = around[0], around[1], around[2]
    if unicodedata.category(sign).startswith("C"):
        return -3.0
    if not sign.isalpha():
        if sign in _MARKS:
            is_inside = before.isalpha() and after.isalpha()
            return 0.6 if not is_inside or sign in _JOINERS else -1.0
        return -1.0
    worth = 1.0 if sign.lower() in usual else -0.3
    worth -= 1.5 * _is_wrong_case(before, sign, after)
    neighbours = [each for each in (before, after) if each.isalpha()]
    if is_script:
        return worth - sum(each.isascii() for each in neighbours)
    if len(neighbours) == 2 and not any(each.isascii() for each in neighbours):
        return worth - 1.2
    return worth


def _is_wrong_case(before: str, sign: str, after: str) -> bool:
    """Return whether a capital follows a small letter, or a small one stands between capitals."""
    if sign.isupper():
        return before.islower() or (before.isupper() and after.islower())
    return before.isupper() and after.isupper()
