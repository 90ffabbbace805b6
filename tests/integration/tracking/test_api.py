"""The collector's routes: what SDKs send, what they are answered, what is kept."""

import base64
import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.extensions import db
from app.queue import JobName
from app.tracking import bodies, names, queries, services
from app.tracking.models import InboxEntry, RefusedMessage
from tests.conftest import NOW
from tests.integration.tracking.sending import make_source, send, stored, track


def inbox():
    """Return the messages that wait, as a flush will read them."""
    return [
        message
        for entry in db.session.scalars(select(InboxEntry).order_by(InboxEntry.id))
        for message in bodies.checked(bodies.read(entry.body, entry.kind), entry.kind, NOW)
    ]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/v1/track", "track"),
        ("/v1/t", "track"),
        ("/v1/identify", "identify"),
        ("/v1/i", "identify"),
        ("/v1/page", "page"),
        ("/v1/p", "page"),
        ("/v1/screen", "screen"),
        ("/v1/group", "group"),
    ],
)
def test_each_route_takes_its_kind_of_message(app, queue, path, kind):
    answer = send(app, make_source(), path, {"event": "visit", "userId": "1"})

    assert (answer.status_code, answer.json) == (200, {"success": True})
    assert [message.type for message in inbox()] == [kind]
    assert queue.jobs == [(JobName.FLUSH_INBOX, {})]


@pytest.mark.parametrize("path", ["/v1/batch", "/v1/b", "/v1/import", "/beacon/v1/batch"])
def test_a_batch_is_kept_as_one_entry(app, path):
    messages = [{"type": "track", "event": f"e{n}", "userId": n} for n in range(3)]

    answer = send(app, make_source(), path, {"batch": messages})

    assert answer.json == {"success": True}
    assert [message.name for message in inbox()] == ["e0", "e1", "e2"]
    assert db.session.scalar(select(func.count(InboxEntry.id))) == 1


def test_good_messages_are_kept_and_bad_ones_listed(app):
    source = make_source()
    messages = [{"type": "track", "event": "visit", "userId": "1"}, {"type": "track"}, 5]

    answer = send(app, source, "/v1/batch", {"batch": messages})

    assert answer.status_code == 200
    assert answer.json["refused"] == 2
    assert len(inbox()) == 1
    refused = db.session.scalars(select(RefusedMessage)).all()
    assert [message.raw for message in refused] == ['{"type": "track"}', "5"]


def test_gzip_is_read_under_any_content_type(app):
    body = gzip.compress(json.dumps({"event": "visit", "userId": "1"}).encode())
    form = "application/x-www-form-urlencoded"

    answer = send(app, make_source(), "/v1/track", body, **{"Content-Type": form})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "body_empty"),
        (b"{", 400, "not_json"),
        (b"[" * 100_000, 400, "not_json"),
        (b"[]", 400, "not_an_object"),
        (b'{"batch": []}', 400, "batch_missing"),
        (b'{"batch": "x"}', 400, "batch_missing"),
        (b'{"batch": [{"type": "track"}]}', 400, "message_invalid"),
        (b'{"batch": [NaN]}', 400, "message_invalid"),
        (b"a=b&c=d", 400, "not_json"),
        (b"\xff\xfe{", 400, "not_json"),
        (b"\xfe\xff{", 400, "not_json"),
        (b"\xff\xfe\0\0abcd", 400, "not_json"),
        (b"\0\0\0{a", 400, "not_json"),
        (
            b'{"sentAt": "\\ud800", "batch": [{"type": "page", "userId": "1"}]}',
            400,
            "message_invalid",
        ),
        (gzip.compress(b"", mtime=0) * 300_000, 413, "too_large"),
        (gzip.compress(b"{}", mtime=0)[:-4], 400, "body_broken"),
        (b" " * (4 * 1024 * 1024 + 1), 413, "too_large"),
        (gzip.compress(b" " * 50_000_000, mtime=0), 413, "too_large"),
        (json.dumps({"batch": [1] * 10_001}).encode(), 413, "too_many"),
    ],
)
def test_what_cannot_be_taken_is_answered_with_code_and_message(app, body, status, code):
    answer = send(app, make_source(), "/v1/batch", body)

    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert isinstance(answer.json["message"], str)
    assert inbox() == []


@pytest.mark.parametrize("key", ["", "wrong", "x" * 5000, "\0", "\ud800", "ключ"])
def test_a_write_key_that_is_none_opens_nothing(app, key):
    answer = app.test_client().post("/v1/track", json={"writeKey": key, "event": "visit"})

    assert (answer.status_code, answer.json["code"]) == (401, "write_key_wrong")


@pytest.mark.parametrize("where", ["body", "address"])
def test_a_write_key_may_come_in_the_body_or_the_address(app, where):
    key = make_source().write_key
    body = {"event": "visit", "userId": "1", **({"writeKey": key} if where == "body" else {})}
    path = "/v1/track" if where == "body" else f"/v1/track?writeKey={key}"

    assert app.test_client().post(path, json=body).status_code == 200


def test_pages_of_other_sites_may_send(app):
    client = app.test_client()

    asked = client.options(
        "/v1/batch", headers={"Access-Control-Request-Headers": "authorization, anonymousid"}
    )
    refused = client.post("/v1/batch")

    assert asked.status_code == 204
    assert asked.headers["Access-Control-Allow-Headers"] == "authorization, anonymousid"
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert asked.headers["Access-Control-Max-Age"] == "86400"
    assert refused.headers["Access-Control-Expose-Headers"] == "Retry-After"


def test_the_tracker_is_small_and_anybody_may_load_it(app):
    answer = app.test_client().get("/track.js", buffered=True)

    assert answer.status_code == 200
    assert answer.mimetype == "text/javascript"
    assert len(gzip.compress(answer.data)) <= 4096


def test_a_message_sent_again_is_stored_once(app):
    source, other = make_source(), make_source("Other")
    for each in (source, source, other):
        track(app, each, messageId="m-1")
    first = stored()
    track(app, source, messageId="m-1")

    assert sorted(row["source_id"] for row in first) == [source.id, other.id]
    assert len(stored()) == 2


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=200))
def test_no_bytes_make_the_collector_fail(app, body):
    known = queries.list_sources()
    source = known[0] if known else make_source()

    assert send(app, source, "/v1/batch", body).status_code in {200, 400}


def test_one_message_nested_without_end_loses_no_other(app):
    deep = '{"type": "track", "event": "e", "userId": "1", "properties": {"a": %s}}'
    good = '{"type": "track", "event": "good", "userId": "1"}'
    body = '{"batch": [%s, %s]}' % (good, deep % ("[" * 9_000 + "]" * 9_000))  # noqa: UP031

    answer = send(app, make_source(), "/v1/batch", body.encode())

    assert (answer.status_code, answer.json["refused"]) == (200, 1)
    assert "64 levels" in answer.json["reasons"][0]
    assert [row["event"] for row in stored()] == ["good"]


@pytest.mark.parametrize("depth", [960, *range(966, 980), 990])
def test_no_depth_of_nesting_is_a_fault_of_ours(app, depth):
    raw = '{"event": "e", "userId": "1", "properties": {"a": %s}}' % ("[" * depth + "]" * depth)

    answer = send(app, make_source(), "/v1/track", raw.encode())

    assert (answer.status_code, answer.json["code"]) == (400, "message_invalid")


@pytest.mark.parametrize("number", ["1e1000000", "-1e1000000", "1e-1000000", "1e999999999999999"])
@pytest.mark.parametrize("where", ["value", "price", "quantity"])
def test_a_number_past_all_bounds_keeps_nothing_from_being_stored(app, number, where):
    services.ensure_event_names()
    source, properties = make_source(), {"price": 2, where: number}
    order = {"products": [properties]}
    track(app, source, properties=properties)
    track(app, source, event="Order Completed", properties=order)
    track(app, source, event="after")

    assert [row["event"] for row in sorted(stored(), key=lambda row: row["event"])] == [
        "after",
        "buy",
        "visit",
    ]


def test_a_message_that_cannot_be_stored_keeps_no_other_waiting(app, monkeypatch):
    source, meanings = make_source(), names.meanings

    def failing(message, meaning):
        if message.name == "poison":
            raise ZeroDivisionError
        return meanings(message, meaning)

    monkeypatch.setattr(names, "meanings", failing)
    track(app, source, event="poison")
    track(app, source, event="good")

    assert [row["event"] for row in stored()] == ["good"]
    assert "fault of ours" in db.session.scalars(select(RefusedMessage.reason)).one()


def test_spaces_before_the_credentials_do_not_matter(app):
    source = make_source()
    token = base64.b64encode(f"{source.write_key}:".encode()).decode()

    for given_as in (f"Basic  {token}", f"basic\t{token} "):
        answer = send(app, source, "/v1/page", {"userId": "1"}, Authorization=given_as)
        assert answer.status_code == 200


def test_a_redirected_post_is_told_what_to_do(app):
    answer = app.test_client().get("/v1/batch")

    assert (answer.status_code, answer.json["code"]) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "OPTIONS, POST"
    assert "redirects" in answer.json["message"]


def test_an_address_that_is_only_read_says_so(app):
    answer = app.test_client().post("/sourceConfig/", json={})

    assert (answer.status_code, answer.json["code"]) == (405, "method_not_allowed")
    assert "GET" in answer.headers["Allow"]
    assert "read with GET" in answer.json["message"]


@pytest.mark.parametrize("path", ["/v1/track/", "///v1/t"])
def test_an_address_with_a_slash_too_many_is_not_redirected(app, path):
    assert send(app, make_source(), path, {"event": "visit", "userId": "1"}).status_code == 200


def test_an_address_that_is_none_is_answered_in_json(app):
    answer = app.test_client().post("/v1/nothing", json={})

    assert (answer.status_code, answer.json["code"]) == (404, "not_found")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_deleted_source_takes_nothing_more(app):
    source = make_source()
    assert track(app, source).status_code == 200
    stored()
    services.delete_source(source_id=source.id)

    answer = track(app, source)

    # The key may be remembered for a moment; what would be kept for it is not.
    assert (answer.status_code, answer.json["code"]) == (401, "write_key_wrong")


def test_rudder_stack_s_sdks_are_told_to_load_nothing(app):
    source = make_source()
    answer = app.test_client().get(f"/sourceConfig/?p=npm&v=3&writeKey={source.write_key}")

    assert answer.status_code == 200
    assert answer.json["source"]["destinations"] == []
    assert app.test_client().get("/sourceConfig/?writeKey=x").status_code == 401


def test_segment_s_sdk_in_browsers_is_told_to_send_to_us(app):
    source = make_source()
    answer = app.test_client().get(f"/v1/projects/{source.write_key}/settings")

    here = answer.json["integrations"]["Segment.io"]
    assert f"{here['protocol']}://{here['apiHost']}" == f"{app.config['PUBLIC_URL']}/v1"
    assert here["apiKey"] == source.write_key
