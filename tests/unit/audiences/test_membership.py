"""Any tree over any people and events has the members that plain loops find."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import ibis
import pyarrow as pa
import pytest
from app.audiences.conditions import Attribute
from app.audiences.membership import AttributeUnknown, Column
from app.audiences.operators import ValueUnfit
from hypothesis import given, settings
from hypothesis import strategies as st

from app.audiences import conditions, membership, reading, sentences
from app.lake import engine, logs
from app.people import world
from app.tabular.types import ColumnType
from tests.unit.audiences import naive

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PEOPLE = ("ada", "bob", "eve", "ivy")
VOCABULARY = {
    Attribute("Customers", "userid"): Column(1, "c1", ColumnType.TEXT),
    Attribute("Customers", "country"): Column(1, "c2", ColumnType.TEXT),
    Attribute("Customers", "points"): Column(1, "c3", ColumnType.INTEGER),
}
ORDERS = ("at_least", "at_most", "more_than", "less_than")
TEXT_OPERATORS = ("is", "is_not", "contains", "is_empty", "is_not_empty")

events = st.fixed_dictionaries(
    {
        "person_id": st.sampled_from([*PEOPLE, None]),
        "event": st.sampled_from(["buy", "visit"]),
        "occurred_at": st.integers(0, 60).map(
            lambda days: NOW - timedelta(days=days, minutes=days)
        ),
        "amount": st.none() | st.sampled_from([Decimal("0.10"), Decimal("44.90"), Decimal(45)]),
        "properties": st.fixed_dictionaries(
            {},
            optional={
                "category": st.sampled_from(["Books", "Music", "", "a/b"]),
                "size": st.sampled_from([1, 2, "3", "many", True, None]),
                "od~d/": st.just("x"),
            },
        ),
    }
)
rows = st.fixed_dictionaries(
    {
        "country": st.none() | st.sampled_from(["Norway", "Brazil"]),
        "points": st.none() | st.integers(-2, 3),
    }
)
numbers = st.sampled_from(["0", "1", "2", "0.1", "45", "-1", "89.9"])
words = st.sampled_from(["Books", "Music", "Norway", "o", "3", "true", "a/b"])
when = st.just({}) | st.integers(1, 60).map(lambda days: {"when": {"last": f"{days}d"}})
in_text = st.fixed_dictionaries({"op": st.sampled_from(TEXT_OPERATORS), "value": words})
in_order = st.fixed_dictionaries({"op": st.sampled_from(ORDERS), "value": numbers})
in_number = st.fixed_dictionaries(
    {"op": st.sampled_from([*ORDERS, "is", "is_not"]), "value": numbers}
)


def named(name, compared):
    return compared.map(lambda one: {"property": name, **one})


filters = st.lists(
    st.sampled_from(["category", "size", "od~d/"]).flatmap(
        lambda name: named(name, in_text | in_order)
    )
    | named("amount", in_number),
    max_size=2,
)
did = st.tuples(
    st.sampled_from(["did", "did_not"]),
    st.sampled_from(["buy", "visit"]),
    filters,
    st.integers(1, 3),
    when,
).map(
    lambda found: {
        found[0]: {
            "event": found[1],
            "where": found[2],
            "times": {"op": "at_least", "n": found[3], "of": "times"},
            **found[4],
        }
    }
)


def have(about, compared):
    return st.tuples(about, compared).map(lambda both: {"have": {**both[0], **both[1]}})


def attribute(name):
    return st.just({"attribute": {"schema": "Customers", "column": name}})


def aggregate(function, names):
    return st.tuples(st.sampled_from(["buy", "visit"]), st.sampled_from(names), when).map(
        lambda found: {
            "aggregate": {"function": function, "event": found[0], "property": found[1], **found[2]}
        }
    )


leaf = (
    did
    | have(attribute("country"), in_text)
    | have(attribute("points"), in_number)
    | have(aggregate("sum", ["amount", "size"]), in_number)
    | have(aggregate("count", ["amount"]), in_number)
    | have(aggregate("top", ["category", "size"]), in_text)
)
trees = st.recursive(
    leaf,
    lambda inner: st.tuples(
        st.sampled_from(["all", "any", "none"]), st.lists(inner, min_size=1, max_size=3)
    ).map(lambda found: {found[0]: found[1]}),
    max_leaves=5,
).map(lambda node: node if next(iter(node)) in {"all", "any", "none"} else {"all": [node]})


def found_by_us(tree, people, happened):
    """Return the members by way of the engine."""
    table = pa.Table.from_pylist(
        [{**event, "properties": json.dumps(event["properties"])} for event in happened],
        pa.schema(
            [
                ("person_id", pa.string()),
                ("event", pa.string()),
                ("occurred_at", pa.timestamp("us", tz="UTC")),
                ("amount", pa.decimal128(38, 9)),
                ("properties", pa.string()),
            ]
        ),
    )
    dataset = pa.Table.from_pylist(
        [{"c1": name, "c2": row["country"], "c3": row["points"]} for name, row in people.items()],
        pa.schema([("c1", pa.string()), ("c2", pa.string()), ("c3", pa.int64())]),
    )
    with engine.connection() as session:
        session.register("events", table)
        session.register("dataset", dataset)
        backend = ibis.duckdb.from_connection(session)
        known = world.built(
            backend.table("events"), {1: world.by_person(backend.table("dataset"), "c1")}
        )
        found = membership.members(tree, known, VOCABULARY, NOW)
        ids = logs.frame(session, found)["person_id"].to_pylist()
    assert len(ids) == len(set(ids))
    return set(ids)


@settings(max_examples=150)
@given(
    raw=trees,
    dataset=st.dictionaries(st.sampled_from(PEOPLE), rows),
    happened=st.lists(events, max_size=12),
)
def test_the_engine_finds_whom_plain_loops_find(raw, dataset, happened):
    active = {event["person_id"] for event in happened if event["person_id"]}
    everybody = {name: dataset.get(name, {}) for name in active | set(dataset)}
    tree = reading.parsed(raw)

    assert found_by_us(tree, dataset, happened) == naive.members(raw, everybody, happened, NOW)


@given(raw=trees)
def test_a_tree_is_kept_as_it_was_and_can_be_said(raw):
    tree = reading.parsed(raw)

    assert reading.parsed(json.loads(json.dumps(conditions.to_json(tree)))) == tree
    assert sentences.sentence(tree).startswith("People who ")


def test_an_attribute_that_no_dataset_has_is_said():
    raw = {"attribute": {"schema": "Gone", "column": "x"}, "op": "is", "value": "1"}

    with pytest.raises(AttributeUnknown, match="x .Gone"):
        found_by_us(reading.parsed({"all": [{"have": raw}]}), {}, [])


def test_a_value_of_another_type_is_said():
    raw = {"attribute": {"schema": "Customers", "column": "points"}, "op": "is", "value": "many"}

    with pytest.raises(ValueUnfit, match="no number"):
        found_by_us(reading.parsed({"all": [{"have": raw}]}), {}, [])
