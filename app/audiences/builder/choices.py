"""What can be chosen in each field of the builder, by what is chosen in others."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.audiences.builder.entry import Part, choice, chosen
from app.audiences.builder.showing import operator
from app.audiences.tree.conditions import AMOUNT, Attribute, Function
from app.audiences.tree.operators import (
    NUMBER_OPERATORS,
    PAIR_OPERATORS,
    PROPERTY_OPERATORS,
    Operator,
    operators_of,
)
from app.audiences.tree.spans import Unit
from app.audiences.tree.vocabulary import AttributeUnknown, Column, Vocabulary
from app.audiences.tree.windows import Period
from app.tabular.types import ColumnType

Options = Sequence[tuple[str, str]]
# Options under a heading each; those under none stand alone.
Grouped = Sequence[tuple[str, Options]]
_DAY = re.compile(r"|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LISTED = (Operator.IS, Operator.IS_NOT, Operator.IS_ONE_OF, Operator.IS_NONE_OF)

GROUP_WORDS: Options = [("all", "all of these"), ("any", "any of these"), ("none", "none of these")]
JOINTS = {"all": "and", "any": "or", "none": "nor"}
DID: Options = [("did", "did"), ("did_not", "did not")]
IN: Options = [("in", "are in"), ("not_in", "are not in")]
OFTEN: Options = [("at_least", "at least"), ("exactly", "exactly"), ("at_most", "at most")]
OF: Options = [("times", "times"), ("days", "days"), ("property", "different values of")]
WHEN: Grouped = [
    ("", [("", "at any time")]),
    ("Moving with today", [("last", "in the last"), ("before", "more than … ago")]),
    ("", [("between", "between … and … ago"), ("calendar", "this or last month …")]),
    ("Fixed", [("dates", "from … to …")]),
    ("By what else they did", [("since", "after another event"), ("until", "before another")]),
]
WHICH: Options = [("first", "the first"), ("last", "the last"), ("nth", "number")]
ANCHOR: Options = [("last", "their last"), ("first", "their first")]
UNITS: Options = [(unit.value, unit.label) for unit in Unit]
EXACT_UNITS: Options = [(unit.value, unit.label) for unit in Unit if unit.is_exact]
CALENDAR: Options = [(period.value, period.value) for period in Period]
FUNCTIONS: Options = [
    (Function.SUM.value, "the sum of"),
    (Function.COUNT.value, "the number of events"),
    (Function.AVERAGE.value, "the average of"),
    (Function.LEAST.value, "the least"),
    (Function.MOST.value, "the greatest"),
    (Function.TOP.value, "the most frequent"),
    (Function.FIRST.value, "the first"),
    (Function.LAST.value, "the last"),
]


@dataclass(frozen=True)
class Choices:
    """What there is to choose from, for one audience: never itself."""

    vocabulary: Vocabulary
    own: str = ""

    def attributes(self, part: Part) -> Grouped:
        """Return the columns of people by their schema; what is chosen and gone stays."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for each in self.vocabulary.attributes:
            option = (choice(each.schema, each.column), each.column)
            groups.setdefault(each.schema, []).append(option)
        named = chosen(part.get("attribute"))
        label = f"{named['column']} (not found)" if named else part.get("attribute")
        known = [("", [("", "Choose an attribute…")]), *groups.items()]
        return _with_chosen(known, part.get("attribute"), self._found_label(part) or label)

    def audiences(self, part: Part) -> Grouped:
        """Return the other audiences by their names."""
        others = sorted(
            (each.name, each.public_id)
            for each in self.vocabulary.audiences.values()
            if each.public_id != self.own
        )
        listed = [("", "Choose an audience…"), *((id_, name) for name, id_ in others)]
        given = part.get("audience")
        by_name = next((each for each in others if each[0] == given), None)
        return _with_chosen([("", listed)], given, given if by_name else f"{given} (not found)")

    def operators(self, part: Part) -> Grouped:
        """Return how the subject of a part can be compared."""
        offered = self._offered(part)
        grouped: dict[str, list[tuple[str, str]]] = {}
        for each in offered:
            grouped.setdefault(_category(each), []).append((each.value, each.label))
        several = len(grouped) > 2
        groups = list(grouped.items()) if several else [("", _options(offered))]
        return _with_chosen(groups, part.get("op"), f"{operator(part).label} (does not fit)")

    def answers(self, part: Part) -> Options:
        """Return the few values that there are to compare with, if they are so few."""
        column = self._column(part)
        if column is None or column.type is not ColumnType.BOOLEAN:
            return []
        known = [("true", "yes"), ("false", "no")]
        value = part.get("value")
        return known if value in {"true", "false"} else [(value, value or "Choose…"), *known]

    def is_day(self, part: Part, name: str) -> bool:
        """Tell whether a field asks for a day, as far as it holds nothing else."""
        if name in {"from", "to"} and part.kind != "split":
            return bool(_DAY.fullmatch(part.get(name)))
        how, column = operator(part), self._column(part)
        if column is not None and column.type is ColumnType.DATETIME:
            return False
        is_date = how.is_date or (column is not None and column.type is ColumnType.DATE)
        return is_date and bool(_DAY.fullmatch(part.get(name)))

    def is_number(self, part: Part) -> bool:
        """Tell whether a value is a number, for keyboards on glass."""
        column = self._column(part)
        is_figure = part.kind == "figure" and _function(part).is_number
        is_column = column is not None and column.type.is_number
        return is_figure or is_column or operator(part).is_order

    def _offered(self, part: Part) -> Sequence[Operator]:
        if part.kind == "filter":
            if part.get("with") == "attribute":
                return PAIR_OPERATORS
            is_amount = part.get("property") == AMOUNT
            return _of_amounts() if is_amount else PROPERTY_OPERATORS
        if part.kind == "figure":
            function = _function(part)
            if not function.is_number:
                return [each for each in PROPERTY_OPERATORS if not each.is_of_items]
            missing = () if function.is_never_missing else _presence()
            return (*NUMBER_OPERATORS, *missing)
        column = self._column(part)
        return operators_of(column.type if column else ColumnType.TEXT)

    def _column(self, part: Part) -> Column | None:
        named = chosen(part.get("attribute")) if part.kind == "attribute" else {}
        try:
            return self.vocabulary.column(Attribute(**named)) if named else None
        except (AttributeUnknown, TypeError):
            return None

    def _found_label(self, part: Part) -> str:
        """Return the name of an attribute that is there though its schema is not said."""
        return chosen(part.get("attribute"))["column"] if self._column(part) else ""


def _function(part: Part) -> Function:
    written = part.get("function")
    return Function(written) if written in set(Function) else Function.SUM


def _presence() -> tuple[Operator, ...]:
    return tuple(each for each in Operator if not each.needs_value)


def _of_amounts() -> list[Operator]:
    return [
        each
        for each in PROPERTY_OPERATORS
        if each.is_order or each in _LISTED or not each.needs_value
    ]


def _category(how: Operator) -> str:
    if how.is_of_items:
        return "Lists"
    if how.is_date:
        return "Dates"
    if not how.needs_value:
        return "There or missing"
    return "Numbers" if how.is_order else "Text"


def _options(operators: Iterable[Operator]) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in operators]


def _with_chosen(groups: Sequence[tuple[str, Options]], value: str, label: str) -> Grouped:
    """Return the groups with what is chosen, though it is not among them."""
    if not value or any(value == option for _name, options in groups for option, _text in options):
        return groups
    return [*groups, ("", [(value, label)])]
