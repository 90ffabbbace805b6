"""What comes of people who were erased: nothing that they send is kept, until that is lifted."""

import pytest
from sqlalchemy import select

from app.accounts.models import AuditEntry
from app.extensions import db
from app.suppressions import queries, services
from app.suppressions.models import IdentifierKind, Suppression
from app.tracking import queries as tracking
from app.tracking.models import IdentityLink, RefusedMessage
from tests.conftest import NOW
from tests.integration.tracking.sending import make_source, send, stored

GONE, BROWSER, OTHER = "gone-person", "gone-browser", "other-person"


@pytest.fixture
def source(app):
    services.suppress(person_id=GONE, anonymous_ids=[BROWSER], now=NOW)
    return make_source()


def test_events_of_suppressed_people_are_not_stored_and_others_are(app, source):
    batch = [
        {"type": "track", "event": "kept", "userId": OTHER},
        {"type": "track", "event": "gone", "userId": GONE},
        {"type": "track", "event": "gone", "anonymousId": BROWSER},
        {"type": "identify", "userId": GONE, "anonymousId": "another-browser"},
        {"type": "alias", "userId": OTHER, "previousId": GONE},
        {"type": "track", "event": "kept", "anonymousId": "another-browser"},
    ]

    answer = send(app, source, "/v1/batch", {"batch": batch})

    assert answer.status_code == 200
    assert {row["event"] for row in stored()} == {"kept"}
    assert len(stored()) == 2
    assert tracking.count_waiting() == 0
    assert db.session.scalars(select(IdentityLink)).all() == []


def test_a_browser_that_has_another_user_now_is_theirs(app, source):
    event = {"event": "kept", "userId": OTHER, "anonymousId": BROWSER}
    send(app, source, "/v1/track", event)

    assert [row["person_id"] for row in stored()] == [OTHER]


def test_of_a_refused_message_of_theirs_only_the_reason_is_kept(app, source):
    for who in (GONE, OTHER):
        send(app, source, "/v1/batch", {"batch": [{"type": "none", "userId": who}]})

    stored()
    db.session.expire_all()
    kept = db.session.scalars(select(RefusedMessage).order_by(RefusedMessage.id)).all()
    assert [bool(each.raw) for each in kept] == [False, True]
    assert all(each.reason for each in kept)


def test_only_digests_are_kept_and_twice_is_once(app):
    assert services.suppress(person_id=GONE, anonymous_ids=[BROWSER], now=NOW) == 2
    assert services.suppress(person_id=GONE, anonymous_ids=[BROWSER], now=NOW) == 0

    digests = [row.digest for row in db.session.scalars(select(Suppression))]
    assert len(set(digests)) == 2
    assert not any(GONE in digest or BROWSER in digest for digest in digests)
    assert queries.count_suppressed() == {
        IdentifierKind.PERSON: 1,
        IdentifierKind.ANONYMOUS: 1,
    }


def test_what_is_lifted_is_taken_in_again_and_who_lifted_it_is_on_record(app, source, owner):
    services.lift(identifier=f" {GONE} ", user_id=owner.id, now=NOW)
    send(app, source, "/v1/track", {"event": "back", "userId": GONE})

    assert [row["event"] for row in stored()] == ["back"]
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "suppression.lifted")
    ).one()
    assert (entry.user_id, GONE in entry.subject) == (owner.id, False)


def test_what_is_not_suppressed_cannot_be_lifted(app):
    with pytest.raises(services.NotSuppressed):
        services.lift(identifier=GONE, user_id=None, now=NOW)


def test_an_admin_lifts_on_a_page_by_writing_the_identifier(app, source, pages):
    wrong = pages.post("/people/suppressed", identifier="somebody else")
    right = pages.post("/people/suppressed", identifier=BROWSER)

    assert (wrong.status, "Nothing is suppressed under this identifier" in wrong.text) == (
        422,
        True,
    )
    assert "is taken in again from now on" in right.text
    assert queries.count_suppressed()[IdentifierKind.ANONYMOUS] == 0
