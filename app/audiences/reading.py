"""Reading a tree of conditions from JSON: all that is wrong is said, by place."""

from collections.abc import Mapping
from typing import Any, cast

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
)
from app.audiences.operators import NUMBER_OPERATORS, Operator, ValueUnfit, read_value
from app.tabular.types import ColumnType

DEEPEST, MOST_NODES, MOST_FILTERS, LONGEST = 8, 100, 20, 200
MOST_TIMES, MOST_DAYS = 1_000_000, 36_500


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
    if not isinstance(node, Group):
        reader.problems.setdefault("n", "An audience begins with a group.")
    if reader.problems:
        raise TreeInvalid(reader.problems)
    return cast("Group", node)


class _Reader:
    """Reads a tree and notes what is wrong by path; what is wrong is read as nothing."""

    def __init__(self) -> None:
        self.problems: dict[str, str] = {}
        self._count = 0

    def node(self, raw: object, path: str, depth: int) -> Any:
        self._count += 1
        if self._count > MOST_NODES or depth > DEEPEST:
            most = f"at most {MOST_NODES} conditions, {DEEPEST} deep"
            return self._wrong(path, f"An audience has {most}.")
        if not isinstance(raw, dict) or len(raw) != 1:
            return self._wrong(path, "A condition is an object with one name.")
        kind, given = next(iter(raw.items()))
        if kind in set(GroupKind):
            return self._group(GroupKind(kind), given, path, depth)
        if not isinstance(given, dict):
            return self._wrong(path, "A condition needs its parts.")
        if kind in {"did", "did_not"}:
            return self._did(given, path, is_negated=kind == "did_not")
        if kind == "have":
            return self._have(given, path)
        return self._wrong(path, f"There is no condition called “{str(kind)[:40]}”.")

    def _group(self, kind: GroupKind, given: object, path: str, depth: int) -> Any:
        if not isinstance(given, list) or not given:
            return self._wrong(path, "Add at least one condition to this group.")
        members = [
            self.node(member, f"{path}.{place}", depth + 1)
            for place, member in enumerate(given[: MOST_NODES + 1])
        ]
        return Group(kind, tuple(member for member in members if member is not None))

    def _did(self, given: Mapping[str, Any], path: str, *, is_negated: bool) -> Any:
        times = given.get("times") or {}
        filters = given.get("where") or []
        if not isinstance(times, dict) or not isinstance(filters, list):
            return self._wrong(path, "times is an object, where a list.")
        if times.get("op", "at_least") != "at_least" or times.get("of", "times") != "times":
            return self._wrong(path, "Only “at least” so many times can be asked for.")
        if len(filters) > MOST_FILTERS:
            return self._wrong(path, f"A condition has at most {MOST_FILTERS} filters.")
        return Did(
            event=self._text(given.get("event"), path, "Choose what was done."),
            filters=tuple(self._filter(each, path) for each in filters),
            times=self._whole(times.get("n", 1), path, "How many times", MOST_TIMES) or 1,
            days=self._days(given.get("when"), path),
            is_negated=is_negated,
        )

    def _filter(self, given: object, path: str) -> Filter:
        raw = given if isinstance(given, dict) else {}
        operator, value = self._comparison(raw, path)
        name = self._text(raw.get("property"), path, "Name the property to filter by.")
        return Filter(name, operator, value)

    def _have(self, given: Mapping[str, Any], path: str) -> Any:
        operator, value = self._comparison(given, path)
        attribute, aggregate = given.get("attribute"), given.get("aggregate")
        if isinstance(attribute, dict):
            chosen = "Choose an attribute."
            schema = self._text(attribute.get("schema"), path, chosen)
            column = self._text(attribute.get("column"), path, chosen)
            return Have(Attribute(schema, column), operator, value)
        if isinstance(aggregate, dict):
            figure = self._aggregate(aggregate, path)
            if figure.function is not Function.TOP:
                self._check_number(operator, value, path)
            return Have(figure, operator, value)
        return self._wrong(path, "Choose an attribute or a figure.")

    def _aggregate(self, given: Mapping[str, Any], path: str) -> Aggregate:
        function = given.get("function")
        if not isinstance(function, str) or function not in set(Function):
            function = self._wrong(path, "Choose a sum, a count or the top value.")
        name = given.get("property") or AMOUNT
        return Aggregate(
            function=Function(function or Function.SUM),
            event=self._text(given.get("event"), path, "Choose which events count."),
            property=self._text(name, path, "Name the property."),
            days=self._days(given.get("when"), path),
        )

    def _check_number(self, operator: Operator, value: str, path: str) -> None:
        if operator not in NUMBER_OPERATORS:
            self._wrong(path, f"A number cannot be compared by “{operator.label}”.")
            return
        try:
            read_value(value, ColumnType.DECIMAL, operator)
        except ValueUnfit as failure:
            self._wrong(path, str(failure))

    def _comparison(self, given: Mapping[str, Any], path: str) -> tuple[Operator, str]:
        word = given.get("op", "is")
        if not isinstance(word, str) or word not in set(Operator):
            self._wrong(path, "Choose how to compare.")
            return Operator.IS, ""
        operator = Operator(word)
        if not operator.needs_value:
            return operator, ""
        value = given.get("value")
        text = str(value).lower() if isinstance(value, bool) else value
        text = str(text) if isinstance(text, int | float) else text
        return operator, self._text(text, path, "Say what to compare with.")

    def _days(self, when: object, path: str) -> int | None:
        if not when:
            return None
        last = when.get("last") if isinstance(when, dict) else None
        if not isinstance(last, str) or not last.endswith("d"):
            self._wrong(path, "Say the last how many days, such as 30d.")
            return None
        return self._whole(last[:-1], path, "The number of days", MOST_DAYS)

    def _whole(self, value: object, path: str, what: str, most: int) -> int | None:
        text = str(value).strip()
        is_whole = not isinstance(value, bool) and text.isascii() and text.isdecimal()
        if not is_whole or not 1 <= int(text[:12]) <= most:
            self._wrong(path, f"{what} must be a whole number from 1 to {most}.")
            return None
        return int(text)

    def _text(self, value: object, path: str, missing: str) -> str:
        if not isinstance(value, str) or not value.strip():
            self._wrong(path, missing)
            return ""
        if len(value) > LONGEST or not value.isprintable():
            self._wrong(path, f"Write at most {LONGEST} readable signs.")
        return value.strip()

    def _wrong(self, path: str, sentence: str) -> Any:
        self.problems.setdefault(path, sentence)
