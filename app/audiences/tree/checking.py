"""What a tree asks that cannot be answered, by the path of the condition, before it is saved."""

from collections.abc import Iterator
from datetime import UTC, datetime

from app.audiences.tree import values
from app.audiences.tree.conditions import Attribute, Have, In, Leaf, Node, attributes, walked
from app.audiences.tree.operators import Operator, operators_of
from app.audiences.tree.values import ValueUnfit
from app.audiences.tree.vocabulary import (
    AttributeUnknown,
    AudienceInItself,
    AudienceUnknown,
    Known,
    Vocabulary,
)
from app.tabular.types import ColumnType

Problems = dict[str, str]
_ANY_MOMENT = datetime(2000, 6, 15, tzinfo=UTC)


def problems(tree: Node, vocabulary: Vocabulary, own: Known | None = None) -> Problems:
    """Return a sentence by the path of each condition that cannot be evaluated.

    `own` is the audience that the tree is to be of; it must not be asked for by its own tree.
    """
    found: Problems = {}
    for path, node in walked(tree):
        if isinstance(node, Leaf):
            said = next(_wrong(node, vocabulary, own), None)
            if said is not None:
                found[path] = said
    return found


def _wrong(leaf: Leaf, vocabulary: Vocabulary, own: Known | None) -> Iterator[str]:
    try:
        for each in attributes(leaf):
            vocabulary.column(each)
        if isinstance(leaf, Have) and isinstance(leaf.subject, Attribute):
            _check(leaf, leaf.subject.column, vocabulary.column(leaf.subject).type)
        if isinstance(leaf, In):
            _check_way(leaf, vocabulary, own)
    except (AttributeUnknown, AudienceUnknown, AudienceInItself, ValueUnfit) as failure:
        yield str(failure)


def _check(have: Have, name: str, kind: ColumnType) -> None:
    """Raise ValueUnfit where a column of this type cannot be compared so."""
    how, value = have.operator, have.value
    if how not in operators_of(kind):
        raise ValueUnfit(
            f"“{name}” is of the type {kind.word}, which cannot be compared by “{how.label}”."
        )
    if not how.needs_value:
        return
    if how is Operator.BETWEEN:
        values.numbers(value if isinstance(value, tuple) else (value,))
        return
    for each in value if isinstance(value, tuple) else (value,):
        _check_one(each, how, kind)


def _check_one(text: str, how: Operator, kind: ColumnType) -> None:
    if kind is ColumnType.DATETIME:
        values.moments(how, text, _ANY_MOMENT, values.zone("UTC"))
    elif kind is ColumnType.DATE:
        values.days(Operator.ON if how is Operator.IS_NOT else how, text, _ANY_MOMENT.date())
    elif kind is ColumnType.BOOLEAN:
        values.truth(text)
    elif kind.is_number or how.is_order:
        values.number(text)


def _check_way(leaf: In, vocabulary: Vocabulary, own: Known | None) -> None:
    known = vocabulary.audience(leaf.audience)
    way = vocabulary.way_to(known, own) if own is not None else []
    if own is not None and way:
        said = " > ".join(f"“{name}”" for name in (own.name, *way))
        raise AudienceInItself(f"An audience cannot ask for itself: {said}.")
