"""The charts of the page of events: every number leads to its rows, and counts them."""

import re
from html import unescape
from urllib.parse import quote

import pytest

from tests.integration.tracking.sending import make_source, stored, track


def test_every_number_of_the_charts_leads_to_as_many_rows(app, pages):
    source = make_source()
    for number in range(12):
        for _ in range(12 - number):
            track(app, source, event=f"Event {number:02}")
    stored()

    page = pages.get("/events?period=7d")
    links = set(re.findall(r'href="(/events\?[^"]*since=[^"]*)"[^>]*>([\d]+)</a>', page.text))

    assert len(links) >= 9
    for address, number in links:
        rows = pages.get(unescape(address).split("#")[0])
        assert f"of {number} event" in rows.text, address


def test_a_page_asked_for_a_period_there_is_not_shows_a_day(pages):
    assert pages.get("/events?period=century&since=never&until=2026").status == 200


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_that_no_calendar_has_asks_for_nothing(app, pages, moment):
    track(app, make_source(), event="visit")
    stored()

    for name in ("since", "until"):
        assert pages.get(f"/events?{name}={quote(moment)}").status == 200
    assert pages.get(f"/events/message?source=1&id=m&at={quote(moment)}").status == 404


def test_numbers_follow_what_was_added_since(app, pages):
    source = make_source()
    track(app, source, event="visit")
    stored()
    before = pages.get("/events?event=visit")
    track(app, source, event="visit")
    stored()

    after = pages.get("/events?event=visit")

    assert "The last 1 of 1 event" in before.text
    assert "The last 2 of 2 events" in after.text
