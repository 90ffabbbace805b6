"""Reading a tree of conditions from JSON: all that is wrong is said, by place."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

from app.audiences.tree import reading_fields as fields
from app.audiences.tree import spans, values
from app.audiences.tree.conditions import (
    AMOUNT,
    Aggregate,
    Function,
    Group,
    GroupKind,
    Have,
    In,
    Node,
    Split,
)
from app.audiences.tree.operators import NUMBER_OPERATORS, PROPERTY_OPERATORS, Operator
from app.audiences.tree.reading_events import check_value, read_did, read_match, read_when
from app.audiences.tree.reading_fields import Notes
from app.audiences.tree.values import ValueUnfit

DEEPEST, MOST_NODES = 30, 200
_PER_CENT = Decimal(100)


class TreeInvalid(Exception):
    """The tree cannot be evaluated; `problems` has a sentence by the path of each faulty node."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{path}: {said}" for path, said in problems.items()))
        self.problems = dict(problems)


def parsed(raw: object) -> Group:
    """Return the tree that JSON stands for; raise TreeInvalid with all that is wrong.

    Paths begin with `n` for the whole and go on with places: n.0.2 is the third in the first group.
    """
    reader = _Reader()
    node = reader.node(raw, "n", 1)
    problems = reader.notes.problems
    if not isinstance(node, Group):
        problems.setdefault("n", "An audience begins with a group.")
    if problems:
        raise TreeInvalid(problems)
    return cast("Group", node)


class _Reader:
    """Reads nodes and notes what is wrong by path; what is wrong is read as nothing."""

    def __init__(self) -> None:
        self.notes = Notes()
        self._count = 0

    def node(self, raw: object, path: str, depth: int) -> Node | None:
        self._count += 1
        self.notes.path = path
        if self._count > MOST_NODES or depth > DEEPEST:
            most = f"at most {MOST_NODES} conditions and groups, {DEEPEST} deep"
            return self._wrong(f"An audience has {most}. Put some in an audience of their own.")
        if not isinstance(raw, Mapping) or len(raw) != 1:
            return self._wrong("A condition is an object with one name.")
        kind, given = next(iter(raw.items()))
        if kind in set(GroupKind):
            return self._group(GroupKind(kind), given, path, depth)
        return self._leaf(kind, given)

    def _group(self, kind: GroupKind, given: object, path: str, depth: int) -> Node | None:
        if not isinstance(given, list) or not given:
            return self._wrong("Add at least one condition to this group.")
        members = [
            self.node(member, f"{path}.{place}", depth + 1)
            for place, member in enumerate(given[: MOST_NODES + 1])
        ]
        self.notes.path = path
        return Group(kind, tuple(member for member in members if member is not None))

    def _leaf(self, kind: str, given: object) -> Node | None:
        if kind in {"in", "not_in"}:
            name = fields.text(given, self.notes, "Choose an audience.")
            return In(name, is_negated=kind == "not_in")
        readers = {"did": self._did, "did_not": self._did_not, "have": self._have}
        reader = {**readers, "split": self._split}.get(kind)
        if reader is None:
            return self._wrong(f"There is no condition called {spans.shown(kind, 40)}.")
        if not isinstance(given, Mapping):
            return self._wrong("A condition needs its parts.")
        return reader(given)

    def _did(self, given: Mapping[str, Any]) -> Node:
        return read_did(given, self.notes, is_negated=False)

    def _did_not(self, given: Mapping[str, Any]) -> Node:
        return read_did(given, self.notes, is_negated=True)

    def _have(self, given: Mapping[str, Any]) -> Node | None:
        how = fields.operator(given, self.notes)
        value = fields.value(given, how, self.notes)
        attribute, aggregate = given.get("attribute"), given.get("aggregate")
        if isinstance(attribute, str | Mapping):
            return Have(fields.attribute(attribute, self.notes), how, value)
        if not isinstance(aggregate, Mapping):
            return self._wrong("Choose an attribute or a figure.")
        figure = self._aggregate(aggregate)
        self._check_figure(figure, how, value)
        return Have(figure, how, value)

    def _aggregate(self, given: Mapping[str, Any]) -> Aggregate:
        function = given.get("function")
        if not isinstance(function, str) or function not in set(Function):
            self._wrong("Choose a sum, a count, an average or another figure.")
            function = Function.COUNT
        name = given.get("property") or AMOUNT
        return Aggregate(
            function=Function(function),
            match=read_match(given, self.notes, "Choose which events count."),
            property=fields.text(name, self.notes, "Name the property."),
            window=read_when(given.get("when"), self.notes),
        )

    def _check_figure(self, figure: Aggregate, how: Operator, value: str | tuple[str, ...]) -> None:
        if not figure.function.is_number:
            if how not in PROPERTY_OPERATORS or how in {Operator.HAS_ITEM, Operator.HAS_NO_ITEM}:
                self._wrong(f"Such a value cannot be compared by “{how.label}”.")
            elif value:
                check_value(how, value, self.notes)
            return
        is_asked = how in NUMBER_OPERATORS or (
            not how.needs_value and not figure.function.is_never_missing
        )
        if not is_asked:
            self._wrong(f"A number cannot be compared by “{how.label}”.")
        elif value:
            as_number = how if how is Operator.BETWEEN else Operator.EQUALS
            check_value(as_number, value, self.notes)

    def _split(self, given: Mapping[str, Any]) -> Node:
        name = fields.text(given.get("name"), self.notes, "Name the division.")
        low, high = (self._per_cent(given.get(end)) for end in ("from", "to"))
        if low >= high:
            self._wrong("A part goes from one per cent up to a larger one, such as 0 to 50.")
        return Split(name, float(low), float(high))

    def _per_cent(self, given: object) -> Decimal:
        try:
            found = values.number(fields.text(fields.as_text(given), Notes(), ""))
        except ValueUnfit:
            found = Decimal(-1)
        if not 0 <= found <= _PER_CENT or found != round(found, 2):
            self._wrong("A per cent is a number from 0 to 100 with at most two places.")
            return Decimal(0)
        return found

    def _wrong(self, sentence: str) -> "Node | None":
        self.notes.wrong(sentence)
        return None
