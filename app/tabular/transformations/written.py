"""Settings that are more than a word, as a person writes them: pairs, "old = new", and words."""

import csv
import re
from collections.abc import Iterable, Mapping
from io import StringIO

from app.tabular.transformations.parameters import ParameterImpossible

# A side in quotes may hold anything, a quote of its own written twice.
_QUOTED = r'"((?:[^"]|"")*+)"[^\S\n]*+'
_PAIR = re.compile(rf"[^\S\n]*+(?:{_QUOTED}|([^=\n]*+))=[^\S\n]*+(?:{_QUOTED}|([^\n]*+))(?:\n|\Z)")
_EMPTY_LINE = re.compile(r"[^\S\n]*+(?:\n|\Z)")


def pairs(text: str) -> dict[str, str]:
    """Return the pairs of lines such as old = new; raise ParameterImpossible for another line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        if empty := _EMPTY_LINE.match(text, at):
            at = empty.end()
            continue
        pair = _PAIR.match(text, at)
        if pair is None:
            raise ParameterImpossible(f"“{text[at:].split(chr(10))[0]}” is not old = new.")
        old, new = _side(pair[1], pair[2]), _side(pair[3], pair[4])
        if found.setdefault(old, new) != new:
            raise ParameterImpossible(f"“{old}” stands there twice, with two new values.")
        at = pair.end()
    return found


def pairs_written(mapping: Mapping[str, str]) -> str:
    """Return pairs as lines, as `pairs` reads them."""
    return "\n".join(f"{_quoted(old, '=')} = {_quoted(new)}" for old, new in mapping.items())


def words(text: str) -> list[str]:
    """Return words with commas or line ends between; one in quotes may hold these."""
    lines = csv.reader(StringIO(text, newline=""), skipinitialspace=True)
    return [word.strip() for line in lines for word in line if word.strip()]


def words_written(found: Iterable[str]) -> str:
    """Return words with commas between, as `words` reads them."""
    return ", ".join(_quoted(word, ",") for word in found)


def _side(quoted: str | None, plain: str | None) -> str:
    if quoted is None:
        return (plain or "").strip()
    return quoted.replace('""', '"')


def _quoted(text: str, mark: str = "\n") -> str:
    """Return a text in quotes, where it could be taken for something else without."""
    is_plain = text == text.strip() and not text.startswith('"')
    if is_plain and mark not in text and "\n" not in text:
        return text
    return '"' + text.replace('"', '""') + '"'
