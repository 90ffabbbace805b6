"""Over sent events and rows of an Interaction dataset together, members are whom loops find."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import ibis
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from app.audiences import membership, reading
from app.lake import engine, logs
from app.people import world
from app.schemas.models import Schema, SchemaColumn
from app.schemas.parents import SchemaParent
from app.schemas.roles import ColumnRole
from app.tabular.types import ColumnType, arrow_type
from app.tracking import events, identity, interactions
from app.tracking.names import EventKind
from tests.unit.audiences import naive
from tests.unit.audiences.test_membership import NOW, PEOPLE, VOCABULARY, trees
from tests.unit.audiences.test_membership import events as sent_events
from tests.unit.audiences.test_membership import rows as people_rows

MEANINGS = {"sold": EventKind.BUY, "seen": EventKind.VISIT, "buy": EventKind.BUY, "odd": None}
ROLES = {
    "card": (ColumnType.TEXT, ColumnRole.PERSON),
    "visitor": (ColumnType.TEXT, ColumnRole.ANONYMOUS_ID),
    "at": (ColumnType.DATETIME, ColumnRole.TIME),
    "action": (ColumnType.TEXT, ColumnRole.EVENT),
    "total": (ColumnType.DECIMAL, ColumnRole.AMOUNT),
    "category": (ColumnType.TEXT, None),
    "size": (ColumnType.INTEGER, None),
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
LINK = identity.Link("dev-1", NOW - timedelta(days=20), "ivy")
rung_up = st.fixed_dictionaries(
    {
        "card": st.sampled_from([*PEOPLE, None, ""]),
        "visitor": st.sampled_from(["dev-1", "dev-2", None]),
        "at": st.none()
        | st.integers(0, 60).map(lambda days: NOW - timedelta(days=days, seconds=days)),
        "action": st.sampled_from(["sold", "seen", "buy", "odd", "", None]),
        "total": st.none()
        | st.sampled_from([Decimal("0.10"), Decimal("44.90"), Decimal(10) ** 16]),
        "category": st.none() | st.sampled_from(["Books", "Music", ""]),
        "size": st.none() | st.integers(1, 4),
    }
)


def as_sent(row):
    """Return a row as the event it is, by plain words; None where it is none."""
    person = row["card"] or ("ivy" if row["visitor"] == "dev-1" else None)
    if row["at"] is None or person is None:
        return None
    # Without a column that says so, the event is called as the schema is.
    name = row["action"] or "visit"
    kept = {name: row[name] for name in ("category", "size") if row[name] is not None}
    return {
        "person_id": person,
        "event": {"sold": "buy", "seen": "visit"}.get(name, name),
        "occurred_at": row["at"],
        "amount": row["total"] if row["total"] and row["total"] < 10**15 else None,
        "properties": kept,
    }


def found_by_us(tree, people, sent, rows):
    stored = pa.Table.from_pylist(
        [{**each, "properties": json.dumps(each["properties"])} for each in sent], events.SCHEMA
    )
    dataset = pa.Table.from_pylist(
        [{"c1": name, "c2": row["country"], "c3": row["points"]} for name, row in people.items()],
        pa.schema([("c1", pa.string()), ("c2", pa.string()), ("c3", pa.int64())]),
    )
    fields = pa.schema([(each.field_name, arrow_type(each.type)) for each in SCHEMA.columns])
    bought = pa.table([[row[each.name] for row in rows] for each in SCHEMA.columns], schema=fields)
    with engine.connection() as session:
        for name, table in (("stored", stored), ("dataset", dataset), ("bought", bought)):
            session.register(name, table)
        session.register("spans", identity.spans([LINK]))
        backend = ibis.duckdb.from_connection(session)
        events_of_rows = interactions.as_events(backend.table("bought"), SCHEMA, session, MEANINGS)
        both = backend.table("stored").union(events_of_rows)
        known = world.built(
            identity.with_person(both, backend.table("spans")),
            {1: world.by_person(backend.table("dataset"), "c1")},
        )
        return set(
            logs.frame(session, membership.members(tree, known, VOCABULARY, NOW))[
                "person_id"
            ].to_pylist()
        )


@settings(max_examples=100)
@given(
    raw=trees,
    people=st.dictionaries(st.sampled_from(PEOPLE), people_rows),
    sent=st.lists(sent_events, max_size=6),
    rows=st.lists(rung_up, max_size=8),
)
def test_the_engine_finds_whom_plain_loops_find(raw, people, sent, rows):
    happened = [*sent, *(event for row in rows if (event := as_sent(row)))]
    active = {event["person_id"] for event in happened if event["person_id"]}
    everybody = {name: people.get(name, {}) for name in active | set(people)}

    found = found_by_us(reading.parsed(raw), people, sent, rows)

    assert found == naive.members(raw, everybody, happened, NOW)


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
