"""The tree of conditions that an audience is, as plain values."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from app.audiences.tree.operators import Operator
from app.audiences.tree.spans import Span
from app.audiences.tree.windows import Always, Window

# The property that every event has as an exact number.
AMOUNT = "amount"
# Stands for events of any name.
ANYTHING = "*"


class GroupKind(StrEnum):
    """How the members of a group go together."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


class Function(StrEnum):
    """What is made of the events of a person."""

    SUM = "sum"
    COUNT = "count"
    AVERAGE = "avg"
    LEAST = "min"
    MOST = "max"
    TOP = "top"
    FIRST = "first"
    LAST = "last"

    @property
    def is_number(self) -> bool:
        """Tell whether it makes a number."""
        return self not in {Function.TOP, Function.FIRST, Function.LAST}

    @property
    def is_never_missing(self) -> bool:
        """Tell whether it is 0 of somebody without such events."""
        return self in {Function.SUM, Function.COUNT}


@dataclass(frozen=True)
class Attribute:
    """A column of a dataset of people; without a schema, of the only one that has it."""

    schema: str
    column: str


@dataclass(frozen=True)
class Filter:
    """A property of an event compared with a value, several values or the person's attribute."""

    property: str
    operator: Operator
    value: "Value" = ""


Value = str | tuple[str, ...] | Attribute


@dataclass(frozen=True)
class Match:
    """Events of a name whose properties fit."""

    event: str
    filters: tuple[Filter, ...] = ()


@dataclass(frozen=True)
class Since:
    """Events after the person's first or last event of a kind, or before it; within so long."""

    anchor: Match
    is_first: bool = False
    is_until: bool = False
    within: Span | None = None


class Times(StrEnum):
    """How a number of times is compared."""

    AT_LEAST = "at_least"
    EXACTLY = "exactly"
    AT_MOST = "at_most"


class Counted(StrEnum):
    """What is counted, where it is no property."""

    TIMES = "times"
    DAYS = "days"


@dataclass(frozen=True)
class Distinct:
    """The different values of a property."""

    property: str


@dataclass(frozen=True)
class Frequency:
    """How often: so many times, on so many days, with so many values of a property."""

    times: Times = Times.AT_LEAST
    number: int = 1
    of: Counted | Distinct = Counted.TIMES

    @property
    def is_once(self) -> bool:
        """Tell whether it asks for no more than that it was done."""
        return self == Frequency()


@dataclass(frozen=True)
class Step:
    """What came, or did not come, after the step before.

    Not sooner than `after` and not later than `within`, and with nothing that `without` matches
    in between. A step that is negated is the last one; it is met when its time has passed.
    """

    match: Match
    within: Span | None = None
    after: Span | None = None
    without: tuple[Match, ...] = ()
    is_negated: bool = False


@dataclass(frozen=True)
class Did:
    """Did, or did not, do something so often within a window, alone or as a sequence.

    With a `place` it asks of one event alone: of all those of the name the first (1), the third
    (3) or the last (-1) is to be in the window and to fit the filters.
    """

    match: Match
    frequency: Frequency = Frequency()
    window: Window | Since = Always()
    place: int | None = None
    steps: tuple[Step, ...] = ()
    is_negated: bool = False


@dataclass(frozen=True)
class Aggregate:
    """A figure over a person's events: the sum of all buys, the top-visited category."""

    function: Function
    match: Match
    property: str = AMOUNT
    window: Window | Since = Always()


@dataclass(frozen=True)
class Have:
    """An attribute or a figure compared with a value or several."""

    subject: Attribute | Aggregate
    operator: Operator
    value: str | tuple[str, ...] = ""


@dataclass(frozen=True)
class In:
    """Is, or is not, in another audience, which goes by its public id or its name."""

    audience: str
    is_negated: bool = False


@dataclass(frozen=True)
class Split:
    """Falls into a part of all people: from one per cent on up to another, always the same people.

    Splits of one name are parts of one division; those of another name have nothing to do with it.
    """

    name: str
    low: float
    high: float


@dataclass(frozen=True)
class Group:
    """Conditions and groups that go together."""

    kind: GroupKind
    members: tuple["Node", ...] = field(default=())


Leaf = Did | Have | In | Split
Node = Group | Leaf


def leaves(node: Node) -> Iterator[Leaf]:
    """Yield the conditions of a tree, in order."""
    for _path, each in walked(node):
        if not isinstance(each, Group):
            yield each


def walked(node: Node, path: str = "n") -> Iterator[tuple[str, Node]]:
    """Yield every node with its path, such as n.0.2, each group before its members."""
    yield path, node
    if isinstance(node, Group):
        for place, member in enumerate(node.members):
            yield from walked(member, f"{path}.{place}")


def matches(leaf: Leaf) -> Iterator[Match]:
    """Yield what a condition asks of events."""
    if isinstance(leaf, Did):
        yield leaf.match
        for step in leaf.steps:
            yield step.match
            yield from step.without
    elif isinstance(leaf, Have) and isinstance(leaf.subject, Aggregate):
        yield leaf.subject.match
    window = window_of(leaf)
    if isinstance(window, Since):
        yield window.anchor


def window_of(leaf: Leaf) -> Window | Since:
    """Return when what a condition asks for is to have happened."""
    if isinstance(leaf, Did):
        return leaf.window
    if isinstance(leaf, Have) and isinstance(leaf.subject, Aggregate):
        return leaf.subject.window
    return Always()


def attributes(leaf: Leaf) -> Iterator[Attribute]:
    """Yield the attributes of people that a condition reads."""
    if isinstance(leaf, Have) and isinstance(leaf.subject, Attribute):
        yield leaf.subject
    for match in matches(leaf):
        for each in match.filters:
            if isinstance(each.value, Attribute):
                yield each.value
