"""The pages of events, sources and names."""

import pytest

from app.tracking import queries
from tests.integration.tracking.sending import make_source, send, stored, track


def test_a_source_is_made_and_shows_its_key(pages):
    page = pages.send(pages.get("/sources/new"), "/sources/new", name=" Shop ")

    source = queries.list_sources()[0]
    assert page.h1 == ["Shop"]
    assert source.write_key in page.text
    assert "Waiting for the first event" in page.text


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "Shop", "a\0b"])
def test_a_source_needs_a_name_of_its_own(pages, name):
    make_source()

    page = pages.send(pages.get("/sources/new"), "/sources/new", name=name)

    assert page.status == 422
    assert len(queries.list_sources()) == 1


def test_the_page_says_when_the_first_event_arrived(app, pages):
    source = make_source()
    track(app, source)

    assert "We received your events" in pages.get(f"/sources/{source.id}/arrived").text


def test_a_source_is_deleted_once_it_is_confirmed(pages):
    source = make_source()
    page = pages.get(f"/sources/{source.id}")

    asked = pages.send(page, f"/sources/{source.id}/delete")
    done = pages.send(asked, f"/sources/{source.id}/delete")

    assert "Its events stay" in asked.text
    assert done.h1 == ["Sources"]
    assert queries.list_sources() == []


def test_events_are_listed_and_filtered(app, pages):
    source = make_source()
    track(app, source, event="buy", properties={"value": "1234.50"})
    track(app, source, event="visit", properties={"category": "Books"})
    stored()

    everything, buys = pages.get("/events"), pages.get("/events?event=buy")

    assert "The last 2 of 2 events" in everything.text
    assert "The last 1 of 1 event" in buys.text
    assert "1\u202f234.5" in buys.text
    assert "Books" not in buys.text


def test_refused_messages_are_shown_with_their_reason(app, pages):
    send(app, make_source(), "/v1/track", {"userId": "1"})

    page = pages.get("/events/refused")

    assert "needs an event" in page.text


@pytest.mark.parametrize(
    "path", ["/events", "/events/refused", "/events/names", "/sources", "/people"]
)
def test_each_page_says_what_to_do_where_there_is_nothing(pages, path):
    assert pages.get(path).status == 200


def test_a_viewer_makes_no_source(app, viewer):
    from tests.conftest import PASSWORD
    from tests.pages import Pages

    looking = Pages(app, viewer.email, PASSWORD)

    assert looking.get("/sources/new").status == 403
    assert looking.get("/events").status == 200


def test_a_source_is_limited_to_sites_and_requests_a_minute(app, pages):
    source = make_source()
    path = f"/sources/{source.id}/limits"
    given = {"allowed_origins": "https://Shop.Example/\n", "requests_a_minute": "600"}

    saved = pages.post(path, **given)
    shown = pages.get(f"/sources/{source.id}").text

    assert saved.path == f"/sources/{source.id}"
    assert "https://shop.example" in shown
    assert "600" in shown
    assert "https://shop.example" in pages.get(path).text
    headers = {"Origin": "https://elsewhere.example"}
    assert (
        send(app, source, "/v1/track", {"event": "e", "userId": "1"}, **headers).status_code == 403
    )


def test_limits_are_taken_away_again(app, pages):
    source = make_source()
    path = f"/sources/{source.id}/limits"
    pages.post(path, allowed_origins="https://shop.example", requests_a_minute="600")

    pages.post(path, allowed_origins="", requests_a_minute="")

    assert (source.allowed_origins, source.requests_a_minute) == ([], None)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"allowed_origins": "shop.example"}, "“shop.example” is no origin."),
        *(
            ({"requests_a_minute": given}, "Write a whole number from 1 to 10,000,000, or leave")
            for given in ("0", "-1", "10000001", "1.5", "many")
        ),
    ],
)
def test_limits_that_cannot_be_are_refused_with_a_sentence(pages, given, sentence):
    source = make_source()

    page = pages.post(f"/sources/{source.id}/limits", **given)

    assert page.status == 422
    # Once as a link to the field, once at it.
    assert page.text.count(sentence) == 2
    assert source.allowed_origins == []
