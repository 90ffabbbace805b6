"""Rows of Interaction datasets on the pages of events: their names, their numbers, the newest."""

import random
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from app.schemas.roles import ColumnRole
from app.tracking import dataset_events, queries, services, tallies
from app.tracking.names import EventKind
from app.tracking.newest import Filter
from tests.conftest import NOW
from tests.integration.runs.carrying_out import finished
from tests.integration.tracking.sending import make_source, stored, track
from tests.integration.tracking.test_interactions import ROLES, give_roles, make_sales, undo

HEADER = "card,sold_at,action,total,store\n"
# Of the test's own, so that charts, which look back from now, have them.
LATELY = datetime.now(UTC).replace(minute=30, second=0, microsecond=0) - timedelta(hours=3)


def sale(action, card="1", hours=0, store="Oslo"):
    """Return a row of the file of a till, some hours after the first."""
    return f"{card},{LATELY + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ},{action},9.90,{store}\n"


def make_till(*rows, **given):
    return make_sales(HEADER + "".join(rows), **given)


def numbers(names):
    return {each.name: each.number for each in names}


def row_count(pages, address):
    """Return how many events the page says there are."""
    found = re.search(r"of ([\d,]+) events?", pages.get(address.split("#")[0]).text)
    return int(found[1].replace(",", "")) if found else 0


def test_names_of_rows_are_listed_with_counts_that_lead_to_the_rows(app, pages):
    services.ensure_event_names()
    make_till(sale("Kauf"), sale("Kauf", "2"), sale("buy in store"), sale("Kauf", card=""))
    track(app, make_source(), event="Kauf")
    stored()

    page = pages.get("/events/names")

    assert numbers(queries.unmapped_names()) == {"Kauf": 3}
    assert numbers(queries.known_names())["buy in store"] == 1
    assert '<a href="/events?name=Kauf">3</a>' in page.text
    assert row_count(pages, "/events?name=Kauf") == 3
    assert row_count(pages, "/events?name=buy+in+store") == 1


def test_a_meaning_counts_at_once_for_rows_there_are_and_no_more_when_it_is_taken_away(app, pages):
    make_till(sale("Kauf"), sale("Kauf", "2"), sale("Umtausch"))
    page = pages.get("/events/names?search=kauf")

    done = pages.send(page, "names?search=kauf", kind="buy in store")
    mapped = dict(queries.arrivals().by_event)
    services.forget_event_name(name="Kauf")

    assert "“Kauf” counts as buy in store" in done.text
    assert "No name without a meaning has “kauf”." in done.text
    assert mapped == {"buy in store": 2, "Umtausch": 1}
    assert dict(queries.arrivals().by_event) == {"Kauf": 2, "Umtausch": 1}
    assert "buy in store" in queries.event_words()


def test_one_name_for_all_rows_is_listed_too(app):
    given = {name: role for name, role in ROLES.items() if name != "action"}
    dataflow, _run = make_till(sale("x"), sale("y"), given=given, event_name="Bought offline")
    before = numbers(queries.unmapped_names())

    give_roles(dataflow, given, "Sold")

    assert (before, numbers(queries.unmapped_names())) == ({"Bought offline": 2}, {"Sold": 2})


def test_numbers_follow_what_is_loaded_and_undone_and_how_it_is_read(app):
    dataflow, _first = make_till(sale("Kauf"))
    seen = [numbers(queries.unmapped_names())]
    run = finished(dataflow, HEADER + sale("Kauf", "2") + sale("Umtausch", "2"))
    seen.append(numbers(queries.unmapped_names()))
    undo(run)
    seen.append(numbers(queries.unmapped_names()))
    give_roles(dataflow, {**ROLES, "action": None, "store": ColumnRole.EVENT})
    seen.append(numbers(queries.unmapped_names()))
    give_roles(dataflow, {"card": ColumnRole.PERSON})
    seen.append(numbers(queries.unmapped_names()))

    assert seen == [{"Kauf": 1}, {"Kauf": 2, "Umtausch": 1}, {"Kauf": 1}, {"Oslo": 1}, {}]


def test_files_that_were_counted_are_not_counted_again(app, monkeypatch):
    dataflow, _run = make_till(sale("Kauf"))
    queries.unmapped_names()
    read = []
    counted_in = dataset_events._counted_in

    def noted(files, schema, since):
        read.extend(files)
        return counted_in(files, schema, since)

    monkeypatch.setattr(dataset_events, "_counted_in", noted)
    finished(dataflow, HEADER + sale("Kauf", "2"))
    services.map_event_name(name="Kauf", kind=EventKind.BUY)

    assert numbers(queries.known_names()) == {"Kauf": 2}
    assert len(read) == 1


@pytest.mark.parametrize("period", ["24h", "7d", "30d"])
def test_every_number_of_the_charts_leads_to_as_many_rows(app, pages, period):
    services.map_event_name(name="Kauf", kind=EventKind.BUY_IN_STORE)
    actions = [f"Action {number}" for number in range(9)]
    make_till(
        *(sale("Kauf", hours=hours) for hours in (0, 0, 1, 2, -400, -2000)),
        *(sale(action, hours=number % 3) for number, action in enumerate(actions)),
    )
    source = make_source()
    for event in ("visit", "visit", "buy in store"):
        track(app, source, event=event)
    stored()

    page = pages.get(f"/events?period={period}")
    links = set(re.findall(r'href="(/events\?[^"]*since=[^"]*)"[^>]*>([\d]+)</a>', page.text))

    expected = {"24h": 16, "7d": 16, "30d": 17}[period]
    assert expected in {int(number) for _address, number in links}
    assert len(links) >= 9
    for address, number in links:
        assert row_count(pages, unescape(address)) == int(number), address


def test_the_newest_events_are_of_both_and_those_of_the_future_come_last(app, pages):
    make_till(sale("Kauf", hours=0), sale("Umtausch", hours=1), sale("Planned", hours=9_000))
    track(app, make_source())
    stored()

    rows = queries.arrivals().rows
    page = pages.get("/events")

    assert [row["event"] for row in rows] == ["visit", "Umtausch", "Kauf", "Planned"]
    assert [row["person_id"] for row in rows] == ["1"] * 4
    assert re.search(r'<a href="/datasets/\d+">', page.text)


def test_a_row_of_a_visitor_shows_the_person_they_turned_out_to_be(app):
    given = {**ROLES, "store": ColumnRole.ANONYMOUS_ID}
    make_till(sale("Kauf", card="", store="dev-1"), given=given)
    source = make_source()
    track(app, source, event="login", userId="ada", anonymousId="dev-1")
    services.map_event_name(name="login", kind=EventKind.LOGIN)
    stored()

    (row,) = queries.arrivals(Filter(name="Kauf")).rows

    assert (row["person_id"], row["anonymous_id"]) == ("ada", "dev-1")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_numbers_and_newest_rows_are_those_of_the_file(app, seed):
    chosen = random.Random(seed)
    rows = [
        (chosen.choice(["Kauf", "Umtausch", "buy", "", "é'"]), chosen.randint(-700, 2))
        for _ in range(150)
    ]
    make_till(*(sale(action, hours=hours) for action, hours in rows), event_name="Sold")
    meanings = {"Kauf": EventKind.BUY, "buy": None}
    meant = [({"Kauf": "buy", "": "Sold"}.get(action, action), hours) for action, hours in rows]

    tally = dataset_events.tally(meanings, now=LATELY + timedelta(hours=2))
    newest = dataset_events.newest(Filter(event="buy"), meanings, now=datetime.now(UTC))
    rest = dataset_events.newest(Filter(without=("buy",)), meanings, now=datetime.now(UTC))

    assert dict(tallies.by_event(tally)) == Counter(event for event, _hours in meant)
    assert dict(tallies.by_name(tally)) == Counter(action or "Sold" for action, _hours in rows)
    since = LATELY.replace(minute=0) - timedelta(hours=48)
    assert tallies.by_hour(tally, since=since, hours=6) == Counter(
        (event, (hours + 48) // 6) for event, hours in meant if hours >= -48
    )
    assert [row["occurred_at"] for row in newest] == [
        LATELY + timedelta(hours=hours)
        for event, hours in sorted(meant, key=lambda each: -each[1])
        if event == "buy"
    ][:100]
    assert len(rest) == min(100, sum(event != "buy" for event, _hours in meant))


def test_days_without_a_time_stand_at_their_beginning(app):
    content = "card,day\n1,2026-11-20\n2,2026-11-21\n"
    given = {"card": ColumnRole.PERSON, "day": ColumnRole.TIME}
    make_sales(content, given, event_name="Sold", draft=content)

    tally = dataset_events.tally({}, now=NOW)

    since = datetime(2026, 11, 20, tzinfo=UTC)
    assert tallies.by_hour(tally, since=since, hours=1) == {("Sold", 0): 1, ("Sold", 24): 1}
