"""Whether, and when, it changes by time alone who is in an audience."""

from app.audiences.tree.conditions import Did, Have, In, Leaf, Node, leaves, matches, window_of
from app.audiences.tree.windows import Calendar, Rolling


def moves(tree: Node) -> bool:
    """Tell whether who is in changes as time goes by, without anything happening."""
    return any(_moves(leaf) for leaf in leaves(tree))


def _moves(leaf: Leaf) -> bool:
    # Of another audience it is not known here.
    if isinstance(leaf, In):
        return True
    if isinstance(window_of(leaf), Rolling | Calendar):
        return True
    if isinstance(leaf, Have) and leaf.operator.takes_span:
        return True
    if isinstance(leaf, Did) and any(step.is_negated and step.within for step in leaf.steps):
        return True
    return any(each.operator.takes_span for match in matches(leaf) for each in match.filters)
