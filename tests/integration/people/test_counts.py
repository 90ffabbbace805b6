"""Figures of identifiers are counted once for what they are of, and an older one says so."""

import random
import re
from datetime import timedelta

import duckdb
import pytest

from app.extensions import db
from app.people import counting, counts
from app.tracking import services as tracking
from app.tracking.models import IdentityLink
from tests.conftest import NOW
from tests.integration.audiences.making import add_people, make_events
from tests.integration.people.test_identifiers import figures, identified, make_members
from tests.integration.tracking.sending import make_source
from tests.integration.tracking.test_interactions import make_sales

EVENTS, VISITORS = ("userid", "events"), ("coid", "events")
EMAIL, NUMBER, KEY = ("email", "People"), ("number", "People"), ("id", "People")


@pytest.fixture
def _all_is_much(monkeypatch):
    monkeypatch.setattr(counts, "MANY", -1)


@pytest.fixture
def at_once(monkeypatch):
    """Count while somebody asks, not beside, and again each time."""
    monkeypatch.setattr(counts, "_beside", counts._count_and_release)
    monkeypatch.setattr(counts, "FRESH", timedelta(0))


@pytest.fixture
def never_again(monkeypatch):
    """Return what makes every further count a failure."""

    def refuse(*_given):
        pytest.fail("Counted again")

    return lambda: monkeypatch.setattr(counting, "answer", refuse)


def shown(pages):
    """Return the cells of profiles by the type of identifier."""
    text = pages.get("/people/identifiers").text
    rows = re.findall(r"(?s)<code>([^<]+)</code>.*?data-label=\"Profiles\"[^>]*>(.*?)</td>", text)
    return {name: re.sub(r"<[^>]+>", " ", cell).strip() for name, cell in rows}


def wait():
    """Wait for whoever counts beside."""
    with counts._counting:
        pass


def decide(anonymous_id, person_id, *, is_theirs):
    tracking.decide_identity(
        anonymous_id=anonymous_id,
        person_id=person_id,
        is_theirs=is_theirs,
        by="owner@example.com",
        now=NOW + timedelta(days=400),
    )


def test_what_did_not_change_is_not_counted_again(app, never_again):
    make_members()
    identified(app, ("dev-1", "ada"))
    first = figures()

    never_again()

    assert figures() == first


def test_whatever_changes_is_counted_at_once(app):
    dataflow = make_members()
    source = identified(app, ("dev-1", "ada"))
    before = figures()

    make_events(app, ("new", "visit", {}), source=source)
    identified(app, ("dev-1", "bob"), source=source)
    add_people(dataflow, "id,email,number\nzoe,ADA@example.com,9\n")

    assert before == {EVENTS: (1, 0), KEY: (4, 0), EMAIL: (3, 1), NUMBER: (4, 1), VISITORS: (1, 0)}
    assert figures() == {
        **{EVENTS: (3, 0), KEY: (5, 0), EMAIL: (4, 2), NUMBER: (5, 1), VISITORS: (2, 1)}
    }


def test_people_of_interactions_are_counted_with_those_of_events(app):
    make_events(app, ("1", "visit", {}), ("web", "visit", {}))
    before = figures()[EVENTS]

    make_sales()

    assert (before, figures()[EVENTS]) == ((2, 0), (3, 0))


def test_an_anonymous_id_that_was_taken_away_counts_for_nobody_until_it_is_given_back(app, pages):
    identified(app, ("dev-1", "ada"), ("dev-1", "bob"), ("dev-2", "ada"))
    before = figures()[VISITORS]

    decide("dev-1", "bob", is_theirs=False)
    after, values = figures()[VISITORS], pages.get("/people/identifiers/shared?type=coid")
    decide("dev-1", "bob", is_theirs=True)

    assert (before, after, figures()[VISITORS]) == ((2, 1), (1, 0), (2, 1))
    assert "No value is shared" in values.text


def test_a_link_that_takes_the_number_of_one_that_is_gone_is_noticed(app):
    source = identified(app, ("dev-1", "ada"), ("dev-2", "bob"))
    before = figures()[VISITORS]
    newest = db.session.query(IdentityLink).order_by(IdentityLink.id.desc()).first()
    number = newest.id
    db.session.delete(newest)
    db.session.commit()

    identified(app, ("dev-3", "ada"), source=source)

    again = db.session.query(IdentityLink).order_by(IdentityLink.id.desc()).first()
    assert again.id == number
    assert (before, figures()[VISITORS]) == ((2, 0), (1, 0))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_figures_are_those_of_the_rows(app, seed):
    chosen = random.Random(seed)
    emails = [chosen.choice(["a@x.com", "A@x.com", "b@x.com", "é@x.com", ""]) for _ in range(30)]
    rows = [(f"p{place}", email, chosen.randint(1, 40)) for place, email in enumerate(emails)]
    content = "id,email,number\n" + "".join(f"{a},{b},{c}\n" for a, b, c in rows)
    make_members(content)
    links = [(f"dev-{chosen.randint(1, 8)}", f"p{chosen.randint(1, 8)}") for _ in range(15)]
    identified(app, *links)

    def expected(pairs):
        people = {}
        for value, person in pairs:
            people.setdefault(value, set()).add(person)
        told = {value: who for value, who in people.items() if value}
        several = [value for value, who in told.items() if len(who) > 1]
        return len(set().union(*told.values())), len(several)

    found = figures()
    assert found[EMAIL] == expected((email.lower(), who) for who, email, _number in rows)
    assert found[NUMBER] == expected((number, who) for who, _email, number in rows)
    assert found[VISITORS] == expected(links)
    assert found[EVENTS] == (len({person for _id, person in links}), 0)


@pytest.mark.usefixtures("_all_is_much")
def test_nobody_waits_while_much_is_counted_for_the_first_time(app, pages):
    make_members()

    first = shown(pages)
    wait()
    second = shown(pages)

    waiting = dict.fromkeys(("userid", "email", "number", "coid"), "being counted")
    assert first == {**waiting, "id": "4"}
    assert second == {"userid": "0", "id": "4", "email": "3", "number": "4", "coid": "0"}


@pytest.mark.usefixtures("_all_is_much")
def test_an_older_figure_says_when_it_was_counted_and_is_counted_anew(app, pages, at_once):
    source = make_source()
    make_events(app, ("p1", "visit", {}), source=source)
    shown(pages)
    before = shown(pages)["userid"]
    make_events(app, ("p2", "visit", {}), source=source)

    after = shown(pages)

    assert before == "1"
    assert re.fullmatch(r"1\s+counted\s+\S.*", after["userid"])
    assert "counted" not in after["coid"]
    assert shown(pages)["userid"] == "2"


@pytest.mark.usefixtures("_all_is_much", "at_once")
def test_a_change_is_not_counted_before_a_minute_has_passed(app, pages, monkeypatch):
    monkeypatch.setattr(counts, "FRESH", timedelta(minutes=1))
    source = make_source()
    make_events(app, ("p1", "visit", {}), source=source)
    shown(pages)
    make_events(app, ("p2", "visit", {}), source=source)

    found = [shown(pages)["userid"] for _ in range(3)]

    assert all(re.match(r"1\s+counted", each) for each in found)


@pytest.mark.usefixtures("_all_is_much", "at_once")
def test_a_process_that_counted_nothing_yet_shows_nothing_old(app, pages, monkeypatch):
    source = make_source()
    make_events(app, ("p1", "visit", {}), source=source)
    shown(pages)
    # As in another web process: it remembers nothing of this one.
    monkeypatch.setattr(counts, "_kept", {})
    make_events(app, ("p2", "visit", {}), source=source)

    assert [shown(pages)["userid"] for _ in range(2)] == ["being counted", "2"]


@pytest.mark.usefixtures("_all_is_much", "at_once")
def test_a_count_that_fails_is_tried_again(app, pages, monkeypatch):
    make_events(app, ("p1", "visit", {}))
    with monkeypatch.context() as failing:

        def refuse(*_given):
            raise duckdb.IOException("The file is gone")

        failing.setattr(counting, "answer", refuse)
        failed = [shown(pages)["userid"] for _ in range(2)]
    shown(pages)

    assert failed == ["being counted"] * 2
    assert shown(pages)["userid"] == "1"
