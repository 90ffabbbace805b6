"""Over sent events and rows of an Interaction dataset together, members are whom loops find."""

import json
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import ibis
import pyarrow as pa
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.audiences.tree import reading
from app.lake import engine, logs
from app.people import world as people_world
from app.schemas.models import Schema, SchemaColumn
from app.schemas.parents import SchemaParent
from app.schemas.roles import ColumnRole
from app.tabular.types import ColumnType, arrow_type
from app.tracking import identity, interactions
from app.tracking.names import EventKind
from tests.unit.audiences import evaluating, naive
from tests.unit.audiences.trees import Trees
from tests.unit.audiences.worlds import PEOPLE, moment, world

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
MEANINGS = {"sold": EventKind.BUY, "seen": EventKind.VISIT, "buy": EventKind.BUY, "odd": None}
ROLES = {
    "card": (ColumnType.TEXT, ColumnRole.PERSON),
    "visitor": (ColumnType.TEXT, ColumnRole.ANONYMOUS_ID),
    "at": (ColumnType.DATETIME, ColumnRole.TIME),
    "action": (ColumnType.TEXT, ColumnRole.EVENT),
    "total": (ColumnType.DECIMAL, ColumnRole.AMOUNT),
    "p": (ColumnType.TEXT, None),
    "sku": (ColumnType.INTEGER, None),
}
SCHEMA = Schema(
    id=7,
    name="visit",
    parent=SchemaParent.INTERACTION,
    event_name="",
    columns=[
        SchemaColumn(id=10 + number, name=name, type=kind, is_identifier=False, role=role)
        for number, (name, (kind, role)) in enumerate(ROLES.items())
    ],
)
LINK = identity.Link("dev-1", NOW - timedelta(days=20), PEOPLE[0])


def rung_up(rng, about):
    """Return a row of a till, about a world's people and moments."""
    return {
        "card": rng.choice((*PEOPLE, *PEOPLE, None, "")),
        "visitor": rng.choice(("dev-1", "dev-2", None)),
        "at": rng.choice((None, *[moment(rng, about["now"], about["zone"]) for _ in range(4)])),
        "action": rng.choice(("sold", "seen", "buy", "odd", "", None)),
        "total": rng.choice((None, Decimal("0.10"), Decimal("5.1"), Decimal(10) ** 16)),
        "p": rng.choice((None, "a", "5", "")),
        "sku": rng.choice((None, 1, 5)),
    }


def as_sent(row):
    """Return a row as the event it is, by plain words; None where it is none."""
    person = row["card"] or (PEOPLE[0] if row["visitor"] == "dev-1" else None)
    if row["at"] is None or person is None:
        return None
    # Without a column that says so, the event is called as the schema is.
    name = row["action"] or "visit"
    kept = {name: row[name] for name in ("p", "sku") if row[name] is not None}
    return {
        "person_id": person,
        "name": {"sold": "buy", "seen": "visit"}.get(name, name),
        "occurred_at": row["at"],
        "amount": row["total"] if row["total"] and row["total"] < 10**15 else None,
        "properties": json.dumps(kept),
    }


def found_by_us(trees, about, rows):
    fields = pa.schema([(each.field_name, arrow_type(each.type)) for each in SCHEMA.columns])
    bought = pa.table([[row[each.name] for row in rows] for each in SCHEMA.columns], schema=fields)
    with engine.connection() as session:
        session.register("sent", evaluating.stored(about))
        session.register("bought", bought)
        session.register("spans", identity.spans([LINK]))
        backend = ibis.duckdb.from_connection(session)
        events_of_rows = interactions.as_events(backend.table("bought"), SCHEMA, session, MEANINGS)
        both = backend.table("sent").union(events_of_rows)
        events = identity.with_person(both, backend.table("spans"))
        asked = evaluating.question(session, about)
        asked = replace(asked, world=people_world.built(events, asked.world.datasets))
        return [evaluating.members(session, reading.parsed(raw), asked) for raw in trees]


def has_no_order(raw):
    """Tell whether a tree asks nothing of the order of events of one moment.

    That is by message id, which for a row is a digest of it.
    """
    said = json.dumps(raw)
    return not any(
        word in said for word in ('"which"', '"function": "first"', '"function": "last"')
    )


@settings(max_examples=3, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(seed=st.integers(0, 2**40))
def test_the_engine_finds_whom_plain_loops_find(seed):
    rng = random.Random(seed)
    about = world(rng)
    rows = [rung_up(rng, about) for _ in range(60)]
    made = Trees(rng, about["now"], about["zone"])
    trees = [raw for raw in (made.tree() for _ in range(4)) if has_no_order(raw)]
    happened = [*about["events"], *(event for row in rows if (event := as_sent(row)))]

    for raw, found in zip(trees, found_by_us(trees, about, rows), strict=True):
        assert found == naive.members(raw, {**about, "events": happened}), json.dumps(raw)


def test_a_date_without_a_time_is_its_first_moment():
    columns = [
        SchemaColumn(id=1, name="who", type=ColumnType.INTEGER, role=ColumnRole.PERSON),
        SchemaColumn(id=2, name="day", type=ColumnType.DATE, role=ColumnRole.TIME),
        SchemaColumn(id=3, name="paid", type=ColumnType.DECIMAL),
    ]
    schema = Schema(id=1, name="Till", event_name="buy in store", columns=columns)
    rows = pa.table({"c1": [7], "c2": [NOW.date()], "c3": [Decimal("1.50")]})

    with engine.connection() as session:
        session.register("rows", rows)
        table = ibis.duckdb.from_connection(session).table("rows")
        found = logs.frame(session, interactions.as_events(table, schema, session, {})).to_pylist()

    (event,) = found
    assert (event["event"], event["name"], event["person_id"]) == ("buy in store",) * 2 + ("7",)
    assert event["occurred_at"] == datetime(2026, 11, 24, tzinfo=UTC)
    assert json.loads(event["properties"]) == {"paid": "1.5"}
    assert event["amount"] is None
