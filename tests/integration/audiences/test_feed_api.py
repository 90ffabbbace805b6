"""The membership API for copies: audiences, members and changes over HTTP, and every refusal."""

import pytest

from app import storage
from app.accounts import services as accounts
from app.accounts.models import Scope
from app.audiences import services
from app.audiences.evaluation import services as evaluation
from tests.conftest import NOW
from tests.integration.audiences.making import evaluate, fresh, make_audience, make_events
from tests.unit.audiences.recording import moment, record

VISITORS = {"all": [{"did": {"event": "visit"}}]}
NOBODY_KNOWS = "0123456789abcdef" * 2
HOSTILE = [
    *("-1", "1.5", "", " 1", "+1", "1e3", "²", "١٢", "9" * 19, "9" * 4000, "%00", "1%00"),
    *("null", "[]", "' OR 1=1 --"),
]


@pytest.fixture
def key(app):
    return accounts.create_api_key(name="Copy", scope=Scope.MEMBERSHIPS_READ, now=NOW)


def ask(app, key, path, **headers):
    given = {"Authorization": f"Bearer {key}", **headers} if key else headers
    return app.test_client().get(f"/api/v1/{path}", headers=given)


def code(answer):
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == answer.status_code
    return answer.status_code, answer.json["code"]


def make_both(app):
    """Return audiences of two buyers and of one visitor."""
    make_events(app, ("ada", "buy", {}), ("bob", "buy", {}), ("eve", "visit", {}))
    return evaluate(make_audience()), evaluate(make_audience(VISITORS, "Visitors"))


def test_audiences_are_listed_with_how_they_stand(app, key):
    buyers, visitors = make_both(app)

    answer = ask(app, key, "audiences")

    assert answer.status_code == 200
    assert answer.json["nextAfter"] is None
    found = {each["id"]: each for each in answer.json["audiences"]}
    assert set(found) == {buyers.public_id, visitors.public_id}
    assert found[buyers.public_id] == {
        **{"id": buyers.public_id, "name": "Buyers", "description": "", "tags": ["shop"]},
        **{"memberCount": 2, "evaluatedAt": "2026-11-23T12:00:00Z", "sequence": 2},
    }
    assert ask(app, key, f"audiences/{buyers.public_id}").json == found[buyers.public_id]


def test_audiences_come_in_pages_that_no_deletion_shifts(app, key):
    made = [make_audience(name=f"Audience {number}") for number in range(5)]
    ids = sorted(each.public_id for each in made)

    first = ask(app, key, "audiences?limit=2").json
    gone = next(each for each in made if each.public_id == ids[1])
    services.delete_audience(audience_id=gone.id)
    second = ask(app, key, f"audiences?limit=2&after={first['nextAfter']}").json
    third = ask(app, key, f"audiences?limit=2&after={second['nextAfter']}").json

    read = [each["id"] for page in (first, second, third) for each in page["audiences"]]
    assert read == ids
    assert first["nextAfter"] == ids[1]
    assert third["nextAfter"] is None


def test_members_come_with_since_when_and_as_of_which_sequence(app, key):
    buyers, _visitors = make_both(app)
    path = f"audiences/{buyers.public_id}/members"

    first = ask(app, key, f"{path}?limit=1").json
    second = ask(app, key, f"{path}?limit=1&after={first['nextAfter']}").json

    assert first == {
        **{"audience": buyers.public_id, "asOf": 3, "nextAfter": 1},
        "members": [{"personId": "ada", "since": "2026-11-23T12:00:00Z", "sequence": 1}],
    }
    assert [each["personId"] for each in second["members"]] == ["bob"]
    assert second["nextAfter"] is None


def test_changes_come_in_order_with_where_to_go_on(app, key):
    buyers, visitors = make_both(app)

    first = ask(app, key, "membership-changes?limit=2").json
    second = ask(app, key, f"membership-changes?limit=2&after={first['nextAfter']}").json
    last = ask(app, key, f"membership-changes?after={second['nextAfter']}").json

    assert [each["personId"] for each in first["changes"]] == ["ada", "bob"]
    assert (first["nextAfter"], first["lastSequence"]) == (2, 3)
    assert second["changes"] == [
        {
            **{"sequence": 3, "audienceId": visitors.public_id, "personId": "eve"},
            **{"membership": True, "at": "2026-11-23T12:00:00Z"},
        }
    ]
    assert (last["changes"], last["nextAfter"], last["lastSequence"]) == ([], 3, 3)
    own = ask(app, key, f"membership-changes?audience={buyers.public_id}").json
    assert own["changes"] == first["changes"]
    assert own["nextAfter"] == 3


def test_who_left_is_a_change_and_no_member(app, key):
    buyers, _visitors = make_both(app)
    with storage.lake().writer_lock("audiences/membership_changes"):
        record(storage.lake(), buyers.public_id, {"bob"}, moment(0))

    members = ask(app, key, f"audiences/{buyers.public_id}/members").json
    changes = ask(app, key, "membership-changes?after=3").json["changes"]

    assert [each["personId"] for each in members["members"]] == ["bob"]
    assert [(each["personId"], each["membership"]) for each in changes] == [("ada", False)]


def test_a_deleted_audience_is_told_so(app, key):
    buyers, visitors = make_both(app)
    services.delete_audience(audience_id=buyers.id)

    everything = ask(app, key, "membership-changes").json
    own = ask(app, key, f"membership-changes?audience={buyers.public_id}&after=3").json
    other = ask(app, key, f"membership-changes?audience={visitors.public_id}").json

    assert everything["deletedAudiences"] == own["deletedAudiences"] == [buyers.public_id]
    assert len(everything["changes"]) == 3
    assert other["deletedAudiences"] == []
    for path in (f"audiences/{buyers.public_id}", f"audiences/{buyers.public_id}/members"):
        assert code(ask(app, key, path)) == (410, "audience_deleted")


def test_an_audience_without_changes_yet_has_none(app, key):
    audience = make_audience()

    members = ask(app, key, f"audiences/{audience.public_id}/members").json
    changes = ask(app, key, f"membership-changes?audience={audience.public_id}").json

    assert (members["members"], members["asOf"], members["nextAfter"]) == ([], 0, None)
    assert changes == {"changes": [], "deletedAudiences": [], "lastSequence": 0, "nextAfter": 0}
    assert ask(app, key, f"audiences/{audience.public_id}").json["evaluatedAt"] is None


@pytest.mark.parametrize(
    "unknown", [NOBODY_KNOWS, "1", "nobody", "%00", NOBODY_KNOWS + "%00", "ä", "x" * 3000, "' --"]
)
def test_an_audience_nobody_knows_is_not_found(app, key, unknown):
    make_both(app)

    for path in (
        f"audiences/{unknown}",
        f"audiences/{unknown}/members",
        f"membership-changes?audience={unknown}",
    ):
        assert code(ask(app, key, path)) == (404, "audience_unknown")


@pytest.mark.parametrize("sent", HOSTILE)
def test_a_number_that_is_none_is_refused_and_its_bounds_are_told(app, key, sent):
    buyers, _visitors = make_both(app)
    for path in (f"audiences/{buyers.public_id}/members", "membership-changes"):
        for name in ("limit", "after"):
            answer = ask(app, key, f"{path}?{name}={sent.replace('+', '%2B')}")
            assert code(answer) == (400, f"{name}_invalid")
            assert answer.json["most"] == (10_000 if name == "limit" else 2**63 - 1)


@pytest.mark.parametrize("limit", ["0", "10001"])
def test_a_limit_out_of_bounds_is_refused(app, key, limit):
    for path in ("audiences", "membership-changes"):
        assert code(ask(app, key, f"{path}?limit={limit}")) == (400, "limit_invalid")


@pytest.mark.parametrize("after", ["%00", "ä", "x" * 33])
def test_an_id_to_go_on_after_that_is_none_is_refused(app, key, after):
    assert code(ask(app, key, f"audiences?after={after}")) == (400, "after_invalid")


def test_a_reader_ahead_of_the_log_is_told_to_read_anew(app, key):
    make_both(app)

    answer = ask(app, key, f"membership-changes?after={2**63 - 1}")

    assert code(answer) == (409, "sequence_ahead")
    assert answer.json["lastSequence"] == 3


@pytest.mark.parametrize(
    "path", ["audiences", f"audiences/{NOBODY_KNOWS}", "audiences/x/members", "membership-changes"]
)
def test_without_a_right_key_nothing_is_answered(app, path):
    other = accounts.create_api_key(name="Shop", scope=Scope.STREAM_WRITE, now=NOW)

    assert code(ask(app, "", path)) == (401, "key_wrong")
    assert code(ask(app, "hw_wrong", path)) == (401, "key_wrong")
    assert code(ask(app, other, path)) == (403, "scope_wrong")


@pytest.mark.parametrize("path", ["audiences", "membership-changes"])
def test_an_answer_is_asked_for_again_and_sent_once(app, key, path):
    buyers, _visitors = make_both(app)

    first = ask(app, key, path)
    again = ask(app, key, path, **{"If-None-Match": first.headers["ETag"]})
    with storage.lake().writer_lock("audiences/membership_changes"):
        record(storage.lake(), buyers.public_id, set(), moment(0))
    evaluation.take_out(person_id="eve", now=NOW)
    later = ask(app, key, path, **{"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "private, no-cache"
    assert "Authorization" in first.headers["Vary"]
    assert (again.status_code, again.data) == (304, b"")
    assert later.status_code == 200
    assert fresh(buyers).member_count == 2


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_is_changed_by_asking(app, key, method):
    headers = {"Authorization": f"Bearer {key}"}

    answer = getattr(app.test_client(), method)("/api/v1/membership-changes", headers=headers)

    assert answer.status_code == 405
    assert answer.mimetype == "application/problem+json"
