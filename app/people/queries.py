"""Reading people: who there is. What is known of one is in `profile.py`."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

import pyarrow as pa

from app import clock, storage
from app.lake import engine, logs, matching, spark
from app.lake.logs import Session
from app.people import counting, counts, cuts, events_by_person, finding, world
from app.people.counting import Shared
from app.people.counts import Count
from app.people.cuts import PEOPLE_A_PAGE, Source
from app.people.identifiers import Identifier, Kind, declared, of_type
from app.people.world import PERSON, World
from app.schemas import queries as schemas
from app.schemas.models import Schema, SchemaParent
from app.tracking import queries as tracking


@dataclass(frozen=True)
class PeoplePage:
    """One page of identifiers, of the `matching_count` that match.

    `found_by` says by which further identifiers the search found somebody, and
    `visitor_event_count` how many events an anonymous id has that never was anybody. Of very many
    people, `counted_at` is when they were counted, and they are `is_counting` for the first time.
    """

    ids: list[str]
    matching_count: int
    number: int
    found_by: Mapping[str, list[str]] = field(default_factory=dict)
    visitor_event_count: int = 0
    counted_at: datetime | None = None
    is_counting: bool = False

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
def opened_world(*, by_setting: bool = False) -> Iterator[tuple[Any, World]]:
    """Give everything known of people, and a session of DuckDB for what comes of it.

    The engine is DuckDB in that session, or `by_setting` the one that ENGINE_URL names; to begin
    one takes seconds, for which nobody should wait. Raises EngineUnavailable.
    """
    found, meanings = person_schemas(), tracking.meanings()
    with engine.connection(storage.spill()) as session, ExitStack() as stack:
        opened: Session = session
        if by_setting and storage.engine_url():
            opened = stack.enter_context(spark.opened(storage.engine_url(), storage.spill()))
        events = events_by_person.opened(session, opened, meanings)
        datasets = {schema.id: finding.dataset(opened, schema) for schema in found}
        yield session, world.built(events, datasets, opened)


def list_people(*, search: str, number: int) -> PeoplePage:
    """Return a page of the people whom a search means, or of all.

    A search is the beginning of a person identifier, or a whole further identifier or anonymous id.
    """
    wanted, known = search.strip(), person_schemas()
    places, spill = finding.places(known), storage.spill()
    source = cuts.source(storage.lake(), places, spill) if not wanted else None
    if source is not None and source.is_large:
        return _page_of_many(source, number)
    fits = partial(matching.begins, text=wanted) if wanted else None
    with engine.connection(spill) as session:
        others = finding.found_by(session, declared(known), wanted) if wanted else {}
        people = finding.everybody(session, storage.lake(), places, fits)
        page = _page(session, people, list(others), number)
        is_nobody = bool(wanted) and not page.ids and page.number == 1
        visits = finding.count_as_visitor(session, wanted) if is_nobody else 0
    return replace(page, found_by=others, visitor_event_count=visits)


def _page_of_many(source: Source, number: int) -> PeoplePage:
    """Return a page of all people, who are too many to be counted while somebody waits."""
    now = clock.now()
    if number == 1 and cuts.remembered(source) is None:
        ids = cuts.first_people(source)
        cuts.find_beside(source, now)
        return PeoplePage(ids=ids, matching_count=len(ids), number=1, is_counting=True)
    found = cuts.found(source, now)
    cuts.find_beside(source, now)
    page = PeoplePage(ids=[], matching_count=found.people_count, number=number)
    if number > page.last:
        return page
    ids = cuts.people(source, found, number)
    return replace(page, ids=ids, counted_at=found.counted_at)


def _page(session: Any, people: Any, others: list[str], number: int) -> PeoplePage:
    session.register("others", pa.table({PERSON: pa.array(others, pa.string())}))
    both = f"({logs.sql(people)}) UNION SELECT {PERSON} FROM others"
    session.execute(f"CREATE TEMP TABLE found_people AS {both}")
    total = session.sql("SELECT count(*) AS number FROM found_people").to_arrow_table()
    rows = session.sql(
        f"SELECT {PERSON} FROM found_people ORDER BY length({PERSON}), {PERSON} "
        f"LIMIT {PEOPLE_A_PAGE} OFFSET {(number - 1) * PEOPLE_A_PAGE}"
    ).to_arrow_table()
    ids = rows[PERSON].to_pylist()
    return PeoplePage(ids=ids, matching_count=int(total["number"][0].as_py()), number=number)


def list_identifiers() -> list[Count]:
    """Return every declared person identifier, with how many profiles have it."""
    identifiers = declared(person_schemas())
    return counts.of(storage.lake(), identifiers, clock.now(), storage.spill())


def list_shared(name: str, schema_id: int) -> tuple[Identifier | None, list[Shared]]:
    """Return the identifier of this name and schema, if any, and the values several people have."""
    known = of_type(declared(person_schemas()), name)
    found = next(
        (each for each in known if (each.schema.id if each.schema else 0) == schema_id), None
    )
    if found is None:
        return None, []
    return found, counting.shared(found, storage.spill())


def find_persons(identifiers: Sequence[Identifier], value: str) -> list[str]:
    """Return whom a value of one type of identifier means; nobody, one or several."""
    if any(each.kind is Kind.PERSON for each in identifiers):
        return [value]
    with engine.connection() as session:
        found = (finding.persons_with(session, each, value) for each in identifiers)
        return list(dict.fromkeys(person for persons in found for person in persons))
