"""A saved tree as the form shows it."""

import re
from collections.abc import Mapping
from typing import Any

from app.audiences.builder.entry import GROUPS, MEMBERS, Part, choice, fresh
from app.audiences.tree.operators import Operator

_ONCE = {"op": "at_least", "n": 1, "of": "times"}
_SPAN = re.compile(r"([0-9]+)(min|h|d|w|mo|y)")


def from_raw(raw: Mapping[str, Any]) -> Part:
    """Return a tree, as `writing.to_json` keeps it, with its fields filled in.

    What may be left out may be left out here, and so may what is still to be chosen.
    """
    kind, given = next(iter(raw.items()))
    if kind in GROUPS:
        return Part(kind, lists={MEMBERS: [from_raw(member) for member in given]})
    if kind in {"in", "not_in"}:
        return Part(kind, {"audience": given})
    if kind == "split":
        return Part(kind, {"name": given["name"], **_ends(given)})
    if kind == "have":
        return _have(given)
    return _did(kind, given)


def _ends(given: Mapping[str, Any]) -> dict[str, str]:
    return {name: f"{given[name]:g}" for name in ("from", "to")}


def _have(given: Mapping[str, Any]) -> Part:
    if "attribute" in given:
        part = fresh("attribute")
        part.fields["attribute"] = _attribute(given["attribute"])
    else:
        part, about = fresh("figure"), given["aggregate"]
        _fill_match(part, about)
        _fill_when(part, about.get("when"))
        part.fields.update(function=about["function"], property=about.get("property", ""))
    _fill_value(part, given)
    return part


def _did(kind: str, given: Mapping[str, Any]) -> Part:
    part, times = fresh(kind), {**_ONCE, **given.get("times", {})}
    _fill_match(part, given)
    _fill_when(part, given.get("when"))
    of = times["of"]
    part.fields.update(often=times["op"], times=str(times["n"]))
    part.fields.update(
        {"of": of} if isinstance(of, str) else {"of": "property", "of_property": of["property"]}
    )
    which = given.get("which", "")
    is_number = isinstance(which, int)
    part.fields.update(which="nth" if is_number else which, place=str(which) if is_number else "")
    part.lists["then"] = [_step(each) for each in given.get("then", [])]
    return part


def _step(given: Mapping[str, Any]) -> Part:
    part = fresh("step")
    verb, told = next(iter(given.items()))
    part.fields["verb"] = verb
    _fill_match(part, told)
    for name in ("within", "after"):
        _fill_span(part, name, told.get(name))
    for each in told.get("without", []):
        between = fresh("between")
        _fill_match(between, each)
        part.lists["without"].append(between)
    return part


def _fill_match(part: Part, given: Mapping[str, Any], event: str = "event") -> None:
    part.fields[event] = given["event"]
    where = "where" if event == "event" else f"{event}_where"
    part.lists[where] = [_filter(each) for each in given.get("where", [])]


def _filter(given: Mapping[str, Any]) -> Part:
    part = fresh("filter")
    part.fields["property"] = given["property"]
    if "attribute" in given:
        attribute = _attribute(given["attribute"])
        part.fields.update({"op": given["op"], "with": "attribute", "attribute": attribute})
    else:
        _fill_value(part, given)
    return part


def _fill_value(part: Part, given: Mapping[str, Any]) -> None:
    how, value = Operator(given["op"]), given.get("value", "")
    part.fields["op"] = how.value
    if how.takes_list:
        part.fields["values"] = "\n".join(value)
    elif how is Operator.BETWEEN:
        part.fields.update(zip(("value", "value_to"), value, strict=False))
    elif how.takes_span:
        _fill_span(part, "value", value)
    else:
        part.fields["value"] = value


def _fill_span(part: Part, name: str, text: str | None) -> None:
    if text is None:
        return
    found = _SPAN.fullmatch(text)
    number, unit = found.groups() if found else (text, "")
    part.fields.update({name: number, f"{name}_unit": unit})


def _fill_when(part: Part, when: Mapping[str, Any] | None) -> None:
    given = when or {}
    for name in ("since", "until"):
        if name in given:
            part.fields.update(when=name, anchor_which=given[name].get("which", "last"))
            _fill_match(part, given[name], "anchor")
            _fill_span(part, "within", given.get("within"))
            return
    for name in ("last", "before"):
        _fill_span(part, name, given.get(name))
    part.fields.update({name: given.get(name, "") for name in ("from", "to", "calendar")})
    part.fields["when"] = _kind_of(frozenset(given))


def _kind_of(names: frozenset[str]) -> str:
    if names == {"last", "before"}:
        return "between"
    if names & {"from", "to"}:
        return "dates"
    return next(iter(names), "")


def _attribute(given: Mapping[str, str]) -> str:
    return choice(given["schema"], given["column"]) if given else ""
