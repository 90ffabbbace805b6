"""People are found by whatever identifies them, and identifiers are listed with their figures."""

import re

import pytest

from app.people import queries
from app.people.identifiers import Kind
from app.schemas import services as schemas
from app.schemas.models import SchemaParent
from app.schemas.roles import ColumnRole
from app.schemas.services import NewColumn
from app.tabular.types import ColumnType
from app.tracking import services as tracking
from tests.conftest import NOW
from tests.factories import make_active
from tests.integration.audiences.making import add_people, make_events
from tests.integration.tracking.sending import make_source, send
from tests.integration.tracking.test_interactions import make_sales

MEMBERS = (
    "id,email,number\n"
    "ada,Ada@Example.com,1001\n"
    "bob,bob@example.com,1002\n"
    "eve,BOB@example.com,1003\n"
    "ivy,,1003\n"
)


def make_members(content=MEMBERS, roles=("email", "number")):
    """Return a dataset of people whose e-mail and number identify them too."""
    dataflow = make_active(content)
    columns = {each.name: each.id for each in dataflow.schema.columns}
    schemas.save_roles(
        schema_id=dataflow.schema_id,
        chosen={columns[name]: ColumnRole.FURTHER_IDENTIFIER for name in roles},
        event_name="",
    )
    add_people(dataflow, content)
    return dataflow


def identified(app, *pairs, source=None):
    """Store identify messages of (anonymous id, person)."""
    source = source or make_source()
    for anonymous_id, person in pairs:
        send(app, source, "/v1/identify", {"userId": person, "anonymousId": anonymous_id})
        tracking.flush_inbox()
    return source


def found(search):
    """Return whom a search finds, and by what."""
    page = queries.list_people(search=search, number=1)
    return {each: page.found_by.get(each, ["person identifier"]) for each in page.ids}


def figures():
    """Return profiles and shared values by the identifier's name and where it comes from."""
    return {
        (row.identifier.name, row.identifier.schema.name if row.identifier.schema else "events"): (
            row.figures.profile_count,
            row.figures.shared_count,
        )
        for row in queries.list_identifiers()
    }


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("ad", {"ada": ["person identifier"]}),
        ("ADA@example.COM", {"ada": ["email"]}),
        (" 1002 ", {"bob": ["number"]}),
        ("bob@example.com", {"bob": ["email"], "eve": ["email"]}),
        ("1003", {"eve": ["number"], "ivy": ["number"]}),
        ("example.com", {}),
        ("1", {}),
        ("01002", {}),
        ("ADA", {}),
        ("%", {}),
        ("'; DROP TABLE people; --", {}),
    ],
)
def test_a_search_finds_by_the_beginning_of_one_identifier_or_the_whole_of_others(
    app, search, expected
):
    make_members()

    assert found(search) == expected


def test_a_column_that_is_not_declared_finds_nobody(app):
    make_members(roles=())

    assert found("1002") == {}


def test_an_anonymous_id_finds_everybody_it_turned_out_to_be(app):
    identified(app, ("dev-1", "ada"), ("dev-1", "bob"), ("dev-2", "eve"))

    assert found("dev-1") == {"ada": ["coid"], "bob": ["coid"]}
    assert found("dev") == {}


def test_a_visitor_nobody_knows_is_said_to_be_one(app, pages):
    source = make_source()
    for event in ("visit", "basket"):
        send(app, source, "/v1/track", {"event": event, "anonymousId": "dev-7"})
    tracking.flush_inbox()

    page = pages.get("/people?search=dev-7")

    assert "A visitor nobody knows yet" in page.text
    assert "2 events" in page.text
    assert 'href="/events/live?who=dev-7"' in page.text
    assert pages.get("/events/live?who=dev-7").text.count(">stored<") == 2


def test_a_profile_of_an_id_that_is_no_person_leads_to_a_search(app, pages):
    send(app, make_source(), "/v1/track", {"event": "visit", "anonymousId": "dev & 7"})
    tracking.flush_inbox()

    profile = pages.get("/people/profile?id=dev+%26+7")

    assert profile.status == 404
    assert 'href="/people?search=dev+%26+7"' in profile.text
    assert "A visitor nobody knows yet" in pages.get("/people?search=dev+%26+7").text


def test_people_come_from_datasets_events_and_interactions(app):
    make_sales()
    make_events(app, ("web", "visit", {}))

    everybody = queries.list_people(search="", number=1)

    assert sorted(everybody.ids) == ["1", "2", "web"]
    assert everybody.matching_count == 3


@pytest.mark.parametrize("beginning", ["u", "u\U0010ffff", "\ud7ff", "é"])
def test_the_beginning_of_an_identifier_may_be_any_text(app, beginning):
    make_events(app, (f"{beginning}1", "visit", {}), ("t9", "visit", {}), ("v", "visit", {}))

    assert set(found(beginning)) == {f"{beginning}1"}


def test_people_are_paged(app):
    make_events(app, *((f"p{number:03}", "visit", {}) for number in range(60)))

    second = queries.list_people(search="", number=2)

    assert (second.matching_count, second.last, second.ids[0], len(second.ids)) == (
        60,
        2,
        "p050",
        10,
    )


def test_the_page_says_by_what_somebody_was_found_and_that_a_value_is_shared(pages):
    make_members()

    one = pages.get("/people?search=ada@example.com")
    several = pages.get("/people?search=bob@example.com")

    assert re.search(r"(?s)ada</a></td><td>.{,300}email", one.text)
    assert "Several people share what you searched for" in several.text
    assert "Several people share" not in one.text


def test_identifiers_are_listed_with_profiles_and_shared_values(app):
    make_members()
    identified(app, ("dev-1", "ada"), ("dev-1", "bob"), ("dev-2", "ada"))
    make_events(app, ("ada", "visit", {}), source=make_source("Till"))

    assert figures() == {
        ("userid", "events"): (2, 0),
        ("id", "People"): (4, 0),
        ("email", "People"): (3, 1),
        ("number", "People"): (4, 1),
        ("coid", "events"): (2, 1),
    }


def test_without_data_the_identifiers_there_could_be_are_listed(app):
    make_active(MEMBERS)

    assert figures() == {
        ("userid", "events"): (0, 0),
        ("id", "People"): (0, 0),
        ("coid", "events"): (0, 0),
    }


def test_things_are_no_people(app):
    schemas.create_schema(
        name="Products",
        parent=SchemaParent.CATALOG,
        description="",
        columns=[NewColumn("sku", ColumnType.TEXT, True)],
        now=NOW,
    )

    kinds = {row.identifier.kind for row in queries.list_identifiers()}
    assert ("sku", "Products") not in figures()
    assert kinds == {Kind.PERSON, Kind.ANONYMOUS}


def test_from_a_shared_value_one_gets_to_its_people(pages):
    schema_id = make_members().schema_id

    overview = pages.get("/people/identifiers")
    values = pages.get(f"/people/identifiers/shared?type=email&schema={schema_id}")
    people = pages.get("/people?search=bob@example.com")

    assert f"/people/identifiers/shared?type=email&amp;schema={schema_id}" in overview.text
    assert "/people?search=bob@example.com" in values.text
    assert "ada@example.com" not in values.text
    assert all(f"id={each}" in people.text for each in ("bob", "eve"))


def test_devices_used_in_turn_are_listed_by_how_many_used_them(app, pages):
    identified(app, ("dev-1", "ada"), ("dev-1", "bob"), ("dev-2", "ada"))

    page = pages.get("/people/identifiers/shared?type=coid")

    assert "dev-1" in page.text
    assert "dev-2" not in page.text


@pytest.mark.parametrize("asked", ["type=gone", "type=email&schema=99", "type=&schema=x", ""])
def test_an_identifier_nobody_declared_is_a_page_not_found(pages, asked):
    make_members(roles=())

    assert pages.get(f"/people/identifiers/shared?{asked}").status == 404


def test_the_page_of_people_leads_to_the_identifiers(pages):
    assert "/people/identifiers" in pages.get("/people").text
