"""Reading people: who there is. What is known of one is in `profile.py`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import ibis

from app import storage
from app.lake import engine, logs
from app.people import world
from app.people.world import World
from app.schemas import queries as schemas
from app.schemas.models import Schema, SchemaParent
from app.tracking import identity
from app.tracking import queries as tracking

PEOPLE_A_PAGE = 50


@dataclass(frozen=True)
class PeoplePage:
    """One page of identifiers, of the `matching_count` that match."""

    ids: list[str]
    matching_count: int
    number: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.matching_count // PEOPLE_A_PAGE))


def person_schemas() -> list[Schema]:
    """Return the schemas whose rows are people."""
    return [
        schema
        for schema in schemas.list_schemas()
        if schema.parent is SchemaParent.PERSONAL_DATA and schema.key_column is not None
    ]


@contextmanager
def opened_world() -> Iterator[tuple[Any, World]]:
    """Give a session with everything known of people."""
    spans = identity.spans(tracking.links())
    found = person_schemas()
    with engine.connection(storage.staging() / "spill") as session:
        events = tracking.with_people(session, spans)
        datasets = {schema.id: _dataset(session, schema) for schema in found}
        yield session, world.built(events, datasets)


def list_people(*, search: str, number: int) -> PeoplePage:
    """Return a page of people whose identifier, or an anonymous id of theirs, begins so."""
    wanted = search.strip()
    with opened_world() as (session, known):
        people = known.people
        if wanted:
            seen = known.events.filter(known.events.anonymous_id == wanted)
            is_meant = people.person_id.startswith(wanted)
            people = people.filter(is_meant | people.person_id.isin(seen.person_id))
        total = logs.frame(session, people.aggregate(number=people.count()))
        page = people.order_by([ibis._.person_id.length(), "person_id"])
        rows = page.limit(PEOPLE_A_PAGE, offset=(number - 1) * PEOPLE_A_PAGE)
        ids = logs.frame(session, rows)["person_id"].to_pylist()
    return PeoplePage(ids=ids, matching_count=int(total["number"][0].as_py()), number=number)


def _dataset(session: Any, schema: Schema) -> Any:
    key = schema.key_column
    columns = schemas.arrow_schema(schema.table_name)
    table = logs.opened(session, storage.lake(), schema.table_name, columns)
    return world.by_person(table, key.field_name if key else "")
