"""How many people a tree has while it is edited: all in all, by each condition, one after another.

Each condition is found once and remembered for a while, so that the next count, after one of them
was changed, looks for that one alone. Counts are exact, as of the moment that is said with them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import cast

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from app.audiences.compiling import membership
from app.audiences.compiling import values as compiled_values
from app.audiences.compiling.question import Question
from app.audiences.compiling.sets import People, in_all, in_any
from app.audiences.found import Found, Remembered
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
    tree: Group | None = field(default=None, repr=False)


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
        self._state = (state, question.now.isoformat(), question.zone.key)
        self._number = 0

    def counted(self, tree: Group, was_in: str | None = None) -> Counted:
        """Count a tree; `was_in` is the SQL for who was in before. Raises what compiling does."""
        steps: dict[str, Step] = {}
        found = self._node(tree, "n", steps)
        total = self._people_count()
        members = self._view(found.among(self._question.world.people))
        steps["n"] = Step(steps["n"].own, steps["n"].own)
        return Counted(
            member_count=self._size(found, total),
            people_count=total,
            steps=steps,
            samples=self._samples(tree, members),
            as_of=self._question.now,
            change=self._change(members, was_in),
            tree=tree,
        )

    def _node(self, node: Node, path: str, steps: dict[str, Step]) -> People:
        found = self._group(node, path, steps) if isinstance(node, Group) else self._leaf(node)
        own = self._size(found, self._people_count())
        steps.setdefault(path, Step(own, own))
        return found

    def _group(self, group: Group, path: str, steps: dict[str, Step]) -> People:
        together = in_all if group.kind is GroupKind.ALL else in_any
        so_far: People | None = None
        for place, member in enumerate(group.members):
            at = f"{path}.{place}"
            own = self._node(member, at, steps)
            so_far = own if so_far is None else self._stored(together([so_far, own]))
            left = so_far.others() if group.kind is GroupKind.NONE else so_far
            steps[at] = Step(steps[at].own, self._size(left, self._people_count()))
        assert so_far is not None
        return so_far.others() if group.kind is GroupKind.NONE else so_far

    def _leaf(self, leaf: Leaf) -> People:
        """Return who meets a condition, looked for once while nothing changes."""
        key = (*self._state, repr(to_json(leaf)))
        known = self._kept.find(key)
        if known is None:
            self._check()
            people = membership.people(leaf, self._question)
            ids = logs.frame(self._session, people.table.select(PERSON))
            known = Found(ids, is_rest=people.is_rest)
            self._kept.keep(key, known)
        return People(self._registered(known.ids), known.is_rest)

    def _people_count(self) -> int:
        key = (*self._state, "everybody")
        known = self._kept.find(key)
        if known is None:
            everybody = self._question.world.people
            number = logs.frame(self._session, everybody.aggregate(number=everybody.count()))
            known = Found(number, is_rest=False)
            self._kept.keep(key, known)
        return int(known.ids["number"][0].as_py())

    def _size(self, people: People, total: int) -> int:
        rows = self._session.execute(f"SELECT count(*) FROM ({logs.sql(people.table)})").fetchall()
        return total - int(rows[0][0]) if people.is_rest else int(rows[0][0])

    def _samples(self, tree: Group, members: ir.Table) -> list[Sample]:
        ordered = members.order_by([members[PERSON].length(), members[PERSON]]).limit(SAMPLES)
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

    def _stored(self, people: People) -> People:
        return People(self._view(people.table), people.is_rest)

    def _view(self, table: ir.Table) -> ir.Table:
        self._number += 1
        name = f"counted_{self._number}"
        self._session.execute(f"CREATE TEMP TABLE {name} AS {logs.sql(table.select(PERSON))}")
        return self._table(name)

    def _registered(self, ids: pa.Table) -> ir.Table:
        self._number += 1
        name = f"counted_{self._number}"
        self._session.register(name, ids)
        return self._table(name)

    def _table(self, name: str) -> ir.Table:
        return cast("ir.Table", ibis.duckdb.from_connection(self._session).table(name))
