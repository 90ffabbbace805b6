"""How many people a tree has while it is edited: all in all, by each condition, one after another.

Each condition is found once and remembered for a while, so that the next count, after one of them
was changed, looks for that one alone. Counts are exact, as of the moment that is said with them.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb
import ibis.expr.types as ir

from app.audiences.compiling import membership
from app.audiences.compiling import values as compiled_values
from app.audiences.compiling.question import Question
from app.audiences.compiling.sets import People, in_all, in_any
from app.audiences.found import Found, Key, Remembered
from app.audiences.tree import timing
from app.audiences.tree.conditions import Group, GroupKind, Leaf, Node, walked
from app.audiences.tree.writing import to_json
from app.lake import logs
from app.people import world
from app.people.world import PERSON

SAMPLES = 20


@dataclass(frozen=True)
class Step:
    """How many meet a condition or group, and how many are left with those before it."""

    own: int
    cumulative: int


@dataclass(frozen=True)
class Sample:
    """A member, and by path what each condition found of them."""

    person_id: str
    values: dict[str, str]


@dataclass(frozen=True)
class Change:
    """How many would enter and leave, against who is in by the last evaluation."""

    added_count: int
    removed_count: int


@dataclass(frozen=True)
class Counted:
    """What a tree comes to as of a moment; `steps` by path."""

    member_count: int
    people_count: int
    steps: dict[str, Step]
    samples: list[Sample]
    as_of: datetime
    change: Change | None = None


class Counter:
    """Counts trees in one session, over one world; `state` tells one world from another."""

    def __init__(
        self,
        session: duckdb.DuckDBPyConnection,
        question: Question,
        state: str,
        kept: Remembered,
        check: Callable[[], None],
    ) -> None:
        self._session, self._question, self._kept = session, question, kept
        self._check = check
        self._state = (state, question.zone.key)
        self._number = 0

    def counted(self, tree: Group, was_in: str | None = None) -> Counted:
        """Count a tree; `was_in` is the SQL for who was in before. Raises what compiling does."""
        steps: dict[str, Step] = {}
        found = self._node(tree, "n", steps)
        everybody = self._question.world.people
        members = self._people(found).among(everybody)
        return Counted(
            member_count=self._size(found),
            people_count=self._people_count(),
            steps=steps,
            samples=self._samples(tree, members),
            as_of=self._question.now,
            change=self._change(members, was_in),
        )

    def _node(self, node: Node, path: str, steps: dict[str, Step]) -> Found:
        found = self._group(node, path, steps) if isinstance(node, Group) else self._leaf(node)
        own = self._size(found)
        steps.setdefault(path, Step(own, own))
        return found

    def _group(self, group: Group, path: str, steps: dict[str, Step]) -> Found:
        is_none = group.kind is GroupKind.NONE
        so_far: Found | None = None
        for place, member in enumerate(group.members):
            at = f"{path}.{place}"
            own = self._node(member, at, steps)
            so_far = own if so_far is None else self._together(group, place, so_far, own)
            left = self._size(so_far)
            steps[at] = Step(steps[at].own, self._people_count() - left if is_none else left)
        assert so_far is not None
        return replace(so_far, is_rest=not so_far.is_rest) if is_none else so_far

    def _together(self, group: Group, place: int, one: Found, other: Found) -> Found:
        """Return who meets the members of a group up to a place, of whom the last are `other`."""
        first = Group(group.kind, group.members[: place + 1])
        join = in_all if group.kind is GroupKind.ALL else in_any
        # What is kept is whom the members come to, before none of them turns it round.
        key = self._key(first, "together")
        return self._found(key, lambda: join([self._people(one), self._people(other)]))

    def _leaf(self, leaf: Leaf) -> Found:
        """Return who meets a condition, looked for once while nothing changes."""
        return self._found(
            self._key(leaf, "alone"), lambda: membership.people(leaf, self._question)
        )

    def _key(self, node: Node, what: str) -> Key:
        moment = self._question.now.isoformat() if timing.moves(node) else ""
        return (*self._state, moment, what, json.dumps(to_json(node), sort_keys=True))

    def _found(self, key: Key, look: Callable[[], People]) -> Found:
        known = self._kept.find(key)
        if known is None:
            self._check()
            people = look()
            ids = logs.frame(self._session, people.table.select(PERSON))
            known = Found(ids, is_rest=people.is_rest)
            self._kept.keep(key, known)
        return known

    def _people_count(self) -> int:
        everybody = self._question.world.people
        number = everybody.aggregate(**{PERSON: everybody.count()})
        found = self._found((*self._state, "everybody"), lambda: People(number))
        return int(found.ids[PERSON][0].as_py())

    def _size(self, found: Found) -> int:
        number = int(found.ids.num_rows)
        return self._people_count() - number if found.is_rest else number

    def _people(self, found: Found) -> People:
        self._number += 1
        table = logs.given(self._session, f"counted_{self._number}", found.ids)
        return People(table, found.is_rest)

    def _samples(self, tree: Group, members: ir.Table) -> list[Sample]:
        # Whoever comes first by their id lies together in every file.
        ordered = members.order_by(members[PERSON]).limit(SAMPLES)
        ids = logs.frame(self._session, ordered)
        self._check()
        told: dict[str, dict[str, str]] = {each: {} for each in ids[PERSON].to_pylist()}
        few = world.of_few(self._question.world, list(told))
        question = replace(self._question, world=few)
        for path, node in walked(tree):
            if not isinstance(node, Group) and told:
                for person_id, value in self._values(node, question):
                    told[person_id][path] = value
        return [Sample(person_id, found) for person_id, found in told.items()]

    def _values(self, leaf: Leaf, question: Question) -> Iterator[tuple[str, str]]:
        table = compiled_values.values(leaf, question)
        if table is not None:
            for row in logs.frame(self._session, table).to_pylist():
                yield row[PERSON], row[compiled_values.VALUE]

    def _change(self, members: ir.Table, was_in: str | None) -> Change | None:
        if was_in is None:
            return None
        self._session.execute(f"CREATE OR REPLACE TEMP TABLE was_in AS {was_in}")
        self._session.execute(f"CREATE OR REPLACE TEMP TABLE would_be AS {logs.sql(members)}")
        counts = [
            self._session.execute(
                f"SELECT count(*) FROM {one} ANTI JOIN {other} USING ({PERSON})"
            ).fetchall()[0][0]
            for one, other in (("would_be", "was_in"), ("was_in", "would_be"))
        ]
        return Change(*counts)
