"""The history on an audience's page, and the people behind each of its numbers."""

import re
from datetime import timedelta

import pytest

from app import storage
from app.audiences import changes
from app.audiences.evaluation import services as evaluation
from tests.conftest import NOW
from tests.integration.audiences.making import evaluate, make_audience, make_events
from tests.unit.audiences.recording import record


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch):
    monkeypatch.setattr("app.clock.now", lambda: NOW + timedelta(minutes=5))


def add(audience, people, at):
    """Record who is in it from then on."""
    with storage.lake().writer_lock(changes.TABLE):
        return record(storage.lake(), audience.public_id, people, at)


def make_history():
    """Return an audience of whom three entered, of these one left, and one more entered."""
    audience = make_audience()
    add(audience, {"1", "2", "3"}, NOW - timedelta(days=3))
    add(audience, {"2", "3"}, NOW - timedelta(hours=2))
    add(audience, {"2", "3", "4"}, NOW)
    return audience


def links(page, only):
    """Return the addresses of the page that lead to some of the changes."""
    found = re.findall(r'href="(/audiences/\d+/changes[^"]*)"', page.text)
    return [each.replace("&amp;", "&") for each in found if f"only={only}" in each]


def people(page):
    return re.findall(r"/people/profile\?id=([^\"]+)\"", page.text)


def bars(page):
    return re.findall(r'<a href="[^"]*" aria-label="([^"]*)">', page.text)


def test_an_audience_that_nobody_entered_says_what_will_be_drawn(pages):
    audience = make_audience()

    page = pages.get(f"/audiences/{audience.id}")

    assert "Each evaluation that changes something is drawn here." in page.text
    assert '<svg class="time-bars' not in page.text


def test_each_slot_says_how_many_were_in_entered_and_left(pages):
    audience = make_history()

    page = pages.get(f"/audiences/{audience.id}")

    assert bars(page) == [
        "20 Nov 12:00–15:00: 3 in, 3 entered, 0 left",
        "23 Nov 09:00–12:00: 2 in, 0 entered, 1 left",
        "23 Nov 12:00–15:00: 3 in, 1 entered, 0 left",
    ]
    assert "at 3 evaluations that changed something" in page.text


@pytest.mark.parametrize(
    ("period", "expected"), [("24h", 2), ("7d", 3), ("30d", 3), ("90d", 2), ("all", 3)]
)
def test_a_period_has_the_bars_of_its_time(pages, period, expected):
    audience = make_history()

    assert len(bars(pages.get(f"/audiences/{audience.id}?period={period}"))) == expected


def test_a_period_that_is_none_is_as_if_none_was_asked_for(pages):
    audience = make_history()

    assert len(bars(pages.get(f"/audiences/{audience.id}?period=%00"))) == 3


def test_each_number_leads_to_just_its_people(pages):
    audience = make_history()
    page = pages.get(f"/audiences/{audience.id}")

    entered = [people(pages.get(each)) for each in links(page, "entered")]
    left = [people(pages.get(each)) for each in links(page, "left")]

    # All of the period, then each evaluation, the newest first; what is 0 leads nowhere.
    assert entered == [["1", "2", "3", "4"], ["4"], ["1", "2", "3"]]
    assert left == [["1"], ["1"]]


def test_each_size_leads_to_who_was_in_then(pages):
    audience = make_history()
    page = pages.get(f"/audiences/{audience.id}")

    addresses = re.findall(r'href="(/audiences/\d+/members\?until=\d+)"', page.text)

    assert [people(pages.get(each)) for each in addresses] == [
        ["2", "3", "4"],
        ["2", "3"],
        ["1", "2", "3"],
    ]
    then = pages.get(addresses[-1])
    assert "as change 3 left them" in then.text
    assert 'name="until" value="3"' in then.text
    assert people(pages.get(f"{addresses[-1]}&search=2")) == ["2"]
    for sent in ("x", "²", "-1", "%00"):
        assert people(pages.get(f"/audiences/{audience.id}/members?until={sent}")) == [
            "2",
            "3",
            "4",
        ]


def test_the_figures_of_the_last_evaluation_lead_to_its_people(app, pages):
    source = make_events(app, ("1", "buy", {}))
    audience = evaluate(make_audience(), NOW - timedelta(hours=1))
    make_events(app, ("2", "buy", {}), source=source)
    evaluation.refresh_audience(audience_id=audience.id)
    evaluate(audience)
    # Whoever is taken out since is no part of the last evaluation.
    evaluation.take_out(person_id="1", now=NOW + timedelta(minutes=1))

    page = pages.get(f"/audiences/{audience.id}")

    figure = page.text.split("Entered last", 1)[1].split("</dd>", 1)[0]
    (address,) = re.findall(r'href="([^"]+)"', figure)
    assert people(pages.get(address.replace("&amp;", "&"))) == ["2"]
    assert "href" not in page.text.split("Left last", 1)[1].split("</dd>", 1)[0]


def test_changes_come_in_pages_and_by_kind(pages):
    audience = make_audience()
    add(audience, {f"p{number:03}" for number in range(120)}, NOW - timedelta(days=1))
    add(audience, set(), NOW)

    first = pages.get(f"/audiences/{audience.id}/changes?only=left")
    last = pages.get(f"/audiences/{audience.id}/changes?only=left&page=3")
    beyond = pages.get(f"/audiences/{audience.id}/changes?only=left&page=99")

    assert people(first) == [f"p{number:03}" for number in range(50)]
    assert people(last) == [f"p{number:03}" for number in range(100, 120)]
    assert people(beyond) == people(last)
    assert "Page 1 of 3" in first.text
    assert "only=left" in first.text.split('rel="next"', 1)[1].split(">", 1)[0]


@pytest.mark.parametrize(
    "query",
    [
        *("after=-1", "after=²", "until=%00", "after=1e9", "until=" + "9" * 400, "only=nonsense"),
        *("page=0", "page=-5", "after=&until="),
    ],
)
def test_what_an_address_cannot_mean_counts_as_not_asked_for(pages, query):
    audience = make_history()

    page = pages.get(f"/audiences/{audience.id}/changes?{query}")

    assert (page.status, len(people(page))) == (200, 5)


def test_a_span_without_changes_says_so(pages):
    audience = make_history()

    page = pages.get(f"/audiences/{audience.id}/changes?after=99&until=100")

    assert "Nobody entered or left then." in page.text


def test_another_audience_has_changes_of_its_own(pages):
    make_history()
    other = make_audience(name="Other")

    assert people(pages.get(f"/audiences/{other.id}/changes")) == []


def test_changes_of_no_audience_are_a_page_not_found(pages):
    assert pages.get("/audiences/99/changes").status == 404


def test_a_long_history_is_drawn_in_few_bars(pages):
    audience = make_audience()
    for number in range(70):
        add(audience, {"1"} if number % 2 else {"1", "2"}, NOW - timedelta(hours=70 - number))

    page = pages.get(f"/audiences/{audience.id}?period=all")

    assert "Members, and who entered and left, over time (UTC)" in page.text
    assert 20 <= len(bars(page)) <= 60
    assert page.text.count('<th scope="row">') == len(bars(page))
