"""Spark finds the same members as DuckDB in the same lake, by the same service."""

import random
from datetime import timedelta

import pytest

from app.audiences import queries
from app.audiences.compiling import membership
from app.audiences.evaluation import services as evaluation
from app.audiences.models import AudienceStatus
from app.audiences.tree import reading
from app.extensions import db
from app.lake import spark as engine
from app.lake.spark import EngineUnavailable
from app.people import queries as people
from app.tracking import services as tracking
from tests.conftest import NOW
from tests.integration.audiences.making import (
    evaluate,
    make_audience,
    make_people,
    member_ids,
)
from tests.integration.tracking.sending import make_source, send
from tests.integration.tracking.test_interactions import make_sales

EVERYBODY = 13
PEOPLE = [str(number) for number in range(1, 13)]
CATEGORIES = ["Books", "books & more", "Bücher", "😀", "", "12", "1e16", None]
SUM = {"function": "sum", "event": "buy", "property": "amount"}


def did(event, *where, **more):
    return {"did": {"event": event, "where": list(where), **more}}


def where(name, op, value=None):
    return {"property": name, "op": op} | ({} if value is None else {"value": value})


def have(figure, op, value=None):
    kind = "attribute" if "schema" in figure else "aggregate"
    return {"have": {kind: figure, "op": op} | ({} if value is None else {"value": value})}


TREES = {
    "did": {"all": [did("buy")]},
    "did not": {"all": [{"did_not": {"event": "buy", "where": []}}]},
    "at least so often, lately": {
        "all": [did("buy", times={"op": "at_least", "n": 2, "of": "times"}, when={"last": "9d"})]
    },
    "text of a property": {"all": [did("buy", where("category", "contains", "ook"))]},
    "another text": {"all": [did("buy", where("category", "is_not", "Bücher"))]},
    "a sign of two halves": {"all": [did("buy", where("category", "is", "😀"))]},
    "a property that is empty": {"all": [did("visit", where("category", "is_empty"))]},
    "a property as a number": {"all": [did("buy", where("size", "at_least", "2.5"))]},
    "a large number": {"all": [did("visit", where("size", "is", "12345678.5"))]},
    "an odd name": {"all": [did("buy", where("it's a/b~c\\d", "is", "yes"))]},
    "a column of a dataset": {"all": [did("buy in store", where("store", "is", "Oslo"))]},
    "the amount": {"all": [did("buy", where("amount", "more_than", "3.5"))]},
    "a sum": {"all": [have(SUM, "at_least", "12.5")]},
    "a sum of nothing": {"all": [have(SUM, "at_most", "0")]},
    "a sum of a property": {"any": [have(SUM | {"property": "size"}, "less_than", "4")]},
    "a count": {"any": [have({"function": "count", "event": "visit"}, "is", "1")]},
    "what came most often": {
        "any": [have({"function": "top", "event": "buy", "property": "category"}, "is", "Books")]
    },
    "all, any and none": {
        "all": [
            {"any": [did("buy"), did("visit"), did("return in store")]},
            {"none": [did("visit", where("size", "at_most", "1"))]},
        ]
    },
}


def attributes(schema):
    """Return trees that ask for what is known of people."""
    name, points = ({"schema": schema, "column": each} for each in ("name", "points"))
    return {
        "a text of theirs": {"all": [have(name, "contains", "d")]},
        "no number of theirs": {"all": [have(points, "is_empty")]},
        "a number of theirs": {"all": [have(points, "at_least", "4")]},
        "another text of theirs": {"all": [have(name, "is_not", "Ada")]},
    }


def make_world(app):
    """Fill the lake with people, their sales, and events of theirs and of visitors."""
    known = make_people("id,name,points\n1,Ada,3\n2,Bob,5\n3,Eve,\n14,Zoë,4\n")
    known.name, known.schema.name = "Members", "Members"
    db.session.commit()
    make_sales()
    chosen = random.Random(7)
    source = make_source()
    batch = [{"type": "identify", "userId": "5", "anonymousId": "dev-5"}]
    for _each in range(150):
        who = {"userId": chosen.choice(PEOPLE)}
        if chosen.random() < 0.2:
            who = {"anonymousId": chosen.choice(["dev-5", "dev-6"])}
        properties = {
            "category": chosen.choice(CATEGORIES),
            "size": chosen.choice([1, 2.5, "3", "3.50", 12345678.5, 1e16, True, None, "many"]),
            "it's a/b~c\\d": chosen.choice(["yes", "no", ["yes"]]),
            "revenue": chosen.choice([0, 1.25, 5, None]),
        }
        event = chosen.choice(["buy", "visit", "seen"])
        at = NOW - timedelta(hours=chosen.randrange(480))
        said = {"event": event, "properties": properties, "timestamp": at.isoformat()}
        batch.append({"type": "track", **said, **who})
    for begin in range(0, len(batch), 50):
        # Several files, of which some have what others lack.
        send(app, source, "/v1/batch", {"batch": batch[begin : begin + 50]})
        tracking.flush_inbox()
    return "Members"


def found_by(app, url, trees):
    """Return who is in each tree, by the engine of this address."""
    app.config["ENGINE_URL"] = url
    with people.opened_world(by_setting=True) as (_session, world):
        asked = {
            name: membership.members(reading.parsed(tree), queries.question(world, "UTC", NOW))
            for name, tree in trees.items()
        }
        return {
            name: sorted(world.rows(each)["person_id"].to_pylist()) for name, each in asked.items()
        }


def test_spark_finds_whom_duckdb_finds(on_spark):
    trees = TREES | attributes(make_world(on_spark))

    by_spark, by_duckdb = (found_by(on_spark, url, trees) for url in ("local[2]", ""))

    assert by_spark == by_duckdb
    # Nothing is asked of which everybody or nobody would be an answer.
    assert [name for name, ids in by_duckdb.items() if len(ids) in {0, EVERYBODY}] == []


def test_a_job_records_whom_spark_finds(on_spark):
    make_world(on_spark)
    tree = TREES["all, any and none"]

    audience = evaluate(make_audience(tree))

    assert (audience.status, audience.failure) == (AudienceStatus.EVALUATED, None)
    expected = found_by(on_spark, "", {"asked": tree})["asked"]
    assert sorted(member_ids(audience)) == expected != []


def test_only_who_changed_is_looked_at_by_spark(on_spark):
    make_world(on_spark)
    audience = evaluate(make_audience({"all": [did("visit", when={"last": "9d"}), did("buy")]}))
    source = make_source(name="Another")
    for event in ("visit", "buy"):
        said = {"event": event, "userId": "14", "timestamp": NOW.isoformat()}
        send(on_spark, source, "/v1/track", said)
    tracking.flush_inbox()
    evaluation.refresh_audience(audience_id=audience.id)

    later = NOW + timedelta(days=8)
    again = evaluate(audience, later)

    on_spark.config["ENGINE_URL"] = ""
    with people.opened_world() as (_session, world):
        asked = queries.question(world, "UTC", later)
        found = world.rows(membership.members(reading.parsed(again.tree), asked))
    assert sorted(member_ids(again)) == sorted(found["person_id"].to_pylist())
    assert 0 < again.looked_at_count < EVERYBODY
    assert again.entered_count
    assert again.exited_count


def test_the_world_is_the_same_on_both_engines(on_spark):
    make_world(on_spark)

    found = []
    for url in ("", "local[2]"):
        on_spark.config["ENGINE_URL"] = url
        with people.opened_world(by_setting=True) as (_session, world):
            tables = [world.people, world.events, *world.datasets.values()]
            found.append([sorted(map(str, world.rows(each).to_pylist())) for each in tables])

    assert found[0] == found[1]
    assert [len(rows) for rows in found[0]][::2] == [EVERYBODY, 4]


def test_without_any_data_nobody_is_found(on_spark):
    audience = evaluate(make_audience())

    assert (audience.status, audience.failure) == (AudienceStatus.EVALUATED, None)
    assert member_ids(audience) == []


def test_rows_of_our_own_stand_beside_the_others(on_spark):
    make_world(on_spark)

    with people.opened_world(by_setting=True) as (session, world):
        before = world.rows(world.people.order_by("person_id"))
        kept = world.given("kept", before.slice(0, 2))
        world.keep(world.people.semi_join(kept, "person_id"), session, "chosen")
        chosen = session.execute("SELECT person_id FROM chosen ORDER BY 1").fetchall()
        nobody = world.rows(world.people.semi_join(world.given("none", before[:0]), "person_id"))

    assert [row[0] for row in chosen] == before["person_id"].to_pylist()[:2]
    assert nobody.num_rows == 0


def test_what_somebody_waits_for_is_found_without_spark(on_spark, monkeypatch):
    def refused(*_arguments, **_more):
        raise EngineUnavailable("Nobody should ask.")

    monkeypatch.setattr(engine, "opened", refused)

    with people.opened_world() as (session, world):
        assert world.session is session


def test_an_engine_that_fails_is_told_and_tried_again(on_spark, monkeypatch, queue):
    def refused(*_arguments, **_more):
        raise EngineUnavailable("Nobody listens there.")

    audience = evaluate(make_audience())
    with monkeypatch.context() as failing:
        failing.setattr(engine, "opened", refused)
        evaluation.refresh_audience(audience_id=audience.id)
        failed = evaluate(audience)
    told = (failed.status, failed.failure)
    queue.jobs.clear()
    evaluation.keep_audiences_fresh(stalled_after=NOW - NOW, step=NOW - NOW, now=NOW)

    assert told == (AudienceStatus.FAILED, "Nobody listens there.")
    assert [arguments for _job, arguments in queue.jobs] == [{"audience_id": audience.id}]
    assert evaluate(audience).status is AudienceStatus.EVALUATED


def test_where_nobody_listens_it_says_so_at_once(tmp_path):
    text = "spark://127.0.0.1:1"
    session = engine.opened(text, tmp_path)

    with pytest.raises(EngineUnavailable, match=f"Nobody listens at {text}"):
        session.__enter__()
