"""The charts of the page of events: every number leads to its rows, and counts them."""

import re
from html import unescape

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
