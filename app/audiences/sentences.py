"""An audience as one English sentence."""

from app.audiences.conditions import (
    AMOUNT,
    Aggregate,
    Attribute,
    Did,
    Filter,
    Function,
    Group,
    GroupKind,
    Have,
    Node,
)
from app.audiences.operators import Operator


def sentence(tree: Group) -> str:
    """Return the whole tree, such as: People who did buy at least 2 times and have country is …"""
    return f"People who {_said(tree, is_inner=False)}."


def _said(node: Node, *, is_inner: bool = True) -> str:
    if isinstance(node, Did):
        return _did(node)
    if isinstance(node, Have):
        return f"have {_subject(node.subject)} {_compared(node.operator, node.value)}"
    parts = [_said(member) for member in node.members]
    if node.kind is GroupKind.NONE:
        return f"meet none of these: ({' or '.join(parts)})"
    joined = (" and " if node.kind is GroupKind.ALL else " or ").join(parts)
    return f"({joined})" if is_inner and len(parts) > 1 else joined


def _did(node: Did) -> str:
    verb = "did not" if node.is_negated else "did"
    times = "" if node.times == 1 else f" at least {node.times} times"
    filters = " and ".join(_filter(each) for each in node.filters)
    where = f" where {filters}" if filters else ""
    return f"{verb} “{node.event}”{times}{_when(node.days)}{where}"


def _filter(each: Filter) -> str:
    return f"{each.property} {_compared(each.operator, each.value)}"


def _subject(subject: Attribute | Aggregate) -> str:
    if isinstance(subject, Attribute):
        return f"{subject.column} ({subject.schema})"
    when = _when(subject.days)
    if subject.function is Function.COUNT:
        return f"a number of “{subject.event}”{when} that is"
    if subject.function is Function.TOP:
        return f"a top {subject.property} of “{subject.event}”{when} that"
    what = "" if subject.property == AMOUNT else f" of {subject.property}"
    return f"a sum{what} of all “{subject.event}”{when} that is"


def _compared(operator: Operator, value: str) -> str:
    return f"{operator.label} “{value}”" if operator.needs_value else operator.label


def _when(days: int | None) -> str:
    if days is None:
        return ""
    return " in the last day" if days == 1 else f" in the last {days} days"
