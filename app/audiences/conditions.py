"""The tree of conditions that an audience is, as plain values."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.audiences.operators import Operator

# The property that every event has as an exact number.
AMOUNT = "amount"


class GroupKind(StrEnum):
    """How the members of a group go together."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


class Function(StrEnum):
    """What is made of the events of a person."""

    SUM = "sum"
    COUNT = "count"
    TOP = "top"


@dataclass(frozen=True)
class Filter:
    """A property of an event compared with a value."""

    property: str
    operator: Operator
    value: str


@dataclass(frozen=True)
class Did:
    """Did, or did not, do something so many times, of late or ever."""

    event: str
    filters: tuple[Filter, ...] = ()
    times: int = 1
    days: int | None = None
    is_negated: bool = False


@dataclass(frozen=True)
class Attribute:
    """A column of a dataset of people."""

    schema: str
    column: str


@dataclass(frozen=True)
class Aggregate:
    """A figure over a person's events: the sum of all buys, the top-visited category."""

    function: Function
    event: str
    property: str = AMOUNT
    days: int | None = None


@dataclass(frozen=True)
class Have:
    """An attribute or a figure compared with a value."""

    subject: Attribute | Aggregate
    operator: Operator
    value: str


@dataclass(frozen=True)
class Group:
    """Conditions and groups that go together."""

    kind: GroupKind
    members: tuple["Node", ...]


Node = Group | Did | Have


def to_json(node: Node) -> dict[str, Any]:
    """Return the tree as JSON keeps it."""
    if isinstance(node, Group):
        return {node.kind.value: [to_json(member) for member in node.members]}
    if isinstance(node, Did):
        return {"did_not" if node.is_negated else "did": _did_json(node)}
    subject = node.subject
    if isinstance(subject, Attribute):
        about = {"attribute": {"schema": subject.schema, "column": subject.column}}
    else:
        about = {
            "aggregate": {
                "function": subject.function.value,
                "event": subject.event,
                "property": subject.property,
                **_when(subject.days),
            }
        }
    return {"have": {**about, "op": node.operator.value, "value": node.value}}


def leaves(node: Node) -> list[Did | Have]:
    """Return the conditions of a tree, in order."""
    if isinstance(node, Group):
        return [leaf for member in node.members for leaf in leaves(member)]
    return [node]


def has_window(node: Node) -> bool:
    """Tell whether who is in changes as time goes by, without anything happening."""
    return any(
        leaf.days is not None
        if isinstance(leaf, Did)
        else isinstance(leaf.subject, Aggregate) and leaf.subject.days is not None
        for leaf in leaves(node)
    )


def _did_json(node: Did) -> dict[str, Any]:
    return {
        "event": node.event,
        "where": [
            {"property": each.property, "op": each.operator.value, "value": each.value}
            for each in node.filters
        ],
        "times": {"op": "at_least", "n": node.times, "of": "times"},
        **_when(node.days),
    }


def _when(days: int | None) -> dict[str, Any]:
    return {} if days is None else {"when": {"last": f"{days}d"}}
