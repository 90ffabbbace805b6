"""What is prepared of files of events tells at any time what files and links tell themselves."""

import random
from datetime import timedelta

import pytest

from app import storage
from app.extensions import db
from app.lake import engine, logs
from app.people import events_by_person, prepared, services, sources
from app.tracking import identity
from app.tracking import queries as tracking
from app.tracking import services as tracking_services
from app.tracking.models import IdentityLink
from app.tracking.names import EventKind
from tests.conftest import NOW
from tests.integration.tracking.sending import make_source, send
from tests.integration.tracking.test_interactions import SALES, make_sales

PEOPLE, BROWSERS = ("ada", "bob", "eve"), ("b-1", "b-2", "b-3", "b-4")


@pytest.fixture(autouse=True)
def every_file(monkeypatch):
    """Prepare every file, however small."""
    monkeypatch.setattr(sources, "FEW_ROWS", 0)


def as_prepared():
    """Return all events of people as audiences read them."""
    with engine.connection() as session:
        return rows_of(session, events_by_person.opened(session, session, tracking.meanings()))


def as_they_are():
    """Return the same by all links and all files, as they are."""
    with engine.connection() as session:
        found = tracking.with_people(session, identity.spans(tracking.links()))
        return rows_of(session, found.filter(found.person_id.notnull()))


def rows_of(session, events):
    found = logs.frame(session, events.select(*prepared.SCHEMA.names)).to_pylist()
    return sorted(repr(sorted(row.items())) for row in found)


def some_messages(chance, number):
    """Return messages of people and browsers, some of which sign in."""
    for each in range(chance.randint(1, 6)):
        at = NOW - timedelta(hours=chance.randint(0, 50))
        who = {"anonymousId": chance.choice(BROWSERS)}
        if chance.random() < 0.4:
            who["userId"] = chance.choice(PEOPLE)
        kind = "identify" if "userId" in who and chance.random() < 0.5 else "track"
        said = {"type": kind, "messageId": f"m-{number}-{each}", "timestamp": at.isoformat(), **who}
        yield said if kind == "identify" else {**said, "event": "buy", "properties": {"n": each}}


def receive(app, source, chance, number):
    send(app, source, "/v1/batch", {"batch": list(some_messages(chance, number))})
    tracking_services.flush_inbox()


def decide(chance, number):
    links = db.session.query(IdentityLink).all()
    if links:
        link = chance.choice(links)
        tracking_services.decide_identity(
            anonymous_id=link.anonymous_id,
            person_id=link.person_id,
            is_theirs=chance.random() < 0.4,
            by="owner",
            now=NOW + timedelta(days=number),
        )


def lose_links(chance):
    """Take links out, as erasing somebody does."""
    db.session.query(IdentityLink).filter_by(person_id=chance.choice(PEOPLE)).delete()
    db.session.commit()


@pytest.mark.parametrize("seed", range(4))
def test_what_is_prepared_is_what_there_is_after_anything_that_may_happen(app, seed):
    chance, source = random.Random(seed), make_source()
    if seed % 2:
        make_sales()
    for number in range(10):
        receive(app, source, chance, number)
        what = chance.random()
        if what < 0.25:
            decide(chance, number)
        elif what < 0.35:
            lose_links(chance)
        elif what < 0.5:
            tracking_services.compact_events()
        assert as_prepared() == as_they_are(), (seed, number)
        if chance.random() < 0.6:
            services.prepare_events()
            assert as_prepared() == as_they_are(), (seed, number)
    assert as_prepared()


def test_a_file_is_prepared_once(app):
    source = make_source()
    receive(app, source, random.Random(1), 1)

    assert services.prepare_events() == 1
    assert services.prepare_events() == 0


def test_another_reading_of_a_dataset_prepares_it_anew(app):
    make_sales(SALES)
    services.prepare_events()
    before = set(prepared.notes(storage.lake()))

    tracking_services.map_event_name(name="buy in store", kind=EventKind.BUY)
    services.prepare_events()

    assert len(before) == 1
    assert before.isdisjoint(prepared.notes(storage.lake()))
    assert as_prepared() == as_they_are()


def test_files_that_no_note_names_go_when_nobody_can_read_them(app):
    source = make_source()
    receive(app, source, random.Random(2), 1)
    services.prepare_events()
    lake = storage.lake()
    prepared.forget(lake, list(prepared.notes(lake)))

    assert prepared.sweep(lake, older_than=timedelta(hours=1)) == 0
    assert prepared.sweep(lake, older_than=timedelta(0)) > 0
    assert as_prepared() == as_they_are()
