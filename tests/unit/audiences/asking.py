"""Small worlds and random conditions of every kind, for the explanations."""

import json
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import ibis
import pyarrow as pa
from hypothesis import strategies as st

from app.audiences.compiling import membership
from app.audiences.compiling.question import Question
from app.audiences.explaining import explained
from app.audiences.tree import reading
from app.audiences.tree.conditions import Attribute
from app.audiences.tree.vocabulary import Column, Known, Vocabulary
from app.lake import engine, logs
from app.people import world
from app.tabular.types import ColumnType

# Shortly after clocks were changed in Oslo, at the end of a long month.
NOW = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)
ADA = "ada"
_MOMENT = pa.timestamp("us", tz="UTC")
EVENTS = pa.schema(
    [
        *(("person_id", pa.string()), ("message_id", pa.string()), ("part", pa.int32())),
        ("source_id", pa.int64()),
        *(("event", pa.string()), ("occurred_at", _MOMENT), ("amount", pa.decimal128(38, 9))),
        ("properties", pa.string()),
    ]
)
PEOPLE = pa.schema(
    [("key", pa.string()), ("country", pa.string()), ("born", pa.date32()), ("seen", _MOMENT)]
)
COLUMNS = {
    Attribute("Customers", "country"): Column(1, "country", ColumnType.TEXT),
    Attribute("Customers", "born"): Column(1, "born", ColumnType.DATE),
    Attribute("Customers", "seen"): Column(1, "seen", ColumnType.DATETIME),
}
SHOPPERS = {"any": [{"did": {"event": "buy", "when": {"last": "2d"}}}]}


@contextmanager
def asked(happened=(), row=None, *, zone="UTC", now=NOW, person=ADA):
    """Give a session and a question of a world with one person, who did these things."""
    with engine.connection() as session:
        rows = [
            {
                **{"person_id": person, "message_id": str(place), "part": 0, "amount": None},
                "source_id": 1,
                **event,
                "properties": json.dumps(event.get("properties", {})),
            }
            for place, event in enumerate(happened)
        ]
        session.register("events", pa.Table.from_pylist(rows, EVENTS))
        people = [] if row is None else [{"key": person, **row}]
        session.register("dataset", pa.Table.from_pylist(people, PEOPLE))
        backend = ibis.duckdb.from_connection(session)
        dataset = world.by_person(backend.table("dataset"), "key")
        known = world.built(backend.table("events"), {1: dataset})
        shoppers = Known("s1", "Shoppers", reading.parsed(SHOPPERS), "Europe/Oslo")
        words = Vocabulary(COLUMNS, {"s1": shoppers})
        yield session, Question(known, words, now, ZoneInfo(zone))


def explain(raw, happened=(), row=None, **changes):
    """Return why the person is in a tree, or is not."""
    with asked(happened, row, **changes) as (session, question):
        person = changes.get("person", ADA)
        return explained.explained(reading.parsed(raw), question, session, person)


def is_member(tree, question, session):
    """Return whether the evaluation finds the person."""
    return bool(logs.frame(session, membership.members(tree, question)).num_rows)


def event(name="buy", ago=timedelta(), *, amount=None, **properties):
    return {
        "event": name,
        "occurred_at": NOW - ago,
        "amount": None if amount is None else Decimal(amount),
        "properties": properties,
    }


moments = st.one_of(
    st.integers(-3 * 24 * 60, 65 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes)),
    st.integers(-3, 65).map(lambda days: timedelta(days=days)),
    st.sampled_from([timedelta(days=31, hours=d) for d in (-13, -12, -11, 0, 12, 60)]),
)
happenings = st.lists(
    st.builds(
        event,
        st.sampled_from(["buy", "visit"]),
        moments,
        amount=st.none() | st.sampled_from(["0.10", "44.90", "45"]),
        category=st.sampled_from(["hats", "shoes", None]),
        due=st.sampled_from(["2026-03-30", "2026-04-02T10:00:00Z", "2026-02-28", "soon"]),
    ),
    min_size=1,
    max_size=6,
)
rows = st.none() | st.fixed_dictionaries(
    {
        "country": st.none() | st.sampled_from(["Norway", "Sweden"]),
        "born": st.none() | st.sampled_from([NOW.date() + timedelta(days=d) for d in (-31, 0, 9)]),
        "seen": st.none() | moments.map(lambda ago: NOW - ago),
    }
)
spans = st.sampled_from(["90min", "2d", "30d", "1mo", "2mo", "4w"])
exact_spans = st.sampled_from(["90min", "2d", "1w"])
names = st.sampled_from(["buy", "visit", "*"])
filters = st.lists(
    st.sampled_from(
        [
            {"property": "category", "op": "is", "value": "hats"},
            {"property": "category", "op": "is_not", "value": "hats"},
            {"property": "amount", "op": "more_than", "value": "1"},
            {"property": "due", "op": "in_the_next", "value": "1mo"},
            {"property": "due", "op": "in_the_last", "value": "30d"},
            {"property": "due", "op": "more_than_ago", "value": "2d"},
            {
                "property": "category",
                "op": "is",
                "attribute": {"schema": "Customers", "column": "country"},
            },
        ]
    ),
    max_size=2,
)
matches = st.fixed_dictionaries({"event": names, "where": filters})
moving = st.one_of(
    spans.map(lambda span: {"last": span}),
    spans.map(lambda span: {"before": span}),
    st.just({"last": "2mo", "before": "1w"}),
    st.sampled_from(
        ["today", "yesterday", "this week", "last week", "this month", "last month", "this year"]
    ).map(lambda period: {"calendar": period}),
)
windows = st.one_of(
    moving,
    st.none(),
    st.just({"from": "2026-03-01", "to": "2026-03-30"}),
    matches.map(lambda match: {"since": {**match, "which": "last"}, "within": "2d"}),
    matches.map(lambda match: {"until": {**match, "which": "first"}}),
)
times = st.fixed_dictionaries(
    {
        "op": st.sampled_from(["at_least", "exactly", "at_most"]),
        "n": st.integers(1, 2),
        "of": st.sampled_from(["times", "days", {"property": "category"}]),
    }
)


def _with(match, when, **more):
    told = {name: value for name, value in more.items() if value}
    return {**match, **({"when": when} if when else {}), **told}


def _sequence(first, when, middle, last, is_absence):
    verb = "did_not" if is_absence else "did"
    return _with(first, when, then=[*middle, {verb: last}])


steps = st.builds(
    lambda match, within, after: {"did": _with(match, None, within=within, after=after)},
    matches,
    exact_spans,
    st.none() | st.just("1h"),
)
lasts = st.builds(lambda match, within: _with(match, None, within=within), matches, exact_spans)
dids = st.one_of(
    st.builds(lambda match, when, often: _with(match, when, times=often), matches, windows, times),
    st.builds(
        lambda match, when, which: _with(match, when, which=which),
        matches,
        windows,
        st.sampled_from(["first", "last", 2]),
    ),
    st.builds(_sequence, matches, windows, st.lists(steps, max_size=1), lasts, st.booleans()),
)
figures = st.builds(
    lambda function, match, when, compared: {
        "have": {
            "aggregate": {"function": function, **_with(match, when)},
            **compared,
        }
    },
    st.sampled_from(["count", "sum", "avg", "min", "max"]),
    matches,
    windows,
    st.sampled_from([{"op": "at_least", "value": "45"}, {"op": "less_than", "value": "2"}]),
)
texts = st.builds(
    lambda function, when, compared: {
        "have": {
            "aggregate": {
                "function": function,
                **_with({"event": "buy"}, when),
                "property": compared[0],
            },
            **compared[1],
        }
    },
    st.sampled_from(["top", "first", "last"]),
    windows,
    st.sampled_from(
        [
            ("category", {"op": "is", "value": "hats"}),
            ("due", {"op": "in_the_last", "value": "2d"}),
        ]
    ),
)


def attribute(name, op, value):
    subject = {"attribute": {"schema": "Customers", "column": name}}
    return {"have": {**subject, "op": op, "value": value}}


attributes = st.one_of(
    st.sampled_from(["is", "is_not"]).map(lambda op: attribute("country", op, "Norway")),
    st.builds(
        attribute,
        st.sampled_from(["born", "seen"]),
        st.sampled_from(["in_the_last", "in_the_next", "more_than_ago"]),
        st.sampled_from(["2d", "1w", "1mo"]),
    ),
)
leaves = st.one_of(
    dids.map(lambda did: {"did": did}),
    dids.map(lambda did: {"did_not": did}),
    figures,
    texts,
    attributes,
    st.sampled_from([{"in": "Shoppers"}, {"not_in": "s1"}]),
    st.just({"split": {"name": "spring", "from": 0, "to": 50}}),
)
groups = st.recursive(
    leaves,
    lambda inner: st.builds(
        lambda kind, members: {kind: members},
        st.sampled_from(["all", "any", "none"]),
        st.lists(inner, min_size=1, max_size=2),
    ),
    max_leaves=3,
)
trees = st.builds(lambda node: {"all": [node]}, groups)
zones = st.sampled_from(["UTC", "Europe/Oslo", "America/New_York", "Asia/Kolkata"])
