"""From the inbox to the events table: once, in whatever order and after whatever crash."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select

from app import storage
from app.extensions import db
from app.people import profile as people
from app.tracking import events, linking, queries, services
from app.tracking.inbox import Arrival
from app.tracking.models import IdentityLink, InboxEntry
from app.tracking.names import EventKind
from tests.conftest import NOW
from tests.integration.audiences.making import basis_now
from tests.integration.tracking.sending import make_source, send, stored, track


class Killed(BaseException):
    """Stands for the end of the process."""


def test_a_flush_that_dies_after_storing_stores_nothing_twice(app, monkeypatch):
    source = make_source()
    track(app, source, event="buy", messageId="m-1", properties={"value": 2})

    def die(*_arguments):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(linking, "link", die)
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

    assert [(each.name, each.number) for each in unmapped] == [("Song Played", 1)]
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


def test_many_small_files_of_events_become_few(app):
    source = make_source()
    for number in range(10):
        track(app, source, messageId=f"m-{number}")
        services.flush_inbox()
    before, versions = queries.arrivals().rows, basis_now()

    services.compact_events()

    assert len(storage.lake().files(events.TABLE)) == 1
    assert queries.arrivals().rows == before
    # The same rows in other files are no reason to evaluate audiences anew.
    assert not versions.is_outdated(basis_now())
    track(app, source, messageId="m-3")
    assert len(stored()) == 10


def test_who_signs_in_is_whose_the_anonymous_id_is(app):
    source = make_source()
    services.map_event_name(name="Signed In", kind=EventKind.LOGIN)
    send(app, source, "/v1/track", {"event": "visit", "anonymousId": "a-1"})
    send(app, source, "/v1/track", {"event": "Signed In", "anonymousId": "a-1", "userId": "ada"})
    send(app, source, "/v1/track", {"event": "visit", "anonymousId": "a-2", "userId": "ada"})
    services.flush_inbox()

    assert [link.anonymous_id for link in queries.links()] == ["a-1"]


def test_a_message_sent_again_links_nothing_anew(app):
    source = make_source()
    message = {"userId": "ada", "anonymousId": "a-1", "messageId": "m-1"}
    send(app, source, "/v1/identify", message)
    services.flush_inbox()
    db.session.execute(delete(IdentityLink))
    db.session.commit()
    send(app, source, "/v1/identify", message)
    services.flush_inbox()

    assert list(queries.links()) == []


def test_what_a_later_version_cannot_read_is_kept_as_refused(app):
    source = make_source()
    body = json.dumps({"batch": [{"type": "track"}, {"type": "track", "event": "e", "userId": 1}]})
    arrival = Arrival(source.id, NOW, None, 2, body.encode())
    with db.engine.connect() as connection:
        services.receive(connection, [arrival, Arrival(source.id, NOW, None, 1, b"[")])

    assert [row["event"] for row in stored()] == ["e"]
    assert queries.count_refused() == 2
    assert queries.count_waiting() == 0


@pytest.mark.parametrize("moment", ["2046-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_nothing_happens_in_the_future(app, moment):
    source = make_source()
    track(app, source, timestamp=moment)

    (event,) = stored()

    assert event["occurred_at"] == event["received_at"]


def test_a_number_that_is_out_of_range_spoils_no_question(app):
    source = make_source()
    body = b'{"event": "buy", "userId": "1", "properties": {"value": 1e999, "price": 2.2e-16}}'
    send(app, source, "/v1/track", body)

    (event,) = stored()

    assert json.loads(event["properties"]) == {"value": None, "price": 2.2e-16}
    assert event["amount"] == 0


def _buys(values, **fields):
    products = [{"price": each} for each in values]
    return {"messageId": "m-1", "properties": {"products": products}, **fields}


def test_a_message_is_kept_once_though_its_name_means_more_by_the_time_it_comes_again(app):
    source = make_source()
    track(app, source, event="Ordered", **_buys([1, 2, 3]))
    stored()
    services.map_event_name(name="Ordered", kind=EventKind.BUY)
    track(app, source, event="Ordered", **_buys([1, 2, 3]))

    assert [(row["event"], row["part"]) for row in stored()] == [("Ordered", 0)]


@pytest.mark.parametrize("is_one_flush", [True, False])
def test_of_two_messages_with_one_id_the_first_is_kept_whole_and_nothing_of_the_other(
    app, is_one_flush
):
    services.ensure_event_names()
    source = make_source()
    track(app, source, event="Order Completed", **_buys([1, 2]))
    if not is_one_flush:
        stored()
    track(app, source, event="Order Completed", **_buys([7, 8, 9], userId="2"))

    rows = sorted(stored(), key=lambda row: row["part"])
    assert [(row["person_id"], row["amount"]) for row in rows] == [("1", 1), ("1", 2)]


def test_of_two_identifies_with_one_id_the_first_counts(app):
    source = make_source()
    for person in ("1", "2"):
        told = {"messageId": "m-1", "anonymousId": "a-1", "userId": person}
        assert send(app, source, "/v1/identify", told).status_code == 200
    services.flush_inbox()

    assert [link.person_id for link in db.session.scalars(select(IdentityLink))] == ["1"]


@pytest.mark.parametrize("is_one_flush", [True, False])
@pytest.mark.parametrize(
    ("path", "content", "linked"),
    [
        ("/v1/identify", {"anonymousId": "a-1"}, [("a-1", "1")]),
        ("/v1/track", {"event": "visit"}, []),
    ],
)
def test_an_alias_of_a_person_joins_nothing_whenever_it_is_flushed(
    app, path, content, linked, is_one_flush
):
    source = make_source()
    send(app, source, path, {**content, "userId": "1"})
    if not is_one_flush:
        services.flush_inbox()
    send(app, source, "/v1/alias", {"previousId": "1", "userId": "2"})
    services.flush_inbox()

    links = db.session.scalars(select(IdentityLink)).all()
    assert [(link.anonymous_id, link.person_id) for link in links] == linked
