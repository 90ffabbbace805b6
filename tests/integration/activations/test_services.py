"""From changes to deliveries: once, in order, and for as long as an audience is attached."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.activations import payload, planning, queries, services
from app.activations.models import DeliveryAttempt
from app.audiences import services as audiences
from app.extensions import db
from app.queue import JobName
from tests.conftest import NOW
from tests.integration.activations.making import (
    KEYS,
    VALUES,
    attached,
    buy,
    deliver,
    deliveries,
    kinds,
    make_activation,
    statuses,
    sync,
)


def test_an_attached_audience_is_created_described_and_its_members_sent(app, site, activation):
    audience = attached(app, activation, "1", "2")

    sync(audience)
    deliver(activation)

    created, described, changed = site.messages
    assert created == {
        "updateType": "create",
        "segmentGroupIdentifier": "shop",
        "data": {"audienceId": audience.public_id, "audienceName": "Buyers"},
    }
    assert {"key": audience.public_id, "propertyName": "tags", "value": ["shop"]} in described[
        "data"
    ]["changes"]
    assert changed["data"]["changes"] == [
        {
            "audienceId": audience.public_id,
            "personId": person,
            "personIdType": "user-id",
            "membership": True,
            "sequence": sequence,
        }
        for sequence, person in enumerate(("1", "2"), start=1)
    ]
    assert statuses() == ["delivered"] * 3


def test_only_what_changed_since_is_sent(app, site, activation):
    audience = attached(app, activation, "1", "2")
    sync(audience)
    audience = buy(app, audience, "3")
    sync(audience)
    sync(audience)
    deliver(activation)

    changed = site.messages[-1]["data"]["changes"]
    assert kinds(site) == [
        *("create", "metadata", "membershipChanges"),
        *("metadata", "membershipChanges"),
    ]
    assert [(each["personId"], each["sequence"]) for each in changed] == [("3", 3)]


def test_many_changes_go_in_several_messages(app, site, activation, monkeypatch):
    monkeypatch.setattr(payload, "CHANGES_A_MESSAGE", 2)
    audience = attached(app, activation, "1", "2", "3", "4", "5")
    sync(audience)
    deliver(activation)

    assert [len(message["data"]["changes"]) for message in site.messages[2:]] == [2, 2, 1]


def test_an_audience_that_is_sent_cannot_be_deleted(app, activation):
    audience = attached(app, activation, "1")

    with pytest.raises(audiences.AudienceInUse):
        audiences.delete_audience(audience_id=audience.id)
    with pytest.raises(services.AlreadyAttached):
        services.attach_audience(activation_id=activation.id, audience_id=audience.id, now=NOW)


def test_a_renamed_audience_is_told_by_its_new_name(app, site, activation):
    audience = attached(app, activation, "1")
    sync(audience)
    audience.name, audience.version = "Best buyers", audience.version + 1
    db.session.commit()
    sync(audience)
    deliver(activation)

    assert kinds(site)[-2:] == ["create", "metadata"]
    assert site.messages[-2]["data"]["audienceName"] == "Best buyers"


def test_a_paused_activation_sends_nothing_until_it_is_resumed(app, site, activation, queue):
    audience = attached(app, activation, "1")
    services.pause(activation_id=activation.id)
    sync(audience)
    deliver(activation)
    before = deliveries()
    services.resume(activation_id=activation.id, now=NOW)
    sync(audience)
    deliver(activation)

    assert before == []
    assert kinds(site) == ["create", "metadata", "membershipChanges"]
    assert (JobName.SYNC_AUDIENCE, {"audience_id": audience.id}) in queue.jobs


def test_what_is_left_behind_is_rung_for_again(app, activation, queue):
    audience = attached(app, activation, "1")
    queue.jobs.clear()
    services.keep_activations_going(now=NOW)
    behind = list(queue.jobs)
    sync(audience)
    queue.jobs.clear()
    services.keep_activations_going(now=NOW)

    assert behind == [(JobName.SYNC_AUDIENCE, {"audience_id": audience.id})]
    assert queue.jobs == [(JobName.DELIVER, {"activation_id": activation.id})]


def test_an_evaluation_has_its_changes_sent(app, activation, queue):
    audience = attached(app, activation, "1")
    queue.jobs.clear()
    buy(app, audience, "2")

    assert (JobName.SYNC_AUDIENCE, {"audience_id": audience.id}) in queue.jobs


def test_changes_planned_twice_at_once_are_sent_once(app, activation):
    audience = attached(app, activation, "1")
    found = queries.list_attached_to(audience.id)[0]
    # What another worker saw before the first one was through.
    stale = SimpleNamespace(
        id=found.id,
        activation_id=activation.id,
        activation=found.activation,
        audience=found.audience,
        sent_sequence=0,
        sent_name=None,
        sent_version=0,
        is_up_to_date=False,
    )
    sync(audience)

    assert planning.plan(stale, NOW) == 0
    assert len(deliveries()) == 3


def test_deleting_an_activation_takes_its_deliveries_along(app, activation):
    audience = attached(app, activation, "1")
    sync(audience)
    services.delete_activation(activation_id=activation.id)

    assert deliveries() == []
    assert list(db.session.scalars(select(DeliveryAttempt))) == []
    audiences.delete_audience(audience_id=audience.id)


def test_names_are_one_activations_own(app, activation):
    with pytest.raises(services.ActivationNameTaken):
        make_activation()
    with pytest.raises(services.EditedElsewhere):
        services.save_activation(
            activation_id=activation.id, version=7, values=VALUES, secret="", keys=KEYS, now=NOW
        )


def test_a_new_description_is_told_though_no_member_changed(app, site, activation):
    audience = attached(app, activation, "1")
    sync(audience)
    audience.description, audience.version = "Who buys", audience.version + 1
    db.session.commit()
    services.keep_activations_going(now=NOW)
    sync(audience)
    deliver(activation)

    told = site.messages[-1]["data"]["changes"]
    assert {"key": audience.public_id, "propertyName": "description", "value": "Who buys"} in told


def test_nothing_is_told_of_an_audience_when_only_others_changed(app, site, activation):
    audience = attached(app, activation, "1")
    sync(audience)
    deliver(activation)
    audience.sequence += 5
    db.session.commit()
    sync(audience)
    deliver(activation)

    assert kinds(site) == ["create", "metadata", "membershipChanges"]
    assert queries.audiences_behind() == []


def test_many_changes_are_planned_in_passes_that_add_up(app, site, activation, monkeypatch):
    monkeypatch.setattr(planning, "CHANGES_A_PASS", 2)
    audience = attached(app, activation, "1", "2", "3", "4", "5")
    for _ in range(4):
        sync(audience)
    deliver(activation)

    sent = [
        change["personId"]
        for message in site.messages
        if message["updateType"] == "membershipChanges"
        for change in message["data"]["changes"]
    ]
    assert sorted(sent) == ["1", "2", "3", "4", "5"]
    assert kinds(site).count("membershipChanges") == 3
    assert queries.audiences_behind() == []
