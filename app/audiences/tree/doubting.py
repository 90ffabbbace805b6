"""What can be answered and is most likely not meant: names never seen, conditions nobody meets."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches

from app.audiences.tree import values
from app.audiences.tree.conditions import (
    ANYTHING,
    Did,
    Group,
    GroupKind,
    Have,
    In,
    Leaf,
    Node,
    matches,
    walked,
)
from app.audiences.tree.operators import Operator
from app.audiences.tree.values import ValueUnfit

Range = tuple[Decimal | None, Decimal | None]


def doubts(tree: Node, seen: Collection[str]) -> dict[str, str]:
    """Return a sentence by the path of each condition that is doubtful; `seen` has the events."""
    found: dict[str, str] = {}
    for path, node in walked(tree):
        if isinstance(node, Group):
            for place, said in _contradictions(node):
                found.setdefault(f"{path}.{place}", said)
        else:
            for said in _unseen(node, seen):
                found.setdefault(path, said)
    return found


def _unseen(leaf: Leaf, seen: Collection[str]) -> Iterator[str]:
    for match in matches(leaf):
        if match.event != ANYTHING and match.event not in seen:
            near = get_close_matches(match.event, seen, n=1)
            meant = f" Did you mean “{near[0]}”?" if near else ""
            yield f"Nobody did “{match.event}” so far.{meant}"


def _contradictions(group: Group) -> Iterator[tuple[int, str]]:
    """Yield the places of members that go with none of those before."""
    says = {
        GroupKind.ALL: "Nobody meets this together with condition {}: they exclude each other.",
        GroupKind.ANY: "Everybody meets this or condition {}: they are opposites.",
        GroupKind.NONE: "Everybody meets this or condition {}: nobody meets neither.",
    }
    for place, member in enumerate(group.members):
        for before, other in enumerate(group.members[:place]):
            is_opposite = _opposite(member) == other
            if is_opposite or (group.kind is GroupKind.ALL and _apart(member, other)):
                yield place, says[group.kind].format(before + 1)
                break


def _opposite(node: Node) -> Node | None:
    if isinstance(node, Did | In):
        return replace(node, is_negated=not node.is_negated)
    return None


def _apart(one: Node, other: Node) -> bool:
    """Tell whether two conditions ask the same thing for values that share none."""
    if not (isinstance(one, Have) and isinstance(other, Have) and one.subject == other.subject):
        return False
    if one.operator is Operator.IS and other.operator is Operator.IS:
        return one.value != other.value
    ranges = [_range(one), _range(other)]
    lows = [low for low, _high in ranges if low is not None]
    highs = [high for _low, high in ranges if high is not None]
    return bool(lows and highs and max(lows) > min(highs))


def _range(have: Have) -> Range:
    try:
        if have.operator is Operator.BETWEEN and isinstance(have.value, tuple):
            return values.numbers(have.value)
        number = values.number(have.value) if isinstance(have.value, str) else None
    except ValueUnfit:
        return None, None
    return {
        Operator.AT_LEAST: (number, None),
        Operator.MORE_THAN: (number, None),
        Operator.AT_MOST: (None, number),
        Operator.LESS_THAN: (None, number),
        Operator.EQUALS: (number, number),
        Operator.IS: (number, number),
    }.get(have.operator, (None, None))
