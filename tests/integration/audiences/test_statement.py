"""An audience as SQL: another DuckDB runs it as it is and finds the same members."""

import duckdb
import pytest

from app.audiences import queries, statement
from app.audiences.tree import reading
from app.people import services as people
from app.people import sources
from tests.conftest import NOW
from tests.integration.audiences.making import make_events, make_people
from tests.integration.tracking.sending import send

TREES = [
    {
        "all": [
            {"did": {"event": "buy", "where": [{"property": "category", "op": "is", "value": "B"}]}}
        ]
    },
    {"none": [{"did": {"event": "buy"}}]},
    {
        "any": [
            {
                "have": {
                    "attribute": {"schema": "People", "column": "name"},
                    "op": "is",
                    "value": "Ada",
                }
            }
        ]
    },
    {"all": [{"did": {"event": "visit", "then": [{"did": {"event": "buy", "within": "30d"}}]}}]},
    {"all": [{"split": {"name": "a", "from": 0, "to": 50}}]},
    {"all": [{"did": {"event": "visit", "when": {"calendar": "this year"}}}]},
]


def members(sql):
    with duckdb.connect() as session:
        return {row[0] for row in session.execute(sql).fetchall()}


def of_preview(tree, zone):
    counted = queries.count(tree, zone=zone, now=NOW)
    return {each.person_id for each in counted.samples}


@pytest.mark.parametrize("raw", TREES)
def test_another_duckdb_finds_the_same_members(app, raw):
    make_people()
    source = make_events(app, ("1", "buy", {"category": "B"}), ("2", "buy", {"category": "C"}))
    anonymous = {"anonymousId": "browser'1", "event": "visit", "timestamp": "2026-11-01T00:00:00Z"}
    known = {**anonymous, "userId": "2", "event": "visit"}
    make_events(app, source=source)
    send(
        app,
        source,
        "/v1/batch",
        {"batch": [{"type": "track", **each} for each in (anonymous, known)]},
    )
    tree = reading.parsed(raw)

    sql = statement.written(tree, zone="Europe/Oslo", now=NOW)

    assert members(sql) == of_preview(tree, "Europe/Oslo")
    assert "ibis_" not in sql


def test_it_reads_the_files_and_names_the_tables(app):
    make_people()
    make_events(app, ("1", "buy", {}))

    sql = statement.written(reading.parsed(TREES[1]), zone="UTC", now=NOW)

    assert "read_parquet" in sql
    assert '"recent_events" AS' in sql


def test_where_there_is_nothing_it_runs_too(app):
    assert members(statement.written(reading.parsed(TREES[1]), zone="UTC", now=NOW)) == set()


def test_what_is_prepared_is_read_where_it_is(app, monkeypatch):
    monkeypatch.setattr(sources, "FEW_ROWS", 0)
    make_people()
    make_events(app, ("1", "buy", {"category": "B"}), ("2", "buy", {"category": "B"}))
    people.prepare_events()
    tree = reading.parsed(TREES[0])

    sql = statement.written(tree, zone="UTC", now=NOW)

    assert members(sql) == of_preview(tree, "UTC") == {"1", "2"}
    assert '"events" AS' in sql
