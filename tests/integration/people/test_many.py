"""Of very many people, pages are read between remembered beginnings, and everybody is on one."""

import random
from datetime import timedelta

import duckdb
import pytest

from app import storage
from app.lake import erasing
from app.people import cuts, queries
from app.people.cuts import PEOPLE_A_PAGE
from app.tracking import events
from app.tracking import services as tracking
from tests.integration.audiences.making import make_events, make_people
from tests.integration.tracking.sending import make_source, send
from tests.integration.tracking.test_interactions import make_sales

SIGNS = ("a", "b", "é", "\ud7ff", "\ue000", "\U0001f600", "0", "9", "'", "Z")


@pytest.fixture(autouse=True)
def _all_is_much(monkeypatch):
    monkeypatch.setattr(cuts, "MANY", 0)


@pytest.fixture
def at_once(monkeypatch):
    """Count while somebody asks, not beside, and again each time."""
    monkeypatch.setattr(cuts, "_beside", cuts._remember_and_release)
    monkeypatch.setattr(cuts, "FRESH", timedelta(0))


class NobodyMayWait:
    """A lock that somebody else has, and that nobody should wait for."""

    def acquire(self, *, blocking):
        assert not blocking
        return False

    def __enter__(self):
        pytest.fail("A page waits for a count")

    def __exit__(self, *_given):
        pass


def some_ids(number):
    """Return identifiers of many lengths, several of them more than once."""
    chosen = random.Random(number)
    ids = ["".join(chosen.choices(SIGNS, k=chosen.randint(1, 6))) for _ in range(number)]
    return ids + chosen.sample(ids, number // 3)


def add(app, source, ids):
    """Store an event of each."""
    for first in range(0, len(ids), 100):
        happened = [(each, "visit", {}) for each in ids[first : first + 100]]
        make_events(app, *happened, source=source)


def in_order(ids):
    """Return each once, by the bytes of its text."""
    return sorted(set(ids), key=str.encode)


def page(number=1):
    return queries.list_people(search="", number=number)


def all_pages():
    """Return who is on each page, counted before."""
    page(2)
    return [page(number).ids for number in range(1, page().last + 1)]


def wait():
    """Wait for whoever counts beside."""
    with cuts._counting:
        pass


def test_everybody_is_on_one_page_in_the_order_of_identifiers(app):
    ids = some_ids(430)
    make_people()
    add(app, make_source(), ids)

    found = all_pages()

    expected = in_order([*ids, "1", "2", "3"])
    assert sum(found, []) == expected
    assert {len(each) for each in found[:-1]} == {PEOPLE_A_PAGE}
    assert page().matching_count == len(expected)


@pytest.mark.parametrize(
    "make",
    [
        make_people,
        make_sales,
        lambda: make_people("id,name\n1.50,Ada\n20.25,Bob\n100.00,Eve\n"),
        lambda: make_people("id,name\n2026-11-20T10:00:00Z,Ada\n2026-11-20T10:00:00.5Z,Bob\n"),
    ],
)
def test_few_and_many_are_the_same_people(app, monkeypatch, make):
    make()
    add(app, make_source(), ["web", "7"])
    many = sum(all_pages(), [])

    monkeypatch.setattr(cuts, "MANY", 500_000)

    few = page()
    assert in_order(few.ids) == many
    assert few.matching_count == len(many) > 3
    assert few.counted_at is None


def test_the_first_page_waits_for_nobody_to_be_counted(app, pages):
    ids = some_ids(200)
    add(app, make_source(), ids)

    first = pages.get("/people")
    wait()
    second = pages.get("/people")

    assert "being counted" in first.text
    assert "Page 1 of" not in first.text
    assert "being counted" not in second.text
    assert f"{len(set(ids))} people" in second.text
    assert "Page 1 of" in second.text


@pytest.mark.parametrize("looked_at", [1, 2, 7, 60, 1_000])
def test_what_is_shown_before_the_count_begins_the_list(app, monkeypatch, looked_at):
    monkeypatch.setattr(cuts, "LOOKED_AT", looked_at)
    monkeypatch.setattr(cuts, "find_beside", lambda asked, now: None)
    ids = some_ids(120)
    make_people()
    add(app, make_source(), ids)

    shown = page()

    assert shown.is_counting
    assert shown.ids
    assert shown.ids == in_order([*ids, "1", "2", "3"])[: len(shown.ids)]
    assert len(shown.ids) == PEOPLE_A_PAGE or looked_at < 1_000


def test_whoever_comes_is_shown_at_once_and_counted_later(app, at_once):
    source = make_source()
    add(app, source, [f"p{number:03}" for number in range(120)])
    page(2)
    add(app, source, ["a", "p060-new", "z"])

    before, places = page(), [page(number).ids for number in (1, 2, 3)]

    assert before.matching_count == 120
    assert before.ids[0] == "a"
    assert "p060-new" in places[1]
    assert places[2][-1] == "z"
    assert page().matching_count == 123
    assert [len(each) for each in all_pages()] == [50, 50, 23]


def test_what_did_not_change_is_not_counted_again(app, at_once):
    add(app, make_source(), ["p1", "p2"])
    page()

    assert page().counted_at == page().counted_at


def test_a_change_is_not_counted_before_a_minute_has_passed(app, at_once, monkeypatch):
    monkeypatch.setattr(cuts, "FRESH", timedelta(minutes=1))
    source = make_source()
    add(app, source, ["p1"])
    page()
    add(app, source, ["p2"])

    assert [page().matching_count for _ in range(3)] == [1, 1, 1]
    assert page().ids == ["p1", "p2"]


def test_no_page_waits_while_people_are_counted_again(app, monkeypatch):
    monkeypatch.setattr(cuts, "FRESH", timedelta(0))
    source = make_source()
    add(app, source, ["p1"])
    page(2)
    add(app, source, ["p2"])
    with monkeypatch.context() as waiting:
        waiting.setattr(cuts, "_counting", NobodyMayWait())
        shown = page()

    assert (shown.ids, shown.matching_count) == (["p1", "p2"], 1)


def test_whoever_is_gone_is_on_no_page_at_once(app):
    add(app, make_source(), [f"p{number:03}" for number in range(60)])
    page(2)

    condition = erasing.is_any_of(["person_id"], ["p003"])
    lake = storage.lake()
    found = erasing.files_with(lake, events.TABLE, condition)
    erasing.remove_rows(lake, events.TABLE, condition, found, spill=storage.spill())

    assert len(page().ids) == 49
    assert "p003" not in page().ids


def test_a_count_that_fails_is_tried_again(app, at_once, monkeypatch):
    add(app, make_source(), ["p1"])
    with monkeypatch.context() as failing:

        def refuse(*_given):
            raise duckdb.IOException("The file is gone")

        failing.setattr(cuts, "_remember", refuse)
        assert page().is_counting
    page()

    assert page().matching_count == 1


def test_visitors_without_a_name_are_nobody(app, pages, at_once):
    send(app, make_source(), "/v1/track", {"event": "visit", "anonymousId": "dev-7"})
    tracking.flush_inbox()

    assert page().ids == []
    assert page().matching_count == 0
    assert "Nobody yet" in pages.get("/people").text
