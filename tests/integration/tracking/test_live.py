"""Live messages: stored, waiting and refused ones, filtered, paused, opened, with values hidden."""

import json
import re

import pytest

from app.tracking import queries, services
from tests.conftest import PASSWORD
from tests.integration.tracking.sending import make_source, send, stored, track
from tests.pages import Pages

SECRET = "ada@example.com"


@pytest.fixture
def source(app):
    """A source with a stored, a waiting and a refused message."""
    services.ensure_event_names()
    source = make_source()
    properties = {"sku": "B-1", "email": SECRET, "customer": {"phone": "+49 170 1234567"}}
    track(app, source, event="Product Viewed", properties=properties, messageId="m-1")
    stored()
    track(app, source, event="Song Played", anonymousId="a-1", messageId="m-2")
    send(app, source, "/v1/track", {"userId": "1", "traits": {"email": SECRET}})
    return source


def opened(pages, page, name):
    """Open the message of this name from the table."""
    link = next(part for part in page.text.split('href="') if f">{name}</span>" in part[:400])
    return pages.get(link.split('"')[0].replace("&amp;", "&"))


def test_messages_are_shown_whatever_became_of_them(pages, source):
    page = pages.get("/events/live")

    for said in ("Product Viewed", "counts as visit", "Song Played", "waiting", "stored"):
        assert said in page.text
    assert "A track message needs an event" in page.text
    assert 'hx-trigger="every 2s"' in page.text


@pytest.mark.parametrize(
    ("asked", "seen", "unseen"),
    [
        ("event=visit", "Product Viewed", "Song Played"),
        ("event=Song+Played", "Song Played", "Product Viewed"),
        ("who=a-1", "Song Played", "Product Viewed"),
        ("refused=only", "needs an event", "Product Viewed"),
        ("source=999", "No message fits", "Product Viewed"),
    ],
)
def test_messages_are_filtered(pages, source, asked, seen, unseen):
    for path in ("/events/live", "/events/live/tail"):
        page = pages.get(f"{path}?{asked}")

        assert seen in page.text
        assert unseen not in page.text


def test_what_an_anonymous_visitor_did_is_found_by_the_person(app, pages, source):
    send(app, source, "/v1/identify", {"userId": "ada", "anonymousId": "a-1"})
    stored()

    page = pages.get("/events/live?who=ada")

    assert "Song Played" in page.text
    assert '<a href="/people/profile?id=ada">ada</a>' in page.text


def test_a_paused_page_looks_no_more_until_it_is_resumed(pages, source):
    page = pages.get("/events/live?paused=yes&event=visit")

    assert "hx-get" not in page.text
    assert "Product Viewed" in page.text
    assert 'href="/events/live?event=visit"' in page.text


def test_values_are_hidden_until_an_editor_asks_for_them(pages, source):
    hidden, shown = pages.get("/events/live"), pages.get("/events/live?show=values")

    assert SECRET not in hidden.text
    assert "1234567" not in hidden.text
    assert "B-1" in hidden.text
    assert SECRET in shown.text


@pytest.mark.parametrize("name", ["Product Viewed", "Song Played", "message"])
def test_a_message_is_opened_whole(pages, source, name):
    page = opened(pages, pages.get("/events/live"), name)

    assert page.h1 == [name]
    assert "The message as JSON" in page.text
    assert SECRET not in page.text


def test_a_message_that_was_stored_meanwhile_is_found_by_the_same_address(pages, source):
    live = pages.get("/events/live")
    stored()

    page = opened(pages, live, "Song Played")

    assert "stored" in page.text


def test_a_viewer_never_sees_values(app, viewer, source):
    looking = Pages(app, viewer.email, PASSWORD)
    stored()

    addresses = ["/events", "/events/refused", "/events/live", "/events/live/tail"]
    addresses += [f"/events/message?source={source.id}&id=m-1", "/events/message?refused=1"]
    for address in addresses:
        page = looking.get(f"{address}{'&' if '?' in address else '?'}show=values")
        assert page.status == 200, address
        assert SECRET not in page.text, address
        assert "Show values" not in page.text, address


@pytest.mark.parametrize(
    "asked",
    ["", "id=x", "source=1&id=nobody", "refused=99", "waiting=99&number=5", f"refused={10**30}"],
)
def test_a_message_that_is_not_there_is_a_page_not_found(pages, asked):
    assert pages.client.get(f"/events/message?{asked}").status_code == 404


@pytest.mark.parametrize("is_stored", [True, False])
def test_what_a_message_is_called_is_shown_and_names_of_people_are_not(app, pages, is_stored):
    track(app, make_source(), event="Song Played", properties={"name": "Ada Lovelace"})
    track(app, make_source("Other"), event=f"Mail to {SECRET}")
    if is_stored:
        stored()

    live = pages.get("/events/live")

    page = opened(pages, live, "Song Played")
    assert "&#34;name&#34;: &#34;Song Played&#34;" in page.text
    assert "&#34;name&#34;: &#34;••••&#34;" in page.text
    assert "Lovelace" not in page.text
    links = re.findall(r'href="(/events/message[^"]*)"', live.text)
    shown = [pages.get(each.replace("&amp;", "&")) for each in links]
    assert len(shown) == 2
    assert all(SECRET not in each.text.split("<pre")[1] for each in shown)


def test_an_order_is_one_message_with_its_events(app, pages):
    services.ensure_event_names()
    products = [{"sku": "x", "price": 1}, {"sku": "y", "price": 2}]
    track(app, make_source(), event="Order Completed", properties={"products": products})
    stored()

    page = pages.get("/events/live")

    assert page.text.count("Order Completed") == 1
    assert opened(pages, page, "Order Completed").text.count("counts_as") == 2


def test_the_page_of_a_source_says_what_came_from_where_and_what_was_refused(app, pages, source):
    url = f"https://shop.example/books?email={SECRET}"
    track(app, source, event="visit", properties={"url": url})

    page = pages.get(f"/sources/{source.id}/arrived")

    assert "We received your events" in page.text
    assert ">visit</a>" in page.text
    assert "from https://shop.example/books" in page.text
    assert SECRET not in page.text
    assert "A track message needs an event" in page.text


def test_a_body_that_waits_is_read_once_for_all_its_messages(app, pages):
    batch = [{"type": "track", "event": f"e{n}", "userId": "1"} for n in range(80)]
    send(app, make_source(), "/v1/batch", json.loads(json.dumps({"batch": batch})))

    page = pages.get("/events/live")

    assert page.text.count("waiting") >= 50
    assert queries.count_waiting() == 80


@pytest.mark.parametrize(
    "body",
    [
        rb'{"event": "\udcff", "type": "\ud800", "userId": "\ud800", "anonymousId": "\udfff"}',
        rb'{"event": "Song Played", "userId": "1", "properties": {"\ud800": ["\udcff"]}}',
        b'{"event": "Song \xff", "userId": "\xfe"}',
    ],
)
@pytest.mark.parametrize("shown", ["", "show=values"])
def test_halves_of_signs_that_were_sent_spoil_no_page(app, pages, body, shown):
    source = make_source()
    assert send(app, source, "/v1/track", body).status_code == 400
    refused = queries.list_refused(1).items[0]

    for path in (
        "/events/refused",
        f"/events/live?{shown}",
        f"/events/live/tail?{shown}",
        f"/events/message?refused={refused.id}&{shown}",
        f"/sources/{source.id}",
    ):
        assert "A text in the message is not valid Unicode." in pages.get(path).text


@pytest.mark.parametrize("name", ["", "  ", None, 7])
def test_a_refused_message_without_a_name_can_be_opened_by_its_type(app, pages, name):
    source = make_source()
    send(app, source, "/v1/track", {"type": "track", "userId": "1", "event": name})

    for address in ("/events/live", f"/sources/{source.id}/arrived"):
        page = pages.get(address)
        linked = re.findall(r'<a href="(/events/message[^"]*)">(?:<span[^>]*>)?([^<]*)<', page.text)
        assert [said for _, said in linked] == ["track"], address
