"""What fields suggest: what is there, the most frequent first, and nothing of who somebody is."""

import json

import pytest

from app.accounts.models import Role
from app.audiences import suggesting
from app.audiences.tree.conditions import Attribute
from tests.conftest import PASSWORD
from tests.integration.audiences.making import make_events, make_people
from tests.pages import Pages

PEOPLE = (
    "id,email,phone,city\n1,a@example.com,+47 22 33 44 55,Oslo\n"
    "2,a@example.com,+47 22 33 44 55,Oslo\n"
    "3,b@example.com,+47 22 33 44 56,Oslo\n4,,,Bergen\n5,,,Bergen\n6,,,Hamar\n"
)


@pytest.fixture
def shop(app):
    make_people(PEOPLE)
    bought = [(str(n), "buy", {"category": "Books", "e-mail": f"x{n}"}) for n in range(3)]
    asked = (
        "9",
        "buy",
        {"category": "Films", "note": "ask me@example.com", "who": "me@example.com"},
    )
    make_events(app, *bought, asked, ("1", "visit", {"page": "/"}), ("1", "a'b", {"x/y~z": "1"}))


def told(found):
    return [(each.text, each.number) for each in found]


def test_events_are_suggested_with_how_many_there_are(shop):
    assert told(suggesting.event_names())[0] == ("buy", 4)


def test_properties_are_those_of_the_event(shop):
    assert told(suggesting.property_names("buy"))[:2] == [("category", 4), ("e-mail", 3)]
    assert told(suggesting.property_names("a'b")) == [("x/y~z", 1)]
    assert suggesting.property_names("nothing") == []
    assert ("page", 1) in told(suggesting.property_names("*"))


def test_values_are_the_most_frequent_of_the_property(shop):
    assert told(suggesting.values_of("buy", "category")) == [("Books", 3), ("Films", 1)]
    assert told(suggesting.values_of("*", "x/y~z")) == [("1", 1)]
    assert suggesting.values_of("buy", "amount") == []


def test_nobody_is_suggested(shop):
    assert suggesting.values_of("buy", "e-mail") == []
    assert suggesting.values_of("buy", "who") == []
    assert told(suggesting.values_of("buy", "note")) == [("ask me@example.com", 1)]
    for column in ("id", "email", "phone"):
        assert suggesting.values_of_attribute(Attribute("People", column)) == []


def test_values_of_attributes_are_those_that_several_have(shop):
    expected = [("Oslo", 3), ("Bergen", 2)]
    assert told(suggesting.values_of_attribute(Attribute("People", "city"))) == expected
    assert told(suggesting.values_of_attribute(Attribute("", "city"))) == expected
    assert suggesting.values_of_attribute(Attribute("People", "nothing")) == []
    assert suggesting.values_of_attribute(Attribute("No", "city")) == []


def test_there_are_at_most_so_many(app):
    make_events(app, *[("1", "buy", {f"p{n}": "1", "sku": f"s{n}"}) for n in range(70)])

    assert len(suggesting.property_names("buy")) == suggesting.MOST
    assert len(suggesting.values_of("buy", "sku")) == suggesting.MOST


def test_what_takes_too_long_is_no_suggestion(shop, monkeypatch):
    class Slow:
        def __init__(self, session):
            self.session = session

        def execute(self, sql):
            # As an endless question is: the timer ends it, and nothing else would.
            endless = "SELECT count(*) FROM range(1000000000000) a, range(1000000) b"
            return self.session.execute(endless if "json_keys" in sql else sql)

        def __getattr__(self, name):
            return getattr(self.session, name)

    counted = suggesting._counted
    monkeypatch.setattr(suggesting, "SECONDS", 0.2)
    monkeypatch.setattr(
        suggesting, "_counted", lambda session, sql, least=1: counted(Slow(session), sql, least)
    )

    assert suggesting.property_names("buy") == []


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, "buy"),
        ({"event": "buy"}, "category"),
        ({"event": "buy", "property": "category"}, "Books"),
        ({"event": "", "property": "category"}, "Films"),
        ({"attribute": json.dumps(["People", "city"])}, "Oslo"),
    ],
)
def test_a_field_is_answered_with_options(shop, pages, asked, expected):
    answer = pages.client.get("/audiences/suggestions", query_string=asked)

    assert f'<option value="{expected}"' in answer.text


@pytest.mark.parametrize(
    "asked",
    [
        {"attribute": ""},
        {"attribute": "[1, 2]"},
        {"attribute": '[["a"], {}]'},
        {"event": "buy", "property": ""},
        {"event": "'; DROP", "property": "'\"\0"},
        {"event": "x" * 9_000},
    ],
)
def test_a_field_that_asks_for_nothing_gets_nothing(shop, pages, asked):
    answer = pages.client.get("/audiences/suggestions", query_string=asked)

    assert (answer.status_code, "<option" in answer.text) == (200, False)


def test_values_are_for_who_may_build(shop, app, viewer):
    assert viewer.role is Role.VIEWER
    assert Pages(app, viewer.email, PASSWORD).get("/audiences/suggestions").status == 403
