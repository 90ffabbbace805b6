"""From the inbox to the events table: once, in whatever order and after whatever crash."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.extensions import db
from app.people import profile as people
from app.tracking import queries, services
from app.tracking.models import InboxEntry
from app.tracking.names import EventKind
from tests.conftest import NOW
from tests.integration.tracking.sending import make_source, send, stored, track


class Killed(BaseException):
    """Stands for the end of the process."""


def test_a_flush_that_dies_after_storing_stores_nothing_twice(app, monkeypatch):
    source = make_source()
    track(app, source, event="buy", messageId="m-1", properties={"value": 2})

    def die(_message):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(services, "_link", die)
        with pytest.raises(Killed):
            services.flush_inbox()
    db.session.rollback()
    waiting = db.session.scalar(select(func.count(InboxEntry.id)))

    assert waiting == 1
    assert len(stored()) == 1
    assert queries.count_waiting() == 0


def test_a_flush_takes_all_that_waits_in_several_commits(app, monkeypatch):
    monkeypatch.setattr(services, "MESSAGES_A_FLUSH", 2)
    source = make_source()
    for number in range(5):
        track(app, source, messageId=f"m-{number}")

    assert len(stored()) == 5


def test_a_message_of_long_ago_may_come_again(app, monkeypatch):
    source = make_source()
    for days in (0, 1, 9):
        moment = NOW + timedelta(days=days)
        monkeypatch.setattr("app.clock.now", lambda moment=moment: moment)
        track(app, source, messageId="m-1")
        services.flush_inbox()

    assert len(stored()) == 2


def test_what_an_anonymous_visitor_did_counts_once_they_are_known(app):
    source = make_source()
    send(app, source, "/v1/track", {"event": "visit", "anonymousId": "a-1"})
    before = people.find_profile("ada").timeline.total_count
    send(app, source, "/v1/identify", {"userId": "ada", "anonymousId": "a-1"})
    services.flush_inbox()

    profile = people.find_profile("ada")

    assert before == 0
    assert sorted(row["event"] for row in profile.timeline.rows) == ["identify", "visit"]
    assert [each.anonymous_id for each in profile.identities] == ["a-1"]


def test_a_shared_device_counts_for_whoever_was_last_identified(app):
    source = make_source()
    start = datetime(2026, 1, 1, tzinfo=UTC)

    def at(hours, path, **fields):
        when = (start + timedelta(hours=hours)).isoformat()
        send(app, source, path, {"anonymousId": "a-1", "timestamp": when, **fields})

    at(1, "/v1/track", event="first")
    at(2, "/v1/identify", userId="ada")
    at(3, "/v1/track", event="second")
    at(4, "/v1/identify", userId="bob")
    at(5, "/v1/track", event="third")
    services.flush_inbox()

    assert {row["event"] for row in people.find_profile("ada").timeline.rows} == {
        "first",
        "identify",
        "second",
    }
    assert {row["event"] for row in people.find_profile("bob").timeline.rows} == {
        "identify",
        "third",
    }


@pytest.mark.parametrize("previous", ["ada", "a-1"])
def test_an_alias_joins_an_earlier_id_but_not_one_with_itself(app, previous):
    source = make_source()
    send(app, source, "/v1/alias", {"userId": "ada", "previousId": previous})
    services.flush_inbox()

    assert [each.anonymous_id for each in queries.links()] == ([] if previous == "ada" else ["a-1"])


def test_a_name_counts_as_it_was_mapped_when_the_event_was_stored(app):
    source = make_source()
    track(app, source, event="Song Played")
    stored()
    unmapped = queries.unmapped_names()
    services.map_event_name(name="Song Played", kind=EventKind.CONTENT_VISIT)
    track(app, source, event="Song Played")

    assert unmapped == [("Song Played", 1)]
    assert {row["event"] for row in stored()} == {"Song Played", "contentvisit"}


def test_deleting_a_source_keeps_its_events(app):
    source = make_source()
    track(app, source)
    with pytest.raises(services.SourceInUse):
        services.delete_source(source_id=source.id)
    stored()

    services.delete_source(source_id=source.id)

    assert len(stored()) == 1
    assert queries.find_source_by_key(source.write_key) is None
