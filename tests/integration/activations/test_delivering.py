"""Deliveries until they arrive: signed, tried again, in order, whatever the other end does."""

import base64
from datetime import timedelta

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from app.activations import delivering, queries, sending, services
from app.activations.delivering import Means
from app.activations.models import Activation, DeliveryStatus
from app.extensions import db
from app.queue import JobName
from tests.conftest import NOW, free_port
from tests.integration.activations.making import (
    KEYS,
    MEANS,
    SECRET,
    STALLED,
    OtherEnd,
    attached,
    deliver,
    deliveries,
    kinds,
    make_activation,
    statuses,
    sync,
)
from tests.integration.site.segments.sending import signature

MINUTE = timedelta(minutes=1)


def test_what_is_sent_is_authenticated_and_signed_over_the_stored_bytes(app, site, activation):
    services.test_connection(activation_id=activation.id, means=MEANS, clock=lambda: NOW)

    headers, body = site.requests[0]
    beat = queries.find_delivery(deliveries()[0].id)
    timestamp = headers["Webhook-Timestamp"]
    basic = base64.b64encode(f"platform-1:{SECRET}".encode()).decode()
    assert headers["Authorization"] == f"Basic {basic}"
    assert headers["Webhook-Signature"] == signature(SECRET, beat.webhook_id, timestamp, body)
    assert body == beat.body
    assert timestamp == str(int(NOW.timestamp()))


def test_credentials_may_go_as_two_headers(app, site):
    other = make_activation(name="Other", base_url=site.url, auth_method="headers")

    services.test_connection(activation_id=other.id, means=MEANS, clock=lambda: NOW)

    headers, _body = site.requests[0]
    assert (headers["X-Client-Id"], headers["X-Client-Secret"]) == ("platform-1", SECRET)
    assert "Authorization" not in headers


def test_the_secret_is_not_in_the_database(app, activation):
    stored = db.session.get(Activation, activation.id).encrypted_secret

    assert SECRET not in stored


@pytest.mark.parametrize("status", [500, 503, 429, 401, 404, 302])
def test_what_did_not_arrive_is_tried_again_with_longer_pauses_and_in_order(
    app, site, activation, status
):
    audience = attached(app, activation, "1")
    site.answers = [Response("", status=status), Response("", status=status)]
    sync(audience)
    for seconds in (0, 4, 5, 19, 20):
        deliver(activation, NOW + timedelta(seconds=seconds))

    assert kinds(site) == ["create", "create", "create", "metadata", "membershipChanges"]
    assert len({headers["Webhook-Id"] for headers, _body in site.requests[:3]}) == 1
    assert statuses() == ["delivered"] * 3
    assert deliveries()[0].attempt_count == 3


def test_the_other_end_says_when_to_come_again(app, site, activation):
    audience = attached(app, activation, "1")
    site.answers = [Response("", status=503, headers={"Retry-After": "120"})]
    sync(audience)
    deliver(activation)

    assert deliveries()[0].next_attempt_at == NOW + 2 * MINUTE


@pytest.mark.parametrize("status", [400, 409, 413, 422])
def test_a_message_that_is_refused_for_good_does_not_hold_up_the_others(
    app, site, activation, status
):
    audience = attached(app, activation, "1")
    site.answers = [Response("no", status=status)]
    sync(audience)
    deliver(activation)
    first = deliveries()[0]
    services.send_again(delivery_id=first.id, now=NOW)
    deliver(activation)

    attempts = queries.list_attempts(first.id)
    assert [attempt.status_code for attempt in attempts] == [200, status]
    assert attempts[1].answer == "no"
    assert statuses() == ["delivered"] * 3


def test_a_site_that_is_down_for_an_hour_gets_everything_afterwards(app):
    port = free_port()
    down = make_activation(base_url=f"http://localhost:{port}/cdp/webhook")
    audience = attached(app, down, "1")
    sync(audience)
    for minutes in range(0, 60, 5):
        deliver(down, NOW + timedelta(minutes=minutes))
    before = (statuses(), deliveries()[0].failure)
    with HTTPServer(port=port) as server:
        site = OtherEnd(server)
        deliver(down, NOW + timedelta(hours=2))

    assert before[0] == ["queued"] * 3
    assert "is it running" in before[1]
    assert statuses() == ["delivered"] * 3
    assert kinds(site) == ["create", "metadata", "membershipChanges"]


def test_a_secret_that_no_key_decrypts_is_said_and_can_be_entered_again(app, site, activation):
    audience = attached(app, activation, "1")
    sync(audience)
    deliver(activation, means=Means(("x" * 43 + "=",), is_private_allowed=True))

    assert "Enter it again" in deliveries()[0].failure
    assert site.requests == []


def test_addresses_of_private_networks_are_closed_unless_they_are_opened(app, site, activation):
    beat = services.test_connection(
        activation_id=activation.id,
        means=Means(KEYS, is_private_allowed=False),
        clock=lambda: NOW,
    )

    assert "closed to activations" in beat.failure
    assert site.requests == []


def test_one_delivery_is_sent_by_one_worker_unless_it_fell_silent(app, site, activation):
    audience = attached(app, activation, "1")
    sync(audience)
    claimed = delivering.claim_next(activation.id, STALLED, NOW)
    db.session.commit()
    deliver(activation, NOW + MINUTE / 2)
    meanwhile = site.requests[:]
    deliver(activation, NOW + 2 * MINUTE)

    assert claimed is not None
    assert meanwhile == []
    assert kinds(site) == ["create", "metadata", "membershipChanges"]


def test_pauses_grow_to_an_hour_and_no_further():
    outcome = sending.Outcome(500, "no", "", 1)
    pauses = [sending.pause_after(count, outcome) for count in range(1, 40)]

    assert pauses[:3] == [timedelta(seconds=each) for each in (5, 15, 45)]
    assert max(pauses) == timedelta(hours=1)


def test_who_asks_to_come_again_at_once_is_given_time_all_the_same(app, site, activation):
    audience = attached(app, activation, "1")
    site.answers = [Response("", status=503, headers={"Retry-After": "0"})]
    sync(audience)
    deliver(activation)

    assert len(site.requests) == 1
    assert deliveries()[0].next_attempt_at == NOW + timedelta(seconds=5)


def test_a_web_page_is_no_webhook(app, site, activation):
    site.answers = [Response("<h1>Parked</h1>", status=200, content_type="text/html")]

    beat = services.test_connection(activation_id=activation.id, means=MEANS, clock=lambda: NOW)

    assert "A web page answers there" in beat.failure


def test_others_have_their_turn_though_one_site_is_slow(app, site, activation, queue):
    audience = attached(app, activation, "1")
    sync(audience)
    queue.jobs.clear()
    times = iter(NOW + timedelta(seconds=6 * number) for number in range(100))

    services.deliver(activation_id=activation.id, means=MEANS, clock=lambda: next(times))

    assert len(site.requests) < 3
    assert queue.jobs == [(JobName.DELIVER, {"activation_id": activation.id})]


def test_an_activation_deleted_meanwhile_leaves_nothing(app, site, activation, monkeypatch):
    audience = attached(app, activation, "1")
    sync(audience)
    send = sending.send

    def send_while_deleted(*arguments):
        services.delete_activation(activation_id=activation.id)
        return send(*arguments)

    monkeypatch.setattr(sending, "send", send_while_deleted)
    deliver(activation)

    assert deliveries() == []


def test_a_heartbeat_that_was_broken_off_is_no_delivery_that_waits(app, site, activation):
    services.test_connection(activation_id=activation.id, means=MEANS, clock=lambda: NOW)
    beat = deliveries()[0]
    beat.status, beat.claimed_at = DeliveryStatus.SENDING, NOW
    db.session.commit()
    services.keep_activations_going(now=NOW + MINUTE)

    assert statuses() == ["failed"]
    with pytest.raises(services.NotToBeSent):
        services.send_again(delivery_id=beat.id, now=NOW)
