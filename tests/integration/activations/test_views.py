"""The pages of activations and deliveries."""

import pytest

from app.activations import queries, services
from tests.conftest import NOW, PASSWORD
from tests.integration.activations.making import (
    SECRET,
    deliver,
    deliveries,
    make_activation,
    sync,
)
from tests.integration.audiences.making import evaluate, make_audience, make_events
from tests.pages import Pages

FILLED = {
    "name": " Web shop ",
    "client_id": "platform-1",
    "client_secret": SECRET,
    "segment_group_identifier": "shop",
    "base_url": "http://127.0.0.1:1/cdp/webhook",
}


def buyers(app, *people):
    make_events(app, *((person, "buy", {"value": 1}) for person in people))
    return evaluate(make_audience())


def test_the_first_page_leads_to_a_new_one(pages):
    page = pages.get("/activations")

    assert "No activation yet" in page.text
    assert "New Ibexa activation" in page.text


def test_an_activation_is_made_and_keeps_its_secret(pages):
    page = pages.send(pages.get("/activations/new"), "/activations/new", **FILLED)

    assert page.h1 == ["Web shop"]
    assert SECRET not in page.text
    assert SECRET not in pages.get(f"{page.path}/edit").text
    assert "Web shop" in pages.get("/activations").text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Name the activation"),
        ({"client_id": "a:b"}, "Use letters, digits"),
        ({"client_secret": ""}, "Enter the client secret"),
        ({"client_secret": "short"}, "16 signs or more"),
        ({"client_secret": "ü" * 20}, "Use letters, digits"),
        ({"segment_group_identifier": " "}, "Enter the segment group identifier"),
        ({"base_url": "ftp://x/cdp/webhook"}, "must begin with http"),
        ({"base_url": "http://x/webhook"}, "must end in /cdp/webhook"),
        ({"auth_method": "magic"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_saved(pages, changed, sentence):
    page = pages.send(pages.get("/activations/new"), "/activations/new", **{**FILLED, **changed})

    assert page.status == 422
    assert sentence in page.text
    assert queries.list_activations().total == 0


def test_a_name_is_taken_once(pages):
    make_activation()
    page = pages.send(pages.get("/activations/new"), "/activations/new", **FILLED)

    assert page.status == 422
    assert "Another activation has this name" in page.text


def test_an_edit_keeps_the_secret_where_none_is_entered(app, pages, site):
    activation = make_activation(base_url=site.url)
    form = pages.get(f"/activations/{activation.id}/edit")

    first = pages.send(form, "/edit", name="Renamed")
    stale = pages.send(form, "/edit", name="Renamed again")
    pages.send(first, "/test")

    assert first.h1 == ["Renamed"]
    assert "changed in another tab" in stale.text
    assert len(site.requests) == 1


def test_the_connection_is_tested_and_its_heartbeat_shown(pages, site):
    working = make_activation(base_url=site.url)
    broken = make_activation(name="Broken")

    good = pages.send(pages.get(f"/activations/{working.id}"), "/test")
    bad = pages.send(pages.get(f"/activations/{broken.id}"), "/test")

    assert "The connection works" in good.text
    assert "heartbeat" in good.text
    assert "The connection does not work" in bad.text
    assert "is it running" in bad.text


def test_an_audience_is_attached_sent_and_detached(app, pages, site):
    audience = buyers(app, "1", "2")
    activation = make_activation(base_url=site.url)
    path = f"/activations/{activation.id}"

    attached = pages.send(pages.get(path), "/audiences")
    sync(audience)
    waiting = pages.client.get(f"{path}/standing")
    deliver(activation)
    ended = pages.client.get(f"{path}/standing")
    done = pages.get(path)
    asked = pages.send(done, f"/audiences/{audience.id}/detach")
    detached = pages.send(asked, "/detach")

    assert "to be sent" in attached.text
    assert "HX-Retarget" not in waiting.headers
    assert ended.headers["HX-Retarget"] == "#main"
    assert "all in deliveries" in done.text
    assert "take its members out" in asked.text
    assert "is detached" in detached.text
    assert "No audience is attached" in detached.text


def test_an_audience_is_attached_from_its_own_page(app, pages):
    audience = buyers(app, "1")
    make_activation()

    page = pages.send(pages.get(f"/audiences/{audience.id}"), "/audiences")

    assert page.h1 == ["Buyers"]
    assert "to be sent" in page.text


@pytest.mark.parametrize("audience_id", ["", "x", "0", "-1", "77", "9" * 30])
def test_only_an_audience_that_is_there_is_attached(pages, audience_id):
    activation = make_activation()
    page = pages.post(f"/activations/{activation.id}/audiences", audience_id=audience_id)

    assert "Choose an audience that is there" in page.text


def test_a_delivery_shows_its_attempts_and_is_sent_again(app, pages, site):
    audience = buyers(app, "1")
    activation = make_activation()
    services.attach_audience(activation_id=activation.id, audience_id=audience.id, now=NOW)
    sync(audience)
    deliver(activation)
    failing = pages.get(f"/activations/{activation.id}")
    listed = pages.get("/activations")

    page = pages.get(f"/deliveries/{deliveries()[0].id}")
    again = pages.send(page, "/send-again")

    assert "Deliveries do not arrive" in failing.text
    assert "not arriving" in listed.text
    assert "is it running" in page.text
    assert "audienceName" in page.text
    assert "It is being sent" in again.text
    assert "1 membershipChanges" not in page.text
    for status in ("", "?status=queued", "?status=failed", "?status=x"):
        assert pages.get(f"/activations/{activation.id}/deliveries{status}").status == 200


def test_an_activation_is_paused_resumed_and_deleted(pages):
    activation = make_activation()
    path = f"/activations/{activation.id}"

    paused = pages.send(pages.get(path), "/pause")
    resumed = pages.send(paused, "/resume")
    asked = pages.send(resumed, "/delete")
    gone = pages.send(asked, "/delete")

    assert "Nothing is sent" in paused.text
    assert "Nothing is sent" not in resumed.text
    assert "Its deliveries go too" in asked.text
    assert "is deleted" in gone.text
    assert pages.get(path).status == 404


def test_a_viewer_looks_and_changes_nothing(app, viewer):
    activation = make_activation()
    looking = Pages(app, viewer.email, PASSWORD)

    page = looking.get(f"/activations/{activation.id}")

    assert page.status == 200
    assert "Test connection" not in page.text
    assert looking.get("/activations/new").status == 403
    assert looking.get(f"/activations/{activation.id}/edit").status == 403
    assert looking.post(f"/activations/{activation.id}/test").status == 403


def test_another_host_asks_for_the_secret_again(app, pages, site):
    activation = make_activation(base_url=site.url)
    form = pages.get(f"/activations/{activation.id}/edit")

    page = pages.send(form, "/edit", base_url="http://127.0.0.1:9/cdp/webhook")

    assert page.status == 422
    assert "Enter the secret again" in page.text


def test_everything_is_sent_again_once_it_is_confirmed(app, pages, site):
    audience = buyers(app, "1")
    activation = make_activation(base_url=site.url)
    services.attach_audience(activation_id=activation.id, audience_id=audience.id, now=NOW)
    sync(audience)
    deliver(activation)

    asked = pages.send(pages.get(f"/activations/{activation.id}"), "/send-everything")
    done = pages.send(asked, "/send-everything")

    assert "All members of all its audiences" in asked.text
    assert "to be sent" in done.text
