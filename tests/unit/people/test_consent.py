"""What was said last of consent counts, since it was first said."""

import json
from datetime import UTC, datetime, timedelta

from app.people import consent

START = datetime(2026, 5, 1, tzinfo=UTC)


def said(day, event, **properties):
    moment = START + timedelta(days=day)
    return {"event": event, "occurred_at": moment, "properties": json.dumps(properties)}


def test_nobody_was_asked_where_no_event_tells_of_consent():
    found = consent.of([said(1, "consent", given="yes"), said(0, "visit", consent="all")])

    assert (found.word, found.since, found.figure_tone) == ("not asked", None, None)


def test_the_newest_state_holds_since_it_was_first_said():
    rows = [
        said(9, "consent", given=True),
        said(8, "visit", title="Home"),
        said(7, "consent", given=True),
        said(6, "consent", given=False),
        said(5, "consent", given=True),
    ]

    found = consent.of(rows)

    assert (found.word, found.since) == ("given", START + timedelta(days=7))


def test_purposes_that_come_along_with_events_are_told_apart():
    rows = [
        said(3, "visit", consent={"Advertising": False, "Analytics": True, "odd": 1}),
        said(2, "consent", given=False),
    ]

    found = consent.of(rows)

    assert found.word == "given in part"
    assert dict(found.categories) == {"Advertising": False, "Analytics": True}
    assert consent.of(rows[1:]).word == "withdrawn"
