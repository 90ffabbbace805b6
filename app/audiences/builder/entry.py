"""The tree as it is being edited: parts with fields of text, also of what is unfinished or wrong.

A path names a part: `n.0.2` is the third in the first group, `n.0:then.1:where.0` the first filter
of the second step of a condition.
"""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from app.audiences.tree.conditions import Function, GroupKind, Times
from app.audiences.tree.reading import DEEPEST, MOST_NODES

GROUPS = tuple(kind.value for kind in GroupKind)
MEMBERS = "members"
WINDOW = (
    *("when", "last", "last_unit", "before", "before_unit", "from", "to", "calendar"),
    *("anchor", "anchor_which", "within", "within_unit"),
)
VALUE = ("op", "value", "value_to", "value_unit", "values")
_DID = ("event", "often", "times", "of", "of_property", "which", "place", *WINDOW)
# What a part asks; every field is text, as a form sends it.
FIELDS: dict[str, tuple[str, ...]] = {
    "did": _DID,
    "did_not": _DID,
    "attribute": ("attribute", *VALUE),
    "figure": ("function", "event", "property", *WINDOW, *VALUE),
    "in": ("audience",),
    "not_in": ("audience",),
    "split": ("name", "from", "to"),
    "filter": ("property", *VALUE, "with", "attribute"),
    "step": ("verb", "event", "within", "within_unit", "after", "after_unit"),
    "between": ("event",),
}
CONDITIONS = ("did", "did_not", "attribute", "figure", "in", "not_in", "split")
# The lists that a part has, with the kind of what is in them and how many it may hold.
LISTS: dict[str, dict[str, str]] = {
    "did": {"where": "filter", "then": "step", "anchor_where": "filter"},
    "did_not": {"where": "filter", "then": "step", "anchor_where": "filter"},
    "figure": {"where": "filter", "anchor_where": "filter"},
    "step": {"where": "filter", "without": "between"},
    "between": {"where": "filter"},
}
MOST = {"filter": 20, "step": 10, "between": 10}
_FRESH = {
    "op": "is",
    "often": Times.AT_LEAST.value,
    "times": "1",
    "of": "times",
    "function": Function.SUM.value,
    "verb": "did",
    "anchor_which": "last",
    **dict.fromkeys(("last_unit", "before_unit", "within_unit", "value_unit"), "d"),
}
_PATH = re.compile(r"n(\.[0-9]{1,3}){0,40}(:[a-z_]{1,20}\.[0-9]{1,3}){0,4}")


@dataclass
class Part:
    """A group with members, a condition with its fields, or a part of one with its own."""

    kind: str
    fields: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list["Part"]] = field(default_factory=dict)

    @property
    def is_group(self) -> bool:
        """Tell whether it holds conditions."""
        return self.kind in GROUPS

    @property
    def members(self) -> list["Part"]:
        """The conditions and groups of a group."""
        return self.lists.setdefault(MEMBERS, [])

    def get(self, name: str) -> str:
        """Return the text of a field, empty where there is none; its kind is one too."""
        return self.kind if name == "kind" else self.fields.get(name, "")

    def listed(self, name: str) -> list["Part"]:
        """Return the parts of a list."""
        return self.lists.get(name, [])


@dataclass(frozen=True)
class Place:
    """Where a part is: in which list, at which place, and the path of what has the list."""

    siblings: list[Part]
    number: int
    above: str
    separator: str

    @property
    def part(self) -> Part:
        """What is there."""
        return self.siblings[self.number]

    def path(self, number: int) -> str:
        """Return the path of a place in the same list."""
        return f"{self.above}{self.separator}{number}"


def fresh(kind: str = "all") -> Part:
    """Return a new part; a group begins with one condition."""
    if kind in GROUPS:
        return Part(kind, lists={MEMBERS: [fresh("did")]})
    return Part(
        kind,
        {name: _FRESH.get(name, "") for name in FIELDS[kind]},
        {name: [] for name in LISTS.get(kind, {})},
    )


def at(tree: Part, path: str) -> Part | None:
    """Return the part at a path."""
    if path == "n":
        return tree
    found = place_of(tree, path)
    return found.part if found is not None else None


def place_of(tree: Part, path: str) -> Place | None:
    """Return where the part at a path is; None where there is none, and for the whole."""
    if not _PATH.fullmatch(path):
        return None
    found, part, so_far = None, tree, "n"
    for separator, name, number in _stairs(path):
        siblings = part.lists.get(name, [])
        if number >= len(siblings):
            return None
        found = Place(siblings, number, so_far, separator)
        part, so_far = siblings[number], found.path(number)
    return found


def _stairs(path: str) -> Iterator[tuple[str, str, int]]:
    node, *parts = path.split(":")
    for number in node.split(".")[1:]:
        yield ".", MEMBERS, int(number)
    for each in parts:
        name, _, number = each.rpartition(".")
        yield f":{name}.", name, int(number)


def size(part: Part) -> int:
    """Count the conditions and groups of a part, itself included."""
    return 1 + sum(size(each) for each in part.listed(MEMBERS))


def height(part: Part) -> int:
    """Return how many levels a part has."""
    return 1 + max((height(each) for each in part.listed(MEMBERS)), default=0)


def has_room(tree: Part, group: str, added: Part) -> bool:
    """Tell whether a group may hold this too: neither too many in all, nor too deep."""
    deep = group.count(".") + 1 + height(added)
    return size(tree) + size(added) <= MOST_NODES and deep <= DEEPEST


def copied(part: Part) -> Part:
    """Return a part of its own with the same fields and parts."""
    return deepcopy(part)


def choice(schema: str, column: str) -> str:
    """Return an attribute as the value of an option."""
    return json.dumps([schema, column])


def chosen(option: str) -> dict[str, str]:
    """Return the attribute of an option; nothing where it is none."""
    try:
        schema, column = json.loads(option)
    except (ValueError, TypeError, RecursionError):
        return {}
    return {"schema": schema, "column": column}
