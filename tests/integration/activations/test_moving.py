"""What happens to deliveries when an audience is detached, or an activation leads elsewhere."""

from datetime import timedelta

import pytest

from app.activations import sending, services
from tests.conftest import NOW
from tests.integration.activations.making import (
    KEYS,
    SECRET,
    VALUES,
    attached,
    buy,
    deliver,
    deliveries,
    kinds,
    statuses,
    sync,
)


def test_detaching_drops_what_waits_and_tells_the_other_end(app, site, activation):
    audience = attached(app, activation, "1")
    sync(audience)
    deliver(activation)
    audience = buy(app, audience, "2")
    sync(audience)
    services.detach_audience(activation_id=activation.id, audience_id=audience.id, now=NOW)
    deliver(activation)
    services.attach_audience(activation_id=activation.id, audience_id=audience.id, now=NOW)
    sync(audience)
    deliver(activation)

    sent_anew = [change["personId"] for change in site.messages[-1]["data"]["changes"]]
    assert statuses()[3:5] == ["cancelled", "cancelled"]
    assert kinds(site)[3:] == ["detach", "create", "metadata", "membershipChanges"]
    assert sent_anew == ["1", "2"]


def test_detached_attached_and_detached_again_while_nothing_gets_through(app, site, activation):
    audience = attached(app, activation, "1")
    sync(audience)
    deliver(activation)
    services.pause(activation_id=activation.id)
    for _ in range(2):
        services.detach_audience(activation_id=activation.id, audience_id=audience.id, now=NOW)
        services.attach_audience(activation_id=activation.id, audience_id=audience.id, now=NOW)
    services.detach_audience(activation_id=activation.id, audience_id=audience.id, now=NOW)
    services.resume(activation_id=activation.id, now=NOW)
    deliver(activation)

    assert kinds(site)[-1] == "detach"
    assert "cancelled" not in statuses()


@pytest.mark.parametrize("name", ["segment_group_identifier", "base_url", "client_id"])
def test_an_activation_that_leads_elsewhere_sends_everything_there(app, site, activation, name):
    audience = attached(app, activation, "1")
    sync(audience)
    elsewhere = {"segment_group_identifier": "other", "client_id": "other", "base_url": site.url}
    before = {**VALUES, "base_url": site.url.replace("localhost", "127.0.0.1")}
    services.save_activation(
        activation_id=activation.id, version=1, values=before, secret=SECRET, keys=KEYS, now=NOW
    )
    sync(audience)
    deliver(activation)
    services.save_activation(
        activation_id=activation.id,
        version=2,
        values={**before, name: elsewhere[name]},
        secret=SECRET,
        keys=KEYS,
        now=NOW,
    )
    sync(audience)
    deliver(activation)

    assert kinds(site) == ["create", "metadata", "membershipChanges"] * 2


def test_the_stored_secret_goes_to_no_other_host(app, activation):
    with pytest.raises(services.SecretNeeded):
        services.save_activation(
            activation_id=activation.id,
            version=1,
            values={**VALUES, "base_url": "http://evil.example/cdp/webhook"},
            secret="",
            keys=KEYS,
            now=NOW,
        )


def test_everything_can_be_sent_again(app, site, activation):
    audience = attached(app, activation, "1", "2")
    sync(audience)
    deliver(activation)
    services.send_everything_again(activation_id=activation.id, now=NOW)
    sync(audience)
    deliver(activation)

    assert kinds(site) == ["create", "metadata", "membershipChanges"] * 2


def test_what_the_old_place_was_still_to_be_told_holds_nothing_up(app, site, activation):
    audience = attached(app, activation, "1")
    sync(audience)
    deliver(activation)
    services.pause(activation_id=activation.id)
    services.detach_audience(activation_id=activation.id, audience_id=audience.id, now=NOW)
    values = {**VALUES, "base_url": site.url, "segment_group_identifier": "other"}
    services.save_activation(
        activation_id=activation.id, version=1, values=values, secret="", keys=KEYS, now=NOW
    )

    assert statuses() == [*["delivered"] * 3, "cancelled"]


def test_what_is_on_its_way_when_an_activation_moves_does_not_hold_up_the_new_place(
    app, site, activation, monkeypatch
):
    audience = attached(app, activation, "1")
    sync(audience)
    values = {**VALUES, "base_url": site.url, "segment_group_identifier": "other"}
    send = sending.send

    def send_while_moved(*arguments):
        monkeypatch.setattr(sending, "send", send)
        services.save_activation(
            activation_id=activation.id, version=1, values=values, secret="", keys=KEYS, now=NOW
        )
        return sending.Outcome(403, "refused", "", 1)

    monkeypatch.setattr(sending, "send", send_while_moved)
    deliver(activation)
    sync(audience)
    deliver(activation)

    assert statuses() == [*["cancelled"] * 3, *["delivered"] * 3]
    assert {message["segmentGroupIdentifier"] for message in site.messages} == {"other"}


def test_what_was_meant_for_another_place_is_not_sent_again(app, site, activation, pages):
    audience = attached(app, activation, "1")
    sync(audience)
    deliver(activation)
    before = deliveries()[0]
    assert "Send again" in pages.get(f"/deliveries/{before.id}").text
    values = {**VALUES, "base_url": site.url, "segment_group_identifier": "other"}
    later = NOW + timedelta(minutes=1)
    services.save_activation(
        activation_id=activation.id, version=1, values=values, secret="", keys=KEYS, now=later
    )

    with pytest.raises(services.NotToBeSent):
        services.send_again(delivery_id=before.id, now=later)
    assert "Send again" not in pages.get(f"/deliveries/{before.id}").text
