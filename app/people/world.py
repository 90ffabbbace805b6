"""What is known of people, as relations of one session: who there is, what they are and did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import cast

import ibis.expr.types as ir

from app.lake import dialects, readable
from app.lake.dialects import Dialect

PERSON = "person_id"


@dataclass(frozen=True)
class World:
    """Relations that each have the column person_id, as text.

    `people` has each person once, `events` what they did, `datasets` by the schema's id a row a
    person, under the schema's column names in the lake. `audiences` has the members of audiences
    that are kept, by their public id, and `dialect` what the engine of all of them says in its
    own words.
    """

    people: ir.Table
    events: ir.Table
    datasets: Mapping[int, ir.Table]
    audiences: Mapping[str, ir.Table] = field(default_factory=dict)
    dialect: Dialect = dialects.DUCKDB


def only(world: World, people: ir.Table) -> World:
    """Return what is known of these people alone; what is asked of each of them is the same."""

    def theirs(table: ir.Table) -> ir.Table:
        return cast("ir.Table", table.semi_join(people, PERSON))

    return replace(
        world,
        people=theirs(world.people),
        events=theirs(world.events),
        datasets={name: theirs(table) for name, table in world.datasets.items()},
    )


def built(events: ir.Table, datasets: Mapping[int, ir.Table]) -> World:
    """Return the world of these events and datasets; events of nobody known are left out."""
    known = events.filter(events.person_id.notnull())
    tables: Sequence[ir.Table] = [known, *datasets.values()]
    ids = [table.select(PERSON) for table in tables]
    everyone = reduce(lambda one, other: one.union(other), ids).distinct()
    return World(people=cast("ir.Table", everyone), events=known, datasets=datasets)


def by_person(dataset: ir.Table, key: str) -> ir.Table:
    """Return a dataset with the person identifier as text beside its columns."""
    named = dataset.mutate(person_id=readable.expression(dataset[key]))
    return named.filter(named.person_id.notnull())
