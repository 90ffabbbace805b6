"""Other audiences by what is stored, their public ids, or by what people write, their names."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from app.audiences.tree.conditions import Group, In, Node, leaves
from app.audiences.tree.vocabulary import Vocabulary


def with_ids(tree: Group, vocabulary: Vocabulary) -> Group:
    """Return the tree as it is stored; renaming an audience then breaks nothing.

    Who is not known stays as written, for `checking.problems` to say.
    """

    def stored(reference: str) -> str:
        known = vocabulary.find_audience(reference)
        return known.public_id if known is not None else reference

    return _each(tree, stored)


def with_names(tree: Group, vocabulary: Vocabulary) -> Group:
    """Return the tree as a file says it; an audience that is gone stays with its id."""

    def written(reference: str) -> str:
        known = vocabulary.find_audience(reference)
        return known.name if known is not None else reference

    return _each(tree, written)


def asked(tree: Node) -> Iterator[str]:
    """Yield the references of a tree, as they stand there."""
    return (leaf.audience for leaf in leaves(tree) if isinstance(leaf, In))


def _each(group: Group, change: Callable[[str], str]) -> Group:
    return replace(group, members=tuple(_changed(each, change) for each in group.members))


def _changed(node: Node, change: Callable[[str], str]) -> Node:
    if isinstance(node, Group):
        return _each(node, change)
    return replace(node, audience=change(node.audience)) if isinstance(node, In) else node
