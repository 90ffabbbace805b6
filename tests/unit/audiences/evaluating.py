"""What our code finds in a world: the engine's members of trees."""

from zoneinfo import ZoneInfo

import ibis
import pyarrow as pa

from app.audiences.compiling import membership
from app.audiences.compiling.question import Question
from app.audiences.tree import reading
from app.audiences.tree.conditions import Attribute
from app.audiences.tree.vocabulary import Column, Known, Vocabulary
from app.lake import engine, logs
from app.people import world as people_world
from app.tabular.types import ColumnType, arrow_type
from app.tracking import events

SCHEMAS = ("Customers", "Clubs")


def vocabulary(world):
    """Return what the trees of a world may speak of."""
    places = {key: number for number, key in enumerate(world["types"], 2)}
    attributes = {
        Attribute(*key): Column(1 + SCHEMAS.index(key[0]), f"c{place}", column_type(world, key))
        for key, place in places.items()
    }
    audiences = {
        name: Known(
            name,
            each["name"],
            reading.parsed(each["tree"]) if "tree" in each else None,
            each.get("zone", "UTC"),
        )
        for name, each in world["audiences"].items()
    }
    return Vocabulary(attributes, audiences)


def column_type(world, key):
    return ColumnType(world["types"][key].lower())


def dataset(world, schema):
    """Return the rows of a dataset, the person's id as c1."""
    keys = [(place, key) for place, key in enumerate(world["types"], 2) if key[0] == schema]
    people = sorted({person for _place, key in keys for person in world["rows"][key]})
    columns = {"c1": pa.array(people, pa.string())}
    for place, key in keys:
        column = [world["rows"][key].get(person) for person in people]
        columns[f"c{place}"] = pa.array(column, arrow_type(column_type(world, key)))
    return pa.table(columns)


def stored(world):
    """Return the events as they are stored."""
    return pa.Table.from_pylist(
        [
            {**each, "type": "track", "event": each["name"], "received_at": world["now"]}
            for each in world["events"]
        ],
        events.SCHEMA,
    )


def question(session, world):
    """Return the question that a world is asked in a session."""
    session.register("stored", stored(world))
    backend = ibis.duckdb.from_connection(session)
    datasets = {}
    for number, schema in enumerate(SCHEMAS, 1):
        session.register(f"dataset_{number}", dataset(world, schema))
        datasets[number] = people_world.by_person(backend.table(f"dataset_{number}"), "c1")
    lists = {}
    for number, (name, each) in enumerate(world["audiences"].items()):
        if "list" in each:
            session.register(f"list_{number}", pa.table({"person_id": sorted(each["list"])}))
            lists[name] = backend.table(f"list_{number}")
    built = people_world.built(backend.table("stored"), datasets)
    built = people_world.World(built.people, built.events, built.datasets, lists)
    return Question(built, vocabulary(world), world["now"], ZoneInfo(world["zone"]))


def found(trees, world):
    """Return the ids of the members of each tree of JSON."""
    with engine.connection() as session:
        asked = question(session, world)
        return [members(session, reading.parsed(raw), asked) for raw in trees]


def members(session, tree, asked):
    ids = logs.frame(session, membership.members(tree, asked))["person_id"].to_pylist()
    assert len(ids) == len(set(ids))
    return set(ids)
