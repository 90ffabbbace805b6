"""What a write key may not do, and what the collector answers when it has no room or no luck."""

import fakeredis
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.extensions import db
from app.tracking import services
from app.tracking.models import InboxEntry
from tests.integration.tracking.sending import make_source, send, track


def waiting():
    """Return how many requests wait to be stored."""
    return db.session.scalar(select(func.count(InboxEntry.id)))


def limit(source, **limits):
    for name, value in limits.items():
        setattr(source, name, value)
    db.session.commit()
    return source


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://shop.example", 200),
        ("https://de.shop.example", 403),
        ("https://a.b.example.org", 200),
        ("https://shop.example.evil.test", 403),
        ("http://shop.example", 403),
        ("null", 403),
        (None, 200),
    ],
)
def test_pages_of_other_origins_may_not_send(app, origin, status):
    source = limit(make_source(), allowed_origins=["https://shop.example", "https://*.example.org"])
    headers = {"Origin": origin} if origin else {}

    answer = send(app, source, "/v1/track", {"event": "visit", "userId": "1"}, **headers)

    assert answer.status_code == status
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    if status == 403:
        assert answer.json["code"] == "origin_not_allowed"
        assert waiting() == 0


def test_more_requests_than_a_key_may_send_are_asked_to_wait(app, monkeypatch):
    source = limit(make_source(), requests_a_minute=3)
    redis = fakeredis.FakeRedis()
    monkeypatch.setattr("app.tracking.collector._connected", lambda _url: redis)

    answers = [track(app, source) for _each in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[-1].json["code"] == "too_many_requests"
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert waiting() == 3


@pytest.mark.parametrize("limits", [{"INBOX_REQUESTS": 100}, {"INBOX_BYTES": 3_000}])
def test_a_full_inbox_asks_to_wait_and_takes_again_once_there_is_room(app, monkeypatch, limits):
    app.config.update(limits)
    monkeypatch.setattr("app.tracking.inbox.ROOM_SECONDS", 0)
    source = make_source()
    statuses = [track(app, source).status_code for _each in range(100)]
    refused = track(app, source)
    count = waiting()
    services.flush_inbox()

    assert set(statuses) == {200}
    assert (refused.status_code, refused.json["code"]) == (503, "inbox_full")
    assert int(refused.headers["Retry-After"]) > 0
    assert count == 100
    assert track(app, source).status_code == 200


@pytest.mark.parametrize(
    ("failure", "status", "code"),
    [
        (OperationalError("", {}, Exception("database is locked")), 503, "busy"),
        (OperationalError("", {}, Exception("database or disk is full")), 503, "disk_full"),
        (ZeroDivisionError(), 500, "failed"),
    ],
)
def test_what_cannot_be_kept_now_is_asked_for_again(app, monkeypatch, failure, status, code):
    source = make_source()

    def fail(*_arguments):
        raise failure

    monkeypatch.setattr(services, "receive", fail)
    answer = track(app, source)

    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.headers["Retry-After"].isdecimal()
    assert "Retry-After" in answer.headers["Access-Control-Expose-Headers"]
