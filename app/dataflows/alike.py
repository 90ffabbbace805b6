"""How alike two column names are, whatever their letters, marks and order of words."""

import re
import unicodedata
from difflib import SequenceMatcher

# All words of the one name are in the other: `email` and `customer email`.
WITHIN = 0.75
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+|\w")


def folded(name: str) -> str:
    """Return a name without case, accents and marks; as it is, where nothing would be left."""
    apart = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(sign for sign in apart if sign.isalnum())
    return kept or name


def similarity(one: str, other: str) -> float:
    """Return from 0 to 1 how alike two names are; 1 where they differ in case and marks only."""
    first, second = sorted((folded(one), folded(other)))
    if first == second:
        return 1.0
    ratio = SequenceMatcher(None, first, second, autojunk=False).ratio()
    return max(ratio, WITHIN) if _is_within(_words(one), _words(other)) else ratio


def _words(name: str) -> set[str]:
    return {folded(word) for word in _WORD.findall(name)}


def _is_within(one: set[str], other: set[str]) -> bool:
    return bool(one and other) and (one <= other or other <= one)
