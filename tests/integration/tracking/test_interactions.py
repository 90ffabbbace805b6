"""Rows of an Interaction dataset are events of people, for as long as the dataset has them."""

from app import storage
from app.audiences.evaluation import services as evaluation
from app.lake import engine, logs
from app.people import profile as profiles
from app.runs import services as runs
from app.schemas import services as schemas
from app.schemas.roles import ColumnRole
from app.tracking import queries, services
from app.tracking.names import EventKind
from tests.conftest import NOW
from tests.factories import make_active
from tests.integration.audiences.making import (
    basis_now,
    evaluate,
    make_audience,
    make_events,
    member_ids,
)
from tests.integration.runs.carrying_out import carry_out, finished
from tests.integration.tracking.sending import make_source, send, track

SALES = (
    "card,sold_at,action,total,store\n"
    "1,2026-11-20T10:00:00Z,buy in store,9.90,Oslo\n"
    "1,2026-11-21T10:00:00Z,return in store,9.90,Oslo\n"
    "2,2026-11-20T11:00:00Z,buy in store,100,Rio\n"
    ",2026-11-20T12:00:00Z,buy in store,5,Rio\n"
)
DRAFT = "card,sold_at,action,total,store\n1,2026-11-20T10:00:00Z,buy in store,9.90,Oslo\n"
ROLES = {
    "card": ColumnRole.PERSON,
    "sold_at": ColumnRole.TIME,
    "action": ColumnRole.EVENT,
    "total": ColumnRole.AMOUNT,
}
IN_OSLO = {
    "all": [
        {
            "did": {
                "event": "buy in store",
                "where": [{"property": "store", "op": "is", "value": "Oslo"}],
            }
        }
    ]
}


def give_roles(dataflow, given=ROLES, event_name=""):
    columns = {each.name: each.id for each in dataflow.schema.columns}
    schemas.save_roles(
        schema_id=dataflow.schema_id,
        chosen={columns[name]: role for name, role in given.items()},
        event_name=event_name,
    )


def make_sales(content=SALES, given=ROLES, event_name="", draft=DRAFT):
    """Return a dataflow of sales, whose first file is in, and the run that took it."""
    dataflow = make_active(draft, identifier=None)
    give_roles(dataflow, given, event_name)
    return dataflow, finished(dataflow, content)


def happened():
    """Return the events there are by what they are."""
    with queries.opened_events() as (session, table):
        counted = table.group_by("event").aggregate(number=table.count())
        return {row["event"]: row["number"] for row in logs.frame(session, counted).to_pylist()}


def of_person(person_id):
    """Return what a person did by the datasets, by a look-up of that person alone."""
    with engine.connection() as session:
        table = queries.interactions_of(session, person_id)
        if table is None:
            return None
        return logs.frame(session, table.order_by("occurred_at")).to_pylist()


def undo(run):
    carry_out(runs.start_undo(run_id=run.id, now=NOW))


def test_sales_in_a_store_are_found_by_audiences_with_their_columns_as_properties(app):
    make_sales()
    spent = {
        "have": {
            "aggregate": {"function": "sum", "event": "buy in store", "property": "amount"},
            "op": "at_least",
            "value": "100",
        }
    }

    in_oslo = evaluate(make_audience(IN_OSLO))
    big = evaluate(make_audience({"all": [spent]}, "Big"))
    returned_not = evaluate(
        make_audience({"all": [{"did_not": {"event": "return in store"}}]}, "Kept")
    )

    assert member_ids(in_oslo) == ["1"]
    assert member_ids(big) == ["2"]
    assert member_ids(returned_not) == ["2"]


def test_undoing_the_run_takes_its_events_away_at_once(app):
    _dataflow, run = make_sales()
    audience = evaluate(make_audience(IN_OSLO))
    before = (happened(), member_ids(audience))

    undo(run)
    evaluation.refresh_audience(audience_id=audience.id)

    assert before == ({"buy in store": 2, "return in store": 1}, ["1"])
    assert happened() == {}
    assert of_person("1") == []
    assert member_ids(evaluate(audience)) == []


def test_an_audience_is_due_again_when_sales_arrive_and_when_they_are_read_otherwise(app):
    dataflow, _run = make_sales()
    first = basis_now()
    finished(dataflow, SALES.replace("Oslo", "Bergen"))
    second = basis_now()
    give_roles(dataflow, ROLES | {"store": ColumnRole.ANONYMOUS_ID})
    third = basis_now()
    services.map_event_name(name="buy in store", kind=EventKind.BUY)
    fourth = basis_now()

    assert not fourth.is_outdated(basis_now())
    states = (first, second, third, fourth)
    assert all(one.is_outdated(other) for one in states for other in states if one is not other)


def test_event_names_say_what_the_values_mean_also_for_rows_there_are_already(app):
    make_sales()

    services.map_event_name(name="buy in store", kind=EventKind.BUY)

    assert happened() == {"buy": 2, "return in store": 1}
    assert [(row["event"], row["name"]) for row in of_person("2")] == [("buy", "buy in store")]


def test_without_a_column_that_says_what_happened_there_is_one_name_for_all(app):
    given = {name: role for name, role in ROLES.items() if name != "action"}
    dataflow, _run = make_sales(given=given)
    by_schema = happened()

    give_roles(dataflow, given, "bought offline")

    assert by_schema == {"People": 3}
    assert happened() == {"bought offline": 3}


def test_without_a_time_or_a_person_rows_are_no_events(app):
    dataflow, _run = make_sales()

    give_roles(dataflow, {"card": ColumnRole.PERSON})
    without_time = happened()
    give_roles(dataflow, {"sold_at": ColumnRole.TIME})

    assert (without_time, happened()) == ({}, {})
    assert of_person("1") is None


def test_a_profile_shows_them_beside_what_was_sent(app, pages):
    make_sales()
    make_events(app, ("1", "visit", {}))

    profile = profiles.find_profile("1")
    page = pages.get("/people/profile?id=1")

    assert [row["event"] for row in profile.timeline.rows] == [
        "visit",
        "return in store",
        "buy in store",
    ]
    assert "return in store" in page.text
    assert "Oslo" in page.text


def test_one_person_alone_is_looked_up_with_what_their_anonymous_ids_did(app):
    content = (
        "card,sold_at,device\n1,2026-11-20T10:00:00Z,\n,2026-11-20T11:00:00Z,dev-1\n"
        ",2026-11-20T12:00:00Z,dev-2\n2,2026-11-20T13:00:00Z,dev-1\n"
    )
    given = {
        "card": ColumnRole.PERSON,
        "sold_at": ColumnRole.TIME,
        "device": ColumnRole.ANONYMOUS_ID,
    }
    draft = "card,sold_at,device\n1,2026-11-20T10:00:00Z,dev-9\n"
    make_sales(content, given, draft=draft)
    source = make_source()
    send(app, source, "/v1/identify", {"userId": "1", "anonymousId": "dev-1"})
    services.flush_inbox()

    own = of_person("1")

    assert [(row["person_id"], row["anonymous_id"]) for row in own] == [("1", None), ("1", "dev-1")]
    assert [row["occurred_at"].hour for row in of_person("2")] == [13]
    assert len({row["message_id"] for row in own}) == 2


def test_a_look_up_of_one_person_finds_what_a_look_at_all_finds(app):
    make_sales()

    for person in ("1", "2", "01", "x", "9" * 30):
        with queries.opened_events(person) as (session, table):
            ours = table.filter(table.person_id == person).order_by("occurred_at")
            assert of_person(person) == logs.frame(session, ours).to_pylist()


def test_the_page_of_a_person_shows_them_among_what_was_sent(app, pages):
    make_sales()
    track(app, make_source(), userId="1")
    services.flush_inbox()

    page = pages.get("/people/profile?id=1")

    assert "buy in store" in page.text
    assert "visit" in page.text


def test_the_audience_builder_offers_their_names_and_columns(app):
    make_sales()

    assert {"buy in store", "return in store"} <= set(queries.event_words())
    assert "store" in queries.property_words()
    assert "card" not in queries.property_words()


def test_the_events_of_a_deleted_dataset_are_gone(app, pages):
    dataflow, _run = make_sales()
    schema_id, table_name = dataflow.schema_id, dataflow.schema.table_name
    pages.post(f"/dataflows/{dataflow.id}/delete", confirmed="yes")

    pages.post(f"/schemas/{schema_id}/delete", confirmed="yes")

    assert happened() == {}
    assert not storage.lake().exists(table_name)
