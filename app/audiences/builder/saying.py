"""The audience as a sentence while it is unfinished: what is still open is said as dots."""

from collections.abc import Mapping
from typing import Any

from app.audiences.tree import reading, sentences
from app.audiences.tree.conditions import Group

_OPEN = "…"
_GAP: dict[str, Any] = {"did": {"event": _OPEN}}


def sentence(raw: dict[str, Any], zone: str, names: Mapping[str, str]) -> str:
    """Return the sentence of a tree, with dots for each condition that cannot be read yet.

    Of what is not even a group, nothing can be said.
    """
    try:
        return sentences.sentence(reading.parsed(raw), zone, names)
    except reading.TreeInvalid as failure:
        tree = without(raw, failure.problems)
    return sentences.sentence(tree, zone, names) if tree is not None else ""


def without(raw: dict[str, Any], problems: Mapping[str, str]) -> Group | None:
    """Return the tree with a gap for each condition that has a problem; None where that is none."""
    try:
        return reading.parsed(_filled(raw, "n", problems))
    except reading.TreeInvalid:
        return None


def _filled(raw: dict[str, Any], path: str, problems: Mapping[str, str]) -> dict[str, Any]:
    kind, given = next(iter(raw.items()))
    if isinstance(given, list):
        inner = [_filled(each, f"{path}.{place}", problems) for place, each in enumerate(given)]
        return {kind: inner or [_GAP]}
    return _GAP if path in problems else raw
