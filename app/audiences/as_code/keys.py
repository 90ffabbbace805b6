"""Keys within conditions that nobody reads, so that a slip of the pen is no other audience."""

from collections.abc import Iterator
from typing import Any

# What may stand below each key; a key without an entry holds anything.
_MATCH = ("event", "where")
_KNOWN = {
    "did": (*_MATCH, "times", "when", "which", "then"),
    "have": ("attribute", "aggregate", "op", "value"),
    "split": ("name", "from", "to"),
    "aggregate": ("function", *_MATCH, "property", "when"),
    "attribute": ("schema", "column"),
    "where": ("property", "op", "value", "attribute"),
    "times": ("op", "n", "of"),
    "of": ("property",),
    "since": (*_MATCH, "which"),
    "until": (*_MATCH, "which"),
    "without": _MATCH,
    "then": ("did", "did_not"),
    "step": (*_MATCH, "within", "after", "without"),
}
_GROUPS = ("all", "any", "none")


def unknown(raw: Any, path: str = "n") -> Iterator[tuple[str, str]]:
    """Yield a sentence for each such key, with the path of its condition."""
    if not isinstance(raw, dict):
        return
    for kind, given in raw.items():
        if kind in _GROUPS and isinstance(given, list):
            for place, member in enumerate(given):
                yield from unknown(member, f"{path}.{place}")
        elif kind not in _GROUPS:
            known = "did" if kind == "did_not" else kind
            for key, keys in _strange(given, known):
                said = f"There is no such key here: {key[:80]}. The keys are {', '.join(keys)}."
                yield path, said


def _strange(given: Any, kind: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(given, list):
        for each in given:
            yield from _strange(each, kind)
    keys = _KNOWN.get(kind)
    if not isinstance(given, dict):
        return
    for key, value in given.items():
        if keys is not None and key not in keys:
            yield key, keys
        elif kind == "then":
            yield from _strange(value, "step")
        # A value is of whoever wrote it, and `when` says itself which forms it has.
        elif key != "value":
            yield from _strange(value, key)
