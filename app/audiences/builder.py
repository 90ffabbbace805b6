"""The builder's form: a tree as fields with paths in their names, and what its buttons do."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.audiences.tree.conditions import Function, GroupKind

MOST_MEMBERS = 100
GROUPS = tuple(kind.value for kind in GroupKind)
# What a condition asks beyond its kind; every field is text, as a form sends it.
FIELDS = {
    "did": ("event", "times", "days"),
    "did_not": ("event", "times", "days"),
    "attribute": ("attribute", "op", "value"),
    "figure": ("function", "event", "property", "days", "op", "value"),
}
FILTER_FIELDS = ("property", "op", "value")
_FRESH = {"times": "1", "op": "is", "function": Function.SUM.value}


@dataclass
class Entry:
    """One node as it is being edited: a group with members, or a condition with its fields."""

    kind: str
    fields: dict[str, str] = field(default_factory=dict)
    filters: list[dict[str, str]] = field(default_factory=list)
    members: list["Entry"] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        """Tell whether it holds others."""
        return self.kind in GROUPS


def fresh() -> Entry:
    """Return the tree a new audience begins with."""
    return Entry("all", members=[_new("did")])


def read(form: Mapping[str, str], path: str = "n", depth: int = 1) -> Entry:
    """Return the tree of a sent form; fields that are missing are empty."""
    kind = form.get(f"{path}:kind", "all")
    if kind in FIELDS:
        fields = {name: form.get(f"{path}:{name}", "").strip() for name in FIELDS[kind]}
        return Entry(kind, fields, list(_filters(form, path)) if kind.startswith("did") else [])
    entry = Entry(kind if kind in GROUPS else "all")
    if depth > MOST_MEMBERS:
        return entry
    for place in range(MOST_MEMBERS):
        if f"{path}.{place}:kind" not in form:
            break
        entry.members.append(read(form, f"{path}.{place}", depth + 1))
    return entry


def changed(tree: Entry, command: str) -> Entry:
    """Return the tree after a button was pressed.

    Commands are `add KIND PATH`, `remove PATH`, `filter PATH` and `unfilter PATH PLACE`. One that
    means nothing here, as of a page that is outdated, changes nothing.
    """
    verb, *rest = command.split(" ")
    if verb == "add" and len(rest) == 2:
        _add(tree, kind=rest[0], path=rest[1])
    elif verb == "remove" and len(rest) == 1:
        _remove(tree, rest[0])
    elif verb == "filter" and len(rest) == 1:
        found = at(tree, rest[0])
        if found is not None and not found.is_group:
            found.filters.append({"property": "", "op": "is", "value": ""})
    elif verb == "unfilter" and len(rest) == 2 and rest[1].isdecimal():
        found = at(tree, rest[0])
        if found is not None and int(rest[1]) < len(found.filters):
            del found.filters[int(rest[1])]
    return tree


def at(tree: Entry, path: str) -> Entry | None:
    """Return the node at a path."""
    node = tree
    for place in path.split(".")[1:]:
        if not place.isdecimal() or int(place) >= len(node.members):
            return None
        node = node.members[int(place)]
    return node


def to_raw(entry: Entry) -> dict[str, Any]:
    """Return the tree as JSON that `reading.parsed` checks."""
    if entry.is_group:
        return {entry.kind: [to_raw(member) for member in entry.members]}
    fields = entry.fields
    when = {"when": {"last": f"{fields['days']}d"}} if fields.get("days") else {}
    if entry.kind.startswith("did"):
        times = {"op": "at_least", "n": fields.get("times") or "1"}
        did = {"event": fields.get("event"), "where": entry.filters, "times": times, **when}
        return {entry.kind: did}
    compared = {"op": fields.get("op"), "value": fields.get("value")}
    if entry.kind == "attribute":
        return {"have": {"attribute": _chosen(fields.get("attribute", "")), **compared}}
    named = {name: fields.get(name) for name in ("function", "event", "property")}
    return {"have": {"aggregate": {**named, **when}, **compared}}


def from_raw(raw: Mapping[str, Any]) -> Entry:
    """Return a saved tree as the form shows it."""
    kind, given = next(iter(raw.items()))
    if kind in GROUPS:
        return Entry(kind, members=[from_raw(member) for member in given])
    days = given.get("when", {}).get("last", "").removesuffix("d")
    if kind in {"did", "did_not"}:
        fields = {"event": given["event"], "times": str(given["times"]["n"]), "days": days}
        return Entry(kind, fields, [dict(each) for each in given["where"]])
    compared = {"op": given["op"], "value": given["value"]}
    if "attribute" in given:
        chosen = choice(given["attribute"]["schema"], given["attribute"]["column"])
        return Entry("attribute", {"attribute": chosen, **compared})
    about = given["aggregate"]
    days = about.get("when", {}).get("last", "").removesuffix("d")
    named = {name: about[name] for name in ("function", "event", "property")}
    return Entry("figure", {**named, "days": days, **compared})


def choice(schema: str, column: str) -> str:
    """Return an attribute as the value of an option."""
    return json.dumps([schema, column])


def _chosen(option: str) -> dict[str, str]:
    try:
        schema, column = json.loads(option)
    except (ValueError, TypeError):
        return {}
    return {"schema": schema, "column": column}


def _filters(form: Mapping[str, str], path: str) -> Iterator[dict[str, str]]:
    for place in range(MOST_MEMBERS):
        if f"{path}:{place}:property" not in form:
            return
        yield {name: form.get(f"{path}:{place}:{name}", "").strip() for name in FILTER_FIELDS}


def _new(kind: str) -> Entry:
    if kind in GROUPS:
        return Entry(kind, members=[_new("did")])
    return Entry(kind, {name: _FRESH.get(name, "") for name in FIELDS[kind]})


def _add(tree: Entry, *, kind: str, path: str) -> None:
    group = at(tree, path)
    if group is not None and group.is_group and (kind in FIELDS or kind in GROUPS):
        group.members.append(_new(kind))


def _remove(tree: Entry, path: str) -> None:
    above, _, place = path.rpartition(".")
    group = at(tree, above) if above else None
    if group is not None and place.isdecimal() and int(place) < len(group.members):
        del group.members[int(place)]
