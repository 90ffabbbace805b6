"""Whether a tree can be asked of what there is: columns and their types, audiences, itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from app.audiences.builder import saying
from app.audiences.tree import reading, values
from app.audiences.tree.conditions import (
    Attribute,
    Group,
    GroupKind,
    Have,
    In,
    Leaf,
    attributes,
    walked,
)
from app.audiences.tree.operators import Operator, operators_of
from app.audiences.tree.values import ValueUnfit
from app.audiences.tree.vocabulary import (
    AttributeUnknown,
    AudienceUnknown,
    Known,
    Vocabulary,
)
from app.tabular.types import ColumnType

_ANY_DAY = date(2000, 6, 15)
_ANY_MOMENT = datetime(2000, 6, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Checked:
    """A tree, or what is wrong with it by path; one that cannot be asked has both."""

    tree: Group | None
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_right(self) -> bool:
        """Tell whether it can be saved and asked."""
        return self.tree is not None and not self.problems


def checked(raw: dict[str, Any], vocabulary: Vocabulary, own: Known | None = None) -> Checked:
    """Return the tree that JSON stands for, with all that is wrong with it for this audience."""
    try:
        tree = reading.parsed(raw)
    except reading.TreeInvalid as failure:
        rest = saying.without(raw, failure.problems)
        return Checked(None, {**_problems(rest, vocabulary, own), **failure.problems})
    return Checked(tree, _problems(tree, vocabulary, own))


def _problems(tree: Group | None, vocabulary: Vocabulary, own: Known | None) -> dict[str, str]:
    problems: dict[str, str] = {}
    for path, node in walked(tree) if tree is not None else ():
        if not isinstance(node, Group) and (said := _unfit(node, vocabulary, own)):
            problems[path] = said
    return problems


def _unfit(leaf: Leaf, vocabulary: Vocabulary, own: Known | None) -> str:
    try:
        for attribute in attributes(leaf):
            vocabulary.column(attribute)
        if isinstance(leaf, Have) and isinstance(leaf.subject, Attribute):
            _check(leaf, vocabulary.column(leaf.subject).type)
        if isinstance(leaf, In):
            way = vocabulary.way_round(Group(GroupKind.ALL, (leaf,)), own)
            vocabulary.audience(leaf.audience)
            return f"An audience cannot ask for itself: {' asks for '.join(way)}." if way else ""
    except (AttributeUnknown, AudienceUnknown, ValueUnfit) as failure:
        return str(failure)
    return ""


def _check(have: Have, kind: ColumnType) -> None:
    """Refuse what a column of this type cannot be compared by, or with; raise ValueUnfit."""
    how = have.operator
    if how not in operators_of(kind):
        raise ValueUnfit(f"What is {kind.word} cannot be compared by “{how.label}”.")
    if not how.needs_value:
        return
    if how is Operator.BETWEEN:
        values.numbers(have.value if isinstance(have.value, tuple) else (have.value,))
        return
    for each in have.value if isinstance(have.value, tuple) else (have.value,):
        _check_value(how, each, kind)


def _check_value(how: Operator, value: str, kind: ColumnType) -> None:
    if kind.is_number or (how.is_order and kind not in {ColumnType.DATE, ColumnType.DATETIME}):
        values.number(value)
    elif kind is ColumnType.BOOLEAN:
        values.truth(value)
    elif kind is ColumnType.DATE:
        values.days(how if how is not Operator.IS_NOT else Operator.IS, value, _ANY_DAY)
    elif kind is ColumnType.DATETIME:
        values.moments(how, value, _ANY_MOMENT, values.zone("UTC"))
