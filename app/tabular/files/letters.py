"""Which single-byte encoding makes words of the bytes beyond ASCII.

Detectors made for long prose fail on tables, which have a few accents in a sea of digits. So each
encoding is judged by the letters it would put there: in the middle of words, in the right case, of
one script, and such as the languages written in it use.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

# The letters beyond ASCII of each language: one file is mostly written in one of them.
_WESTERN = {
    "French": "éèàçêùâôîûëïœüæ",
    "German": "äöüß",
    "German with names": "äöüßéè",
    "Spanish": "áéíóúñü",
    "Portuguese": "ãçáéíóúâêôõà",
    "Italian": "àèéìòù",
    "Dutch": "ëïéöüè",
    "Norwegian and Danish": "æøåéö",
    "Swedish and Finnish": "åäöé",
    "Catalan": "àçéèíïóòúü",
    "Icelandic": "áéíóúýþæöð",
}
_CENTRAL = {
    "Polish": "ąćęłńóśźż",
    "Czech": "áčďéěíňóřšťúůýž",
    "Slovak": "áäčďéíĺľňóôŕšťúýž",
    "Hungarian": "áéíóöőúüű",
    "Romanian": "ăâîşţ",
    "Croatian and Slovene": "čćđšž",
    "German": "äöüß",
}
_TURKISH = {"Turkish": "çğıöşüâîi̇"}
_BALTIC = {
    "Latvian": "āčēģīķļņšūž",
    "Lithuanian": "ąčęėįšųūž",
}
_RUSSIAN = {"Russian": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"}
_UKRAINIAN = {
    "Ukrainian": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "Belarusian": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
}
_GREEK = {"Greek": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ"}
_HEBREW = {"Hebrew": "אבגדהוזחטיךכלםמןנסעףפץצקרשת"}
_ARABIC = {"Arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآئؤپچژگ"}
_LANGUAGES = {
    "cp1252": _WESTERN,
    "mac-roman": _WESTERN,
    "cp850": _WESTERN,
    "cp437": _WESTERN,
    "cp1250": _CENTRAL,
    "iso-8859-2": _CENTRAL,
    "cp852": _CENTRAL,
    "cp1254": _TURKISH,
    "cp1257": _BALTIC,
    "cp1251": _RUSSIAN | _UKRAINIAN,
    "koi8-r": _RUSSIAN,
    "cp866": _RUSSIAN,
    "iso-8859-5": _RUSSIAN,
    "mac-cyrillic": _RUSSIAN,
    "cp1253": _GREEK,
    "cp1255": _HEBREW,
    "cp1256": _ARABIC,
}
# What is common is believed before what is rare, where both make words of the same bytes.
_BELIEF = {
    **{"cp1252": 0.3, "cp1250": 0.1, "cp1251": 0.1, "cp1254": 0.2},
    **{"cp437": -0.15, "cp850": -0.1, "cp852": -0.1, "cp866": -0.05},
    **{"iso-8859-5": -0.1, "mac-cyrillic": -0.1},
}
_SCRIPTS = {"cp1251", "koi8-r", "cp866", "iso-8859-5", "mac-cyrillic", "cp1253", "cp1255", "cp1256"}
_MARKS = set("€£¥§°²³½¼¾–—‘’“”„•…«»©®™ªºµ×±·¿¡¢¹\u00a0№†‰→≤≥≠")
_JOINERS = set("’'·-–")
_FOREIGN = 0.25
# Where a script is its own, what is frequent in its language tells its encodings apart.
_FREQUENT = {"Russian": "оеаинтсрвлкм", "Greek": "αοιετσνρηυκπό", "Ukrainian": "оаинтвієрсклу"}
_FREQUENT_WORTH = 0.5
# Portuguese has its nasals before few letters; elsewhere they are letters of other languages.
_FOLLOWED = {"ã": "oes", "õ": "e"}


@dataclass(frozen=True)
class Judged:
    """An encoding, how well its letters fit, and the text it makes of the sample."""

    encoding: str
    score: float
    text: str

    @property
    def is_script(self) -> bool:
        """Return whether the encoding is one of another script than Latin."""
        return self.encoding in _SCRIPTS

    @property
    def letter_count(self) -> int:
        """Return how many different letters beyond ASCII there are."""
        return len({sign for sign in self.text if sign > "\x7f" and sign.isalpha()})


def judged_encodings(sample: bytes, high_bytes: Iterable[int]) -> list[Judged]:
    """Return the encodings that know all the bytes beyond ASCII, best first.

    The score is at most about 1: the mean worth of a character beyond ASCII.
    """
    every = bytes(high_bytes)
    found = []
    for encoding in _LANGUAGES:
        try:
            every.decode(encoding)
            text = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        found.append(Judged(encoding, _score(text, encoding) + _BELIEF.get(encoding, 0.0), text))
    return sorted(found, key=lambda each: each.score, reverse=True)


def _score(text: str, encoding: str) -> float:
    padded = f" {text} "
    places = [place for place, sign in enumerate(text) if sign > "\x7f"][:4_000]
    if not places:
        return 0.0
    arounds = [padded[place : place + 3] for place in places]
    fit = sum(_fit(around, encoding in _SCRIPTS) for around in arounds)
    letters = [_letter(around) for around in arounds if _is_letter(around[1])]
    worth = max(
        _language_worth(letters, language, alphabet)
        for language, alphabet in _LANGUAGES[encoding].items()
    )
    return (fit + worth) / len(places)


def _language_worth(letters: Sequence[str], language: str, alphabet: str) -> float:
    """Return 0 for letters that are all of the language, less for each that is not."""
    known = sum(letter in alphabet for letter in letters)
    frequent = sum(letter in _FREQUENT.get(language, "") for letter in letters)
    return frequent * _FREQUENT_WORTH - (len(letters) - known) * (1 - _FOREIGN)


def _letter(around: str) -> str:
    """Return the letter in the middle, or nothing any alphabet has where it cannot stand."""
    letter, after = around[1].lower(), around[2].lower()
    is_misplaced = after.isalpha() and after not in _FOLLOWED.get(letter, after)
    return "?" if is_misplaced else letter


def _is_letter(sign: str) -> bool:
    return sign.isalpha() and sign not in _MARKS


@lru_cache(20_000)
def _fit(around: str, is_script: bool) -> float:
    """Return how well the middle of three characters fits between the others, at most 1."""
    before, sign, after = around[0], around[1], around[2]
    if unicodedata.category(sign).startswith("C"):
        return -3.0
    if not _is_letter(sign):
        is_inside = before.isalpha() and after.isalpha()
        if sign not in _MARKS or (is_inside and sign not in _JOINERS):
            return -1.0
        return 0.7 if not (sign in "£€¡¿" and after.isalpha()) else -0.5
    neighbours = [each for each in (before, after) if each.isalpha()]
    fit = 1.0 - 1.5 * _is_wrong_case(before, sign, after) - 0.5 * (not neighbours)
    if is_script:
        return fit - sum(each.isascii() for each in neighbours)
    if len(neighbours) == 2 and not any(each.isascii() for each in neighbours):
        return fit - 1.2
    return fit


def _is_wrong_case(before: str, sign: str, after: str) -> bool:
    """Return whether a capital follows a small letter, or a small one precedes a capital."""
    if sign.isupper():
        return before.islower() or (before.isupper() and after.islower())
    return sign.islower() and after.isupper()
