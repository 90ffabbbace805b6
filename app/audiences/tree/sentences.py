"""An audience as one English sentence."""

from collections.abc import Mapping

from app.audiences.tree import wording
from app.audiences.tree.conditions import (
    ANYTHING,
    Aggregate,
    Attribute,
    Counted,
    Did,
    Function,
    Group,
    GroupKind,
    Have,
    In,
    Leaf,
    Node,
    Split,
    leaves,
    matches,
    window_of,
)
from app.audiences.tree.windows import Calendar, Fixed, Rolling

Names = Mapping[str, str]
_NOBODY_NAMED: Names = {}


def sentence(tree: Group, zone: str = "UTC", names: Names = _NOBODY_NAMED) -> str:
    """Return the whole tree, such as: People who did “buy” at least 2 times and have …

    `names` has the names of audiences by their public ids. The time zone is said where days count.
    """
    said = f"People who {phrase(tree, names)}."
    return f"{said} Days are those of {zone}." if counts_days(tree) else said


def phrase(node: Node, names: Names = _NOBODY_NAMED) -> str:
    """Return one condition or group, as it stands within a sentence."""
    return _said(node, names, is_inner=False)


def counts_days(tree: Node) -> bool:
    """Tell whether it matters in which time zone days begin."""
    return any(_leaf_counts_days(leaf) for leaf in leaves(tree))


def _leaf_counts_days(leaf: Leaf) -> bool:
    window = window_of(leaf)
    if isinstance(window, Calendar | Fixed):
        return True
    if isinstance(window, Rolling) and any(
        span is not None and not span.unit.is_exact for span in (window.last, window.before)
    ):
        return True
    if isinstance(leaf, Did) and leaf.frequency.of is Counted.DAYS:
        return True
    if isinstance(leaf, Have) and leaf.operator.is_date:
        return True
    return any(each.operator.is_date for match in matches(leaf) for each in match.filters)


def _said(node: Node, names: Names, *, is_inner: bool = True) -> str:
    match node:
        case Group():
            return _group(node, names, is_inner=is_inner)
        case Did():
            return _did(node)
        case Have():
            return f"have {_subject(node.subject)} {_fitting(node)}"
        case In():
            verb = "are not in" if node.is_negated else "are in"
            return f"{verb} “{names.get(node.audience, node.audience)}”"
        case Split():
            part = f"{wording.per_cent(node.low)} to {wording.per_cent(node.high)}"
            return f"fall into {part} of the division “{node.name}”"


def _group(group: Group, names: Names, *, is_inner: bool) -> str:
    parts = [_said(member, names) for member in group.members]
    if len(parts) > 1:
        # What has an “and” of its own is held together, so that it is clear what belongs to what.
        parts = [f"({each})" if _is_long(each) else each for each in parts]
    if group.kind is GroupKind.NONE:
        return f"meet none of these: ({' or '.join(parts)})"
    joined = (" and " if group.kind is GroupKind.ALL else " or ").join(parts)
    return f"({joined})" if is_inner and len(parts) > 1 else joined


def _is_long(said: str) -> bool:
    joined = any(word in said for word in (" and ", " or ", ", then "))
    return joined and not said.startswith(("(", "meet none of these: ("))


def _did(node: Did) -> str:
    verb = wording.verb(node.match, is_negated=node.is_negated)
    if node.place is not None:
        of = wording.event(node.match.event)
        said = f"{verb} {of} with the {wording.place(node.place)} of all times"
        return f"{said}{wording.when(node.window)}{wording.where(node.match)}"
    often = wording.often(node.frequency)
    when, where = wording.when(node.window), wording.where(node.match)
    steps = "".join(f", {wording.step(step)}" for step in node.steps)
    said = f"{wording.event(node.match.event)}{often}{when}{where}{steps}"
    return f"did not go through this: ({said})" if steps and node.is_negated else f"{verb} {said}"


def _fitting(node: Have) -> str:
    said = wording.compared(node.operator, node.value)
    if isinstance(node.subject, Attribute):
        return said
    return f"that {said}"


def _subject(subject: Attribute | Aggregate) -> str:
    if isinstance(subject, Attribute):
        return wording.attribute(subject)
    name = subject.match.event
    events = "events" if name == ANYTHING else wording.event(name)
    told = f"{wording.when(subject.window)}{wording.where(subject.match)}"
    name = wording.FUNCTIONS[subject.function]
    if subject.function is Function.COUNT:
        return f"{name} of {events}{told}"
    is_number = subject.function.is_number
    what = f" of {subject.property}" if is_number else f" {subject.property}"
    return f"{name}{what} of all {events}{told}"
