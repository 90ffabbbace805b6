"""What a count comes to in the builder: a line a condition, and of samples what was found."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.audiences.counting import Counted
from app.audiences.tree import sentences, wording
from app.audiences.tree.conditions import Group, Leaf, Node, walked


@dataclass(frozen=True)
class Line:
    """A condition or group, how many meet it, and how many are left with those before it."""

    path: str
    said: str
    own: int
    cumulative: int
    is_group: bool


@dataclass(frozen=True)
class Member:
    """A member with what was found of them: pairs of what it is and its value."""

    person_id: str
    found: list[tuple[str, str]]


def lines(counted: Counted, tree: Group, names: Mapping[str, str]) -> list[Line]:
    """Return a line for each condition and group within the whole, in order."""
    return [
        Line(path, _said(node, names), *_numbers(counted, path), isinstance(node, Group))
        for path, node in walked(tree)
        if path != "n"
    ]


def members(counted: Counted, tree: Group) -> list[Member]:
    """Return the samples with what each condition found of them, each said once."""
    labels = {path: wording.label(node) for path, node in walked(tree) if isinstance(node, Leaf)}
    return [
        Member(
            each.person_id,
            list(dict.fromkeys((labels[path], value) for path, value in each.values.items())),
        )
        for each in counted.samples
    ]


def _numbers(counted: Counted, path: str) -> tuple[int, int]:
    step = counted.steps[path]
    return step.own, step.cumulative


def _said(node: Node, names: Mapping[str, str]) -> str:
    if isinstance(node, Group):
        return f"{node.kind.value} of these"
    return sentences.phrase(node, names)
