"""A tree as lines, one a condition, and two of them compared line by line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from app.audiences.tree import sentences
from app.audiences.tree.conditions import Group, GroupKind, Node


@dataclass(frozen=True)
class Line:
    """A condition or the head of a group, so many groups deep."""

    depth: int
    text: str


class Mark(StrEnum):
    """What became of a line."""

    SAME = ""
    ADDED = "added"
    REMOVED = "removed"

    @property
    def sign(self) -> str:
        """What stands before the line."""
        return {Mark.SAME: "", Mark.ADDED: "+", Mark.REMOVED: "−"}[self]


@dataclass(frozen=True)
class Marked:
    """A line of one tree or of both."""

    mark: Mark
    line: Line


def outline(tree: Group, zone: str, names: Mapping[str, str]) -> list[Line]:
    """Return the tree as lines, and whose days it means; `names` by public ids."""
    return [*_lines(tree, names, 0), Line(0, f"Days are those of {zone}.")]


def compared(before: Sequence[Line], after: Sequence[Line]) -> list[Marked]:
    """Return the lines of both, each once: what was removed stands before what was added.

    The last line of each, whose days are meant, goes with the other's.
    """
    return [*_marked(before[:-1], after[:-1]), *_marked(before[-1:], after[-1:])]


def _marked(before: Sequence[Line], after: Sequence[Line]) -> list[Marked]:
    found: list[Marked] = []
    # Without the guess that what is frequent matters little.
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            found += [Marked(Mark.SAME, each) for each in after[new_start:new_end]]
            continue
        found += [Marked(Mark.REMOVED, each) for each in before[start:end]]
        found += [Marked(Mark.ADDED, each) for each in after[new_start:new_end]]
    return found


def _lines(node: Node, names: Mapping[str, str], depth: int) -> Iterator[Line]:
    if not isinstance(node, Group):
        said = sentences.phrase(node, names)
        yield Line(depth, f"{said[:1].upper()}{said[1:]}")
        return
    yield Line(depth, _HEADS[node.kind])
    for member in node.members:
        yield from _lines(member, names, depth + 1)


_HEADS = {
    GroupKind.ALL: "All of these:",
    GroupKind.ANY: "At least one of these:",
    GroupKind.NONE: "None of these:",
}
