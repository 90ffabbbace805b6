"""The world with one person in it: what they did and are, read by look-ups in a few moments."""

from collections.abc import Iterator
from contextlib import contextmanager

import ibis
import pyarrow as pa

from app.lake import kept
from app.lake.engine import Session, literal
from app.lake.engine import identifier as quoted
from app.people import profile, queries, world
from app.people.timeline import NOTHING
from app.people.world import PERSON, World
from app.schemas import queries as schemas

_EVENTS = "their_events"
# What conditions ask of an event.
_COLUMNS = ("message_id", "part", "source_id", "event", "occurred_at", "amount", "properties")


@contextmanager
def one_persons_world(person_id: str) -> Iterator[tuple[Session, World]]:
    """Give a session with everything known of one person, which is read once.

    The world is as `queries.opened_world` has it, with nobody else in it.
    """
    with kept.session() as session:
        _take_events(session, person_id)
        tables = _take_rows(session, person_id)
        backend = ibis.duckdb.from_connection(session)
        datasets = {schema_id: backend.table(name) for schema_id, name in tables.items()}
        yield session, world.built(backend.table(_EVENTS), datasets)


def _take_events(session: Session, person_id: str) -> None:
    """Make a table of what they did; an anonymous id that is theirs is them."""
    united = " UNION ALL ".join(profile.event_parts(session, person_id)) or NOTHING
    listed = ", ".join(quoted(name) for name in _COLUMNS)
    session.execute(
        f"CREATE OR REPLACE TEMP TABLE {_EVENTS} AS "
        f"SELECT {literal(person_id)} AS {PERSON}, {listed} FROM ({united})"
    )


def _take_rows(session: Session, person_id: str) -> dict[int, str]:
    """Register their row of each dataset of people, or none, by the schema's id."""
    tables = {}
    for schema in queries.person_schemas():
        columns = schemas.arrow_schema(schema.table_name)
        row = profile.row_of(session, schema, person_id)
        found = [] if row is None else [{name: row[name] for name in columns.names if name in row}]
        table = pa.Table.from_pylist(found, columns)
        ids = pa.array([person_id] * len(found), pa.string())
        tables[schema.id] = f"their_row_{schema.id}"
        session.register(tables[schema.id], table.append_column(PERSON, ids))
    return tables
