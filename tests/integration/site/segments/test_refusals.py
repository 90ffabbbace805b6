"""What the webhook does not take in, and what is said, shown and kept of it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from app.site.segments import queries, services
from tests.integration.site.segments.sending import (
    CLIENT,
    create,
    encoded,
    headers,
    post,
    stored_messages,
)

HEARTBEAT = encoded("heartbeat", {})


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "body_empty"),
        (b"{", 400, "not_json"),
        (b"[]", 400, "not_json"),
        (b"\xff", 401, "signature_wrong"),
        (b"[" * 100_000, 400, "not_json"),
        (b'{"updateType": NaN}', 400, "not_json"),
        (b'{"updateType": 1e999}', 400, "not_json"),
        (b'{"a":' * 21 + b"1" + b"}" * 21, 400, "too_deep"),
        (b"[" * 965 + b"]" * 965, 400, "not_json"),
        (b'{"a":' + b"[" * 100 + b"]" * 100 + b"}", 400, "too_deep"),
        (encoded("destroy", {}), 422, "update_type_unknown"),
        (encoded(["create"], {}), 422, "update_type_unknown"),
        (encoded("create", {}, group=""), 422, "message_invalid"),
        (encoded("create", []), 422, "message_invalid"),
        (encoded("create", {"audienceId": "a"}), 422, "message_invalid"),
        (encoded("create", {"audienceId": "\ud800", "audienceName": "x"}), 422, "message_invalid"),
        (encoded("membershipChanges", {"changes": {}}), 422, "message_invalid"),
        (encoded("heartbeat", {}, group="another"), 403, "group_wrong"),
        (encoded("membershipChanges", {"changes": [1] * 100_001}), 413, "too_many_items"),
        (b" " * (16 * 1024 * 1024 + 1), 413, "too_large"),
        (b" " * (50 * 1024 * 1024), 413, "too_large"),
    ],
)
def test_what_cannot_be_taken_in_is_answered_with_a_reason_and_kept(app, body, status, code):
    answer = post(app, body, "m-1")

    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.mimetype == "application/problem+json"
    assert [refusal.code for refusal in queries.list_refusals()] == [code]
    assert stored_messages() == []


@pytest.mark.parametrize("changed", [{"secret": "wrong"}, {"client": "nobody"}, {"secret": ""}])
def test_wrong_credentials_open_nothing(app, changed):
    answer = post(app, HEARTBEAT, "m-1", **changed)

    assert (answer.status_code, answer.json["code"]) == (401, "credentials_wrong")
    assert answer.headers["WWW-Authenticate"].startswith("Basic")


@pytest.mark.parametrize("value", ["Basic !", "Basic /w==", "Basic é", "Bearer x", "", "Basic"])
def test_a_header_that_is_no_basic_auth_is_no_credential(app, value):
    answer = app.test_client().post(
        "/cdp/webhook", data=HEARTBEAT, headers={"Authorization": value}
    )

    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"webhook-signature": "v1,AAAA"}, "signature_wrong"),
        ({"webhook-signature": "v1"}, "signature_wrong"),
        ({"webhook-signature": "v1,é"}, "signature_wrong"),
        ({"webhook-signature": None}, "signature_wrong"),
        ({"webhook-id": None}, "signature_wrong"),
        ({"webhook-id": "other"}, "signature_wrong"),
        ({"webhook-timestamp": "soon"}, "signature_wrong"),
        ({"webhook-timestamp": "1e400"}, "signature_wrong"),
    ],
)
def test_a_signature_that_does_not_fit_is_refused(app, changed, code):
    sent = {**headers(HEARTBEAT, "m-1"), **changed}
    kept = {name: value for name, value in sent.items() if value is not None}

    answer = app.test_client().post("/cdp/webhook", data=HEARTBEAT, headers=kept)

    assert (answer.status_code, answer.json["code"]) == (401, code)


def test_a_disk_that_is_full_is_said_to_be_and_nothing_is_kept(app, monkeypatch):
    def fail(**_values):
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    monkeypatch.setattr(services, "receive_message", fail)
    full = post(app, HEARTBEAT, "m-1")
    monkeypatch.setattr(services, "receive_message", busy)
    locked = post(app, HEARTBEAT, "m-1")

    assert (full.status_code, full.json["code"]) == (507, "disk_full")
    assert (locked.status_code, locked.json["code"]) == (503, "busy")
    assert locked.headers["Retry-After"] == "5"


def busy(**_values):
    raise OperationalError("INSERT", {}, Exception("database is locked"))


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_stale_timestamp_is_refused(app, minutes):
    at = datetime.now(UTC) + timedelta(minutes=minutes)

    answer = post(app, HEARTBEAT, "m-1", at=at)

    assert (answer.status_code, answer.json["code"]) == (401, "timestamp_stale")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("\ud800", "cannot be kept"),
        ({"a": ["\0"]}, "cannot be kept"),
        ("x" * 10_000, "at most 10000"),
    ],
)
def test_a_value_that_no_page_could_show_is_refused(app, pages, value, reason):
    create(app)
    given = [{"key": "a-1", "propertyName": "tags", "value": value}]

    answer = post(app, encoded("metadata", {"changes": given}), "m-1")

    assert answer.json["refused"] == 1
    assert reason in pages.get("/webhook-messages/2").text
    assert pages.get("/segments/1").status == 200


def test_a_client_id_that_is_none_of_ours_is_not_kept_as_it_may_be_a_secret(app):
    post(app, HEARTBEAT, "m-1", client="my-secret-in-the-wrong-place")
    post(app, HEARTBEAT, "m-2", secret="wrong")

    assert [refusal.client_id for refusal in queries.list_refusals()] == [CLIENT, ""]


def test_wrong_credentials_push_no_other_refusals_out(app, monkeypatch):
    monkeypatch.setattr(services, "MOST_STRANGERS", 2)
    post(app, b"{", "m-1")
    for number in range(4):
        post(app, HEARTBEAT, f"m-{number}", secret="wrong")

    codes = [refusal.code for refusal in queries.list_refusals()]
    assert codes == ["credentials_wrong", "credentials_wrong", "not_json"]


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=200))
def test_no_bytes_make_the_webhook_fail(app, body):
    assert post(app, body, "m-1").status_code in {400, 401, 403, 409, 413, 422}
