"""An explanation as plain values: the tree with what was found at each node, and its JSON."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True)
class Happened:
    """An event that counted or came near; `values` has the properties asked about, `note` why."""

    at: datetime
    event: str
    values: tuple[tuple[str, str | None], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Evidence:
    """What was found of one condition.

    `counted` are the newest events that count, `more_count` how many more there are; `chain` has
    the steps of a sequence in order, and `near` what almost counted. `change` says what would
    have to change.
    """

    found: str = ""
    counted: tuple[Happened, ...] = ()
    more_count: int = 0
    chain: tuple[Happened, ...] = ()
    near: tuple[Happened, ...] = ()
    change: str = ""


@dataclass(frozen=True)
class Told:
    """A node with whether it is met, which nobody knows where there is a problem.

    `decides` says whether the whole is as it is because of it. At `changes_at` its truth changes
    if nothing happens until then; where that is not known to the end, it is known until
    `known_until`. An audience that is asked for has its own tree as the only member.
    """

    path: str
    kind: str
    sentence: str
    is_met: bool | None
    evidence: Evidence = field(default_factory=Evidence)
    members: tuple["Told", ...] = ()
    decides: bool = False
    problem: str = ""
    changes_at: datetime | None = None
    known_until: datetime | None = None

    @property
    def is_group(self) -> bool:
        """Tell whether it holds conditions that go together."""
        return self.kind in {"all", "any", "none"}

    @property
    def word(self) -> str:
        """How it stands, in a word."""
        return {True: "met", False: "not met", None: "unknown"}[self.is_met]

    @property
    def tone(self) -> str:
        """The tone of that word."""
        return {True: "good", False: "bad", None: "warn"}[self.is_met]

    def walked(self) -> Iterator["Told"]:
        """Yield it and all below, in order; not what is below another audience."""
        yield self
        if self.is_group:
            for member in self.members:
                yield from member.walked()

    @property
    def has_problem(self) -> bool:
        """Tell whether something here or below cannot be asked, in another audience too."""
        return bool(self.problem) or any(each.has_problem for each in self.members)

    @property
    def deciding(self) -> list["Told"]:
        """The conditions that decide."""
        return [each for each in self.walked() if each.decides and not each.is_group]


@dataclass(frozen=True)
class Explanation:
    """A person and an audience's tree as of a moment; no tree where nothing is known of them."""

    person_id: str
    as_of: datetime
    zone: str
    root: Told | None

    @property
    def is_known(self) -> bool:
        """Tell whether anything is known of the person."""
        return self.root is not None

    @property
    def is_met(self) -> bool | None:
        """Tell whether they are in; nobody is of whom nothing is known."""
        return self.root.is_met if self.root is not None else False

    @property
    def has_problem(self) -> bool:
        """Tell whether some condition cannot be asked, so that no evaluation succeeds."""
        return self.root is not None and self.root.has_problem

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return {
            "person_id": self.person_id,
            "as_of": _moment(self.as_of),
            "time_zone": self.zone,
            "is_known": self.is_known,
            "is_member": self.is_met,
            "changes_at": _moment(self.root.changes_at) if self.root else None,
            "tree": _node(self.root) if self.root else None,
        }


def _node(told: Told) -> dict[str, Any]:
    evidence = told.evidence
    return {
        "path": told.path,
        "kind": told.kind,
        "sentence": told.sentence,
        "is_met": told.is_met,
        "decides": told.decides,
        "changes_at": _moment(told.changes_at),
        "known_until": _moment(told.known_until),
        "problem": told.problem or None,
        "found": evidence.found or None,
        "change": evidence.change or None,
        "counted": [_event(each) for each in evidence.counted],
        "more_count": evidence.more_count,
        "chain": [_event(each) for each in evidence.chain],
        "near": [_event(each) for each in evidence.near],
        "members": [_node(each) for each in told.members],
    }


def _event(event: Happened) -> dict[str, Any]:
    return {
        "at": _moment(event.at),
        "event": event.event,
        "values": dict(event.values),
        "note": event.note or None,
    }


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at is not None else None
