"""The webhook over HTTP: what is taken in and how what is not is answered."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.site.segments import queries
from tests.integration.site.segments.sending import (
    CLIENT,
    SECRET,
    changes,
    create,
    encoded,
    headers,
    make_shop,
    member_ids,
    post,
    statuses,
    stored_messages,
    work_all,
)

HEARTBEAT = encoded("heartbeat", {})


def test_few_changes_are_worked_while_the_sender_waits(app):
    make_shop(app)
    create(app)

    answer = changes(app, ("1001", True, 1), ("1002", True, 2), ("1002", False, 3), ("9", True, 4))

    assert answer.status_code == 200
    assert answer.json == {
        "status": "processed",
        "items": 4,
        "applied": 2,
        "superseded": 1,
        "unknown_person": 1,
    }
    assert member_ids() == ["1001"]


def test_as_many_as_the_threshold_are_queued_in_batches_at_intervals(app, queue):
    make_shop(app)
    app.config.update(BULK_BATCH_ITEMS=40, BULK_INTERVAL_SECONDS=10)
    create(app)
    given = [(str(1001 + number), True, number) for number in range(100)]

    answer = changes(app, *given)
    waiting = app.test_client().get(
        answer.json["href"].partition("8080")[2], headers=headers(b"", "x")
    )
    now = datetime.now(UTC)
    handed = [work_all(app, queue, now + timedelta(seconds=at)) for at in (1, 11, 21, 31)]
    done = app.test_client().get(
        answer.json["href"].partition("8080")[2], headers=headers(b"", "x")
    )

    assert (answer.status_code, answer.json["status"]) == (202, "queued")
    assert waiting.json["counts"] == {"queued": 100}
    assert handed == [1, 1, 1, 0]
    assert done.json["status"] == "processed"
    assert done.json["counts"] == {"applied": 100}
    assert member_ids()[:2] == ["1001", "1002"]


def test_99_items_are_below_the_threshold(app):
    make_shop(app)
    create(app)

    assert changes(app, *[(str(1001 + n), True, n) for n in range(99)]).status_code == 200


def test_a_repeated_message_is_answered_as_before(app, queue):
    make_shop(app)
    create(app)
    first = changes(app, ("1001", True, 1))
    many = [(str(1001 + n), True, n + 10) for n in range(100)]
    queued = changes(app, *many, webhook_id="m-2")
    work_all(app, queue, datetime.now(UTC))

    again = changes(app, ("1001", True, 1))
    queued_again = changes(app, *many, webhook_id="m-2")

    assert (again.status_code, again.json) == (200, first.json)
    assert (queued_again.status_code, queued_again.json) == (202, queued.json)
    assert len(statuses()) == 102


def test_an_id_used_for_another_message_is_refused(app):
    create(app, webhook_id="m-1")

    answer = create(app, name="Others", webhook_id="m-1")

    assert (answer.status_code, answer.json["code"]) == (409, "webhook_id_reused")


def test_the_credentials_may_come_as_two_headers(app):
    sent = headers(HEARTBEAT, "m-1")
    del sent["Authorization"]
    pair = {"X-Client-Id": CLIENT, "X-Client-Secret": SECRET}

    answer = app.test_client().post("/cdp/webhook", data=HEARTBEAT, headers={**sent, **pair})

    assert answer.status_code == 200


def test_a_sender_that_may_leave_out_the_signature_still_may_not_sign_wrongly(app):
    entry = {**app.config["SITE_ACTIVATIONS"][0], "signature": "optional"}
    app.config["SITE_ACTIVATIONS"] = (entry,)
    plain = {"Authorization": headers(b"", "x")["Authorization"]}
    named = {**plain, "webhook-id": "mine"}
    wrong = {**headers(HEARTBEAT, "m-1"), "webhook-signature": "v1,AAAA"}
    client = app.test_client()

    first, second, third = (
        client.post("/cdp/webhook", data=HEARTBEAT, headers=each) for each in (plain, plain, wrong)
    )

    for _ in range(2):
        client.post("/cdp/webhook", data=HEARTBEAT, headers=named)

    assert [each.status_code for each in (first, second, third)] == [200, 200, 401]
    assert len(stored_messages()) == 3


def test_names_that_are_numbers_are_taken_as_their_digits(app):
    answer = create(app, name=99999999999999999999999)
    for number in (5, "5"):
        given = [{"key": "a-1", "propertyName": number, "value": str(number)}]
        post(app, encoded("metadata", {"changes": given}), f"m-{number!r}")

    segment = queries.list_segments(1).items[0]
    assert answer.status_code == 200
    assert segment.name == "99999999999999999999999"
    assert list(segment.properties) == ["5"]


def test_a_hundred_thousand_items_are_taken_in(app, queue):
    create(app)

    answer = changes(app, *[(str(n), True, n) for n in range(100_000)])

    assert answer.status_code == 202
    assert len(statuses()) == 100_001


def test_a_site_whose_people_cannot_be_asked_keeps_nothing_and_says_when_to_come_again(app):
    app.config["SITE_PEOPLE"] = {"sql": "SELECT id FROM gone WHERE id IN :ids", "url": "sqlite://"}
    create(app)

    answer = changes(app, ("1001", True))

    assert (answer.status_code, answer.json["code"]) == (503, "people_unreachable")
    assert answer.headers["Retry-After"] == "5"
    assert len(stored_messages()) == 1


def test_nobody_else_learns_of_a_message(app):
    create(app)
    public_id = stored_messages()[0].public_id
    client = app.test_client()

    without = client.get(f"/cdp/webhook/batches/{public_id}")
    unknown = client.get("/cdp/webhook/batches/x", headers=headers(b"", "x"))
    person = client.get(f"/cdp/webhook/batches/{public_id}", headers={"Accept": "text/html"})

    assert without.status_code == 401
    assert unknown.status_code == 404
    assert person.location.startswith("/webhook-messages/batches/")


def test_requests_are_logged_in_a_channel_of_their_own_with_secrets_masked(app, tmp_path):
    make_shop(app)
    changes(app, ("1001", True))
    post(app, HEARTBEAT, "m-2", secret="wrong-secret")

    text = (tmp_path / "logs" / "cdp.webhook.production.log").read_text()
    assert "DEBUG cdp.webhook request.received" in text
    assert "method=POST path=/cdp/webhook" in text
    assert "INFO cdp.webhook message.received" in text
    assert "WARNING cdp.webhook message.refused" in text
    assert "credentials_wrong" in text
    assert SECRET not in text
    assert "Basic" not in text
    assert "v1," not in text
    assert json.dumps("1001") not in text


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
_ITEM = st.fixed_dictionaries(
    {},
    optional={
        name: _JSON | st.sampled_from(["a-1", "1001", True, 1, "user-id"])
        for name in ("audienceId", "personId", "personIdType", "membership", "sequence", "key")
    },
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items=st.lists(_ITEM | _JSON, max_size=5))
@pytest.mark.parametrize("kind", ["membershipChanges", "metadata"])
def test_every_item_is_recorded_whatever_it_is(app, kind, items):
    make_shop(app)
    before = len(statuses())

    answer = post(app, encoded(kind, {"changes": items}), f"m-{before}-{len(stored_messages())}")

    assert answer.status_code == 200
    assert answer.json["items"] == len(items)
    assert len(statuses()) == before + len(items)
