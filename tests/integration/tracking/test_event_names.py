"""The page of event names: what came without a meaning, giving, changing and taking one away."""

import pytest

from app.extensions import db
from app.tracking import queries, services
from app.tracking.models import EventName
from app.tracking.names import DEFAULT_NAMES, EventKind
from tests.conftest import PASSWORD
from tests.integration.tracking.sending import make_source, stored, track
from tests.pages import Pages


@pytest.fixture
def played(app):
    """A name that came twice and means nothing yet."""
    services.ensure_event_names()
    source = make_source()
    for _ in range(2):
        track(app, source, event="Song Played")
    track(app, source, event="Product Viewed")
    stored()


def test_a_name_without_a_meaning_gets_one_in_its_row(pages, played):
    page = pages.get("/events/names?search=song")

    done = pages.send(page, "names?search=song", kind="contentvisit")

    assert "1 name with “song” came that nobody has said a meaning of" in page.text
    assert '<a href="/events?name=Song+Played">2</a>' in page.text
    assert "From now on, “Song Played” counts as contentvisit." in done.text
    assert "No name without a meaning has “song”." in done.text
    assert queries.meanings()["Song Played"] is EventKind.CONTENT_VISIT


def test_the_number_of_a_name_leads_to_its_events(pages, played):
    assert "The last 2 of 2 events" in pages.get("/events?name=Song+Played").text
    assert "The last 1 of 1 event" in pages.get("/events?name=Product+Viewed").text


def test_a_meaning_is_changed_and_the_page_stays_where_it_was(pages, played):
    page = pages.get("/events/names?search=viewed")

    done = pages.send(page, "?search=viewed", name="Article Viewed", kind="own")

    assert "counts as itself" in done.text
    assert "Song Played" not in done.text
    assert queries.meanings()["Article Viewed"] is None


def test_a_meaning_taken_away_leaves_the_name_without_one(pages, played):
    services.map_event_name(name="Song Played", kind=EventKind.VISIT)

    done = pages.send(pages.get("/events/names?search=song"), "forget?search=song")

    assert "“Song Played” stands for itself from now on." in done.text
    assert "Song Played" not in queries.meanings()


def test_a_common_name_taken_away_does_not_come_back_at_the_next_start(app):
    services.ensure_event_names()

    services.forget_event_name(name="Order Completed")
    services.ensure_event_names()

    assert queries.meanings()["Order Completed"] is None


def test_names_that_a_later_version_knows_are_added_to_what_a_person_has_set(app):
    db.session.add_all(
        [EventName(name="buy", kind=EventKind.VISIT), EventName(name="mine", kind=None)]
    )
    db.session.commit()

    services.ensure_event_names()

    known = queries.meanings()
    assert (known["buy"], known["mine"], known["login"]) == (
        EventKind.VISIT,
        None,
        EventKind.LOGIN,
    )
    assert len(known) == len(DEFAULT_NAMES) + 1


def test_what_is_no_name_or_no_meaning_is_refused_in_a_sentence(pages):
    empty = pages.post("/events/names", name=" ", kind="visit")
    wrong = pages.post("/events/names", name="Song Played", kind="dance")

    assert (empty.status, wrong.status) == (422, 422)
    assert "Write the name" in empty.text
    assert queries.meanings() == {}


def test_a_viewer_sees_the_names_and_changes_none(app, viewer, played):
    looking = Pages(app, viewer.email, PASSWORD)

    page = looking.get("/events/names")
    refused = [
        looking.post("/events/names", name="Song Played", kind="visit"),
        looking.post("/events/names/forget", name="buy"),
    ]

    assert "Song Played" in page.text
    assert "<select" not in page.text
    assert [each.status for each in refused] == [403, 403]


def test_forgetting_a_name_nobody_knows_changes_nothing(pages):
    done = pages.post("/events/names/forget", name="nobody")

    assert done.status == 200
    assert queries.meanings() == {}
