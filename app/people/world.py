"""What is known of people, as relations of one session: who there is, what they are and did."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any, cast

import duckdb
import ibis.expr.types as ir
import pyarrow as pa

from app.lake import dialects, logs, readable
from app.lake.dialects import Dialect
from app.lake.logs import Session

PERSON = "person_id"


@dataclass(frozen=True)
class World:
    """Relations that each have the column person_id, as text.

    `people` has each person once, `events` what they did, `datasets` by the schema's id a row a
    person, under the schema's column names in the lake. `audiences` has the members of audiences
    that are kept, by their public id, and `dialect` what the engine of all of them says in its
    own words. `session` is where the engine has them: DuckDB in this process, or Spark.
    """

    people: ir.Table
    events: ir.Table
    datasets: Mapping[int, ir.Table]
    audiences: Mapping[str, ir.Table] = field(default_factory=dict)
    dialect: Dialect = dialects.DUCKDB
    session: Session | None = None

    def given(self, name: str, rows: pa.Table) -> ir.Table:
        """Return rows of our own as a relation beside the others; raise EngineUnavailable."""
        return logs.given(self._opened, name, rows)

    def rows(self, expression: ir.Table) -> pa.Table:
        """Return the rows of an expression over these relations; raise EngineUnavailable."""
        return logs.frame(self._opened, expression)

    def keep(self, expression: ir.Table, within: duckdb.DuckDBPyConnection, name: str) -> None:
        """Make a temporary table of such rows in a session of DuckDB; raise EngineUnavailable."""
        logs.keep(self._opened, expression, within, name)

    @property
    def _opened(self) -> Session:
        if self.session is None:
            raise LookupError("The world was built without a session.")
        return self.session


def only(world: World, people: ir.Table) -> World:
    """Return what is known of these people alone; what is asked of each of them is the same."""
    return _each(world, lambda _name, table: table.semi_join(people, PERSON))


def of_few(world: World, ids: Sequence[str]) -> World:
    """Return what is known of a few people, read once and for all that is asked of them."""

    def read(name: str, table: ir.Table) -> ir.Table:
        rows = world.rows(table.filter(table[PERSON].isin(list(ids))))
        return world.given(f"{name}_of_few", rows)

    everybody = pa.table({PERSON: pa.array(ids, pa.string())})
    narrow = replace(world, people=world.given("few", everybody))
    return _each(narrow, lambda name, table: table if name == "people" else read(name, table))


def _each(world: World, made: Callable[[str, ir.Table], Any]) -> World:
    return replace(
        world,
        people=made("people", world.people),
        events=made("events", world.events),
        datasets={
            schema_id: made(f"dataset_{schema_id}", table)
            for schema_id, table in world.datasets.items()
        },
    )


def built(
    events: ir.Table, datasets: Mapping[int, ir.Table], session: Session | None = None
) -> World:
    """Return the world of these events and datasets; events of nobody known are left out."""
    known = events.filter(events.person_id.notnull())
    tables: Sequence[ir.Table] = [known, *datasets.values()]
    ids = [table.select(PERSON) for table in tables]
    everyone = reduce(lambda one, other: one.union(other), ids).distinct()
    return World(
        people=cast("ir.Table", everyone),
        events=known,
        datasets=datasets,
        dialect=logs.dialect(session) if session is not None else dialects.DUCKDB,
        session=session,
    )


def by_person(dataset: ir.Table, key: str) -> ir.Table:
    """Return a dataset with the person identifier as text beside its columns."""
    named = dataset.mutate(person_id=readable.expression(dataset[key]))
    return named.filter(named.person_id.notnull())
