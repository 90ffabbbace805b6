"""Reading the single values of a tree from JSON, and noting what is wrong by path."""

from collections.abc import Mapping
from typing import Any

from app.audiences.tree import spans
from app.audiences.tree.conditions import Attribute
from app.audiences.tree.operators import Operator
from app.audiences.tree.spans import Span, SpanUnreadable

LONGEST, MOST_VALUES = 200, 500
_LONGEST_LIST = (LONGEST + 2) * (MOST_VALUES + 1)
# Whole numbers of more are too long for any text here, and slow to write.
_MOST_BITS = 1000


class Notes:
    """What is wrong, by path, the first of each node; `path` is the node that is being read."""

    def __init__(self) -> None:
        self.problems: dict[str, str] = {}
        self.path = "n"

    def wrong(self, sentence: str) -> None:
        """Note a sentence about the node that is being read."""
        self.problems.setdefault(self.path, sentence)


def text(value: object, notes: Notes, missing: str) -> str:
    """Return a text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        notes.wrong(missing)
        return ""
    if len(value) > LONGEST or not value.isprintable():
        notes.wrong(f"Write at most {LONGEST} readable signs.")
        return ""
    return value.strip()


def whole(value: object, notes: Notes, what: str, least: int, most: int) -> int:
    """Return a whole number between two others, both included."""
    said = as_text(value)
    said = said.strip() if isinstance(said, str) else ""
    if not said.isascii() or not said.isdecimal() or not least <= int(said[:12]) <= most:
        notes.wrong(f"{what} must be a whole number from {least} to {most}.")
        return max(1, least)
    return int(said)


def span(value: object, notes: Notes) -> Span | None:
    """Return a length of time, or None where none is given."""
    if value is None or value == "":
        return None
    try:
        return spans.parsed(value)
    except SpanUnreadable as failure:
        notes.wrong(str(failure))
        return None


def exact_span(value: object, notes: Notes) -> Span | None:
    """Return a length of time that is always the same."""
    found = span(value, notes)
    if found is not None and not found.unit.is_exact:
        notes.wrong("Between two events count in minutes, hours, days or weeks.")
        return None
    return found


def attribute(given: object, notes: Notes) -> Attribute:
    """Return an attribute, of which the schema may be left out."""
    missing = "Choose an attribute."
    if isinstance(given, str):
        return Attribute("", text(given, notes, missing))
    raw = given if isinstance(given, Mapping) else {}
    schema = raw.get("schema") or ""
    named = text(schema, notes, missing) if schema else ""
    return Attribute(named, text(raw.get("column"), notes, missing))


def operator(given: Mapping[str, Any], notes: Notes) -> Operator:
    """Return how to compare."""
    word = given.get("op", "is")
    if not isinstance(word, str) or word not in set(Operator):
        notes.wrong("Choose how to compare.")
        return Operator.IS
    return Operator(word)


def value(given: Mapping[str, Any], how: Operator, notes: Notes) -> str | tuple[str, ...]:
    """Return what to compare with: one text, or several."""
    if not how.needs_value:
        return ""
    raw = given.get("value")
    if how.takes_list or how is Operator.BETWEEN:
        found = _several(raw, notes)
        # The same number twice is a stretch of one number; the same choice twice is one.
        return found if how is Operator.BETWEEN else tuple(dict.fromkeys(found))
    return text(as_text(raw), notes, "Say what to compare with.")


def _several(raw: object, notes: Notes) -> tuple[str, ...]:
    missing = "Say what to compare with, one value a line."
    if not isinstance(raw, list | tuple):
        one = as_text(raw)
        raw = one[:_LONGEST_LIST].splitlines() if isinstance(one, str) else []
    given = [each for each in map(as_text, raw) if not isinstance(each, str) or each.strip()]
    if not given or len(given) > MOST_VALUES:
        notes.wrong(missing if not given else f"Compare with at most {MOST_VALUES} values.")
        return ()
    return tuple(text(each, notes, missing) for each in given)


def as_text(raw: object) -> object:
    """Return a number or a truth of JSON as text, and anything else as it is."""
    if isinstance(raw, bool):
        return str(raw).lower()
    if isinstance(raw, int) and raw.bit_length() > _MOST_BITS:
        return None
    return str(raw) if isinstance(raw, int | float) else raw
