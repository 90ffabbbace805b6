"""The form's tree as JSON that `reading.parsed` checks."""

from typing import Any

from app.audiences.builder.entry import MEMBERS, Part, chosen
from app.audiences.builder.showing import operator

_LENGTHS = {"last": ("last",), "before": ("before",), "between": ("last", "before")}
_ENDS = {"dates": ("from", "to"), "calendar": ("calendar",)}


def to_raw(part: Part) -> dict[str, Any]:
    """Return a node as JSON; what is unfinished or wrong is there as it was written."""
    if part.is_group:
        return {part.kind: [to_raw(member) for member in part.listed(MEMBERS)]}
    if part.kind in {"in", "not_in"}:
        return {part.kind: part.get("audience")}
    if part.kind == "split":
        return {"split": {name: part.get(name) for name in ("name", "from", "to")}}
    if part.kind == "attribute":
        return {"have": {"attribute": chosen(part.get("attribute")), **_compared(part)}}
    if part.kind == "figure":
        named = {name: part.get(name) for name in ("function", "property")}
        return {"have": {"aggregate": {**named, **_match(part), **_when(part)}, **_compared(part)}}
    return {part.kind: {**_match(part), **_times(part), **_when(part), **_which(part)}}


def _match(part: Part) -> dict[str, Any]:
    return {"event": part.get("event"), "where": [_filter(each) for each in part.listed("where")]}


def _filter(part: Part) -> dict[str, Any]:
    named = {"property": part.get("property")}
    if part.get("with") == "attribute":
        return {**named, "op": part.get("op"), "attribute": chosen(part.get("attribute"))}
    return {**named, **_compared(part)}


def _compared(part: Part) -> dict[str, Any]:
    how, value = operator(part), part.get("value")
    told: Any = value
    if how.takes_list:
        told = part.get("values").splitlines()
    elif how.value == "between":
        told = [value, part.get("value_to")]
    elif how.takes_span:
        told = _span(part, "value")
    return {"op": part.get("op"), "value": told if how.needs_value else ""}


def _span(part: Part, name: str) -> str:
    """Return a length of time; what is no number is left as it was written."""
    written = part.get(name)
    is_number = written.isascii() and written.isdecimal()
    return f"{written}{part.get(f'{name}_unit') or 'd'}" if is_number else written


def _spans(part: Part, *names: str) -> dict[str, str]:
    return {name: _span(part, name) for name in names if part.get(name)}


def _times(part: Part) -> dict[str, Any]:
    of: Any = part.get("of") or "times"
    if of == "property":
        of = {"property": part.get("of_property")}
    often = part.get("often") or "at_least"
    return {"times": {"op": often, "n": part.get("times") or "1", "of": of}}


def _which(part: Part) -> dict[str, Any]:
    which = part.get("which")
    place = (part.get("place") or "0") if which == "nth" else which
    steps = [_step(each) for each in part.listed("then")]
    return {**({"which": place} if which else {}), **({"then": steps} if steps else {})}


def _step(part: Part) -> dict[str, Any]:
    without = [_match(each) for each in part.listed("without")]
    told = {**_match(part), **_spans(part, "within", "after")}
    verb = "did_not" if part.get("verb") == "did_not" else "did"
    return {verb: {**told, **({"without": without} if without else {})}}


def _when(part: Part) -> dict[str, Any]:
    when = part.get("when")
    if when in {"since", "until"}:
        anchor: dict[str, Any] = {"event": part.get("anchor"), "which": part.get("anchor_which")}
        anchor["where"] = [_filter(each) for each in part.listed("anchor_where")]
        return {"when": {when: anchor, **_spans(part, "within")}}
    if not when:
        return {}
    told = {name: part.get(name) for name in _ENDS.get(when, ()) if part.get(name)}
    told |= {name: _span(part, name) for name in _LENGTHS.get(when, ())}
    # Without its days it is not any time: what reads it asks for them.
    return {"when": told or {"from": ""}}
