"""A person is put into every place there is, erased, and looked for in all bytes that are kept."""

import pytest

from app import clock
from app.erasures import services
from app.erasures.models import Erasure, ErasureStatus
from app.erasures.places import Step
from app.erasures.steps import DONE_BY
from app.extensions import db
from app.people import services as people
from app.people import sources
from app.suppressions import services as suppressions
from app.tracking import queries as tracking
from app.tracking import services as tracking_services
from tests.factories import make_active
from tests.integration.activations.making import OtherEnd, make_activation
from tests.integration.erasures import everywhere
from tests.integration.erasures.everywhere import BROWSER, MARKER, NAME, OTHER
from tests.integration.runs.carrying_out import finished, rows_of
from tests.integration.tracking.sending import make_source
from tests.integration.tracking.sending import send as collect

LOGGED = f"a line of {OTHER}\na line of {MARKER} here\nlast\n"


@pytest.fixture
def site(httpserver):
    return OtherEnd(httpserver)


@pytest.fixture
def filled(app, site, monkeypatch):
    """A dataflow, an activation and its audience, with the person in every place there is."""
    dataflow = everywhere.fill_datasets()
    source = everywhere.fill_events(app)
    tracking_services.flush_inbox()
    monkeypatch.setattr(sources, "FEW_ROWS", 0)
    people.prepare_events()
    activation = make_activation(base_url=site.url)
    audience = everywhere.told(app, activation)
    everywhere.fill_inbox(app, source)
    (app.config["LOGS_DIR"] / "cdp.webhook.production.log").write_text(LOGGED)
    return dataflow, activation, audience


def test_nothing_of_an_erased_person_is_left_in_any_byte(app, queue, site, filled):
    dataflow, activation, audience = filled
    before = everywhere.places_with(app, MARKER)

    erasure = everywhere.erased(app, queue, activation, audience)

    assert (erasure.status, erasure.waits_for, erasure.left) == (ErasureStatus.DONE, None, [])
    assert set(erasure.found_again.values()) == {0}
    assert {place.split("/")[0] for place in before} >= {"files", "lake", "logs"}
    assert any(place.startswith("lake/people/events/") for place in before)
    assert any(place.startswith("headwater.db") for place in before)
    assert everywhere.places_with(app, MARKER, BROWSER, NAME) == []
    assert erasure.counts == {
        **{"suppressions": 2, "exits": 1, "events": 6, "identities": 2, "inbox": 1, "refused": 1},
        **{"datasets": 1, "journals": 2, "files": 5, "rejects": 2, "samples": 4, "logs": 1},
        **{"deliveries": 2, "membership": 2, "prepared": 5, "past": 3},
    }
    assert len({row["id"] for row in rows_of(dataflow)}) == 2


def test_the_site_is_told_that_the_person_left(app, queue, site, filled):
    _dataflow, activation, audience = filled
    everywhere.erased(app, queue, activation, audience)

    changes = [
        (change["personId"], change["membership"])
        for message in site.messages
        if message["updateType"] == "membershipChanges"
        for change in message["data"]["changes"]
    ]
    assert sorted(changes) == [(OTHER, True), (MARKER, False), (MARKER, True)]


def test_others_keep_what_they_have(app, queue, filled):
    dataflow, activation, audience = filled
    rows = [row for row in rows_of(dataflow) if row["id"] != MARKER]
    held = everywhere.values_of_others(app)

    everywhere.erased(app, queue, activation, audience)

    assert rows_of(dataflow) == rows
    assert everywhere.values_of_others(app) == held
    assert [(row["person_id"], row["event"]) for row in everywhere.events_by_time()] == [
        (OTHER, "identify"),
        (OTHER, "shared-15"),
        (OTHER, "buy"),
        (OTHER, "waits"),
    ]
    assert tracking.count_waiting() == 0
    assert tracking.count_refused() == 1


def dying(step, done_by, died, *, is_committed):
    """Return a step that dies the first time, before or after a part of it is committed."""

    def go(work):
        for _part in done_by(work):
            if is_committed:
                yield
            if step not in died:
                died.add(step)
                raise KeyboardInterrupt
            yield

    return go


@pytest.mark.parametrize("is_committed", [False, True], ids=["in a step", "after some of it"])
def test_an_erasure_killed_in_any_step_is_finished(app, queue, filled, monkeypatch, is_committed):
    dataflow, activation, audience = filled
    died: set[Step] = set()
    for step, done_by in DONE_BY.items():
        monkeypatch.setitem(DONE_BY, step, dying(step, done_by, died, is_committed=is_committed))
    erasure = everywhere.ask()
    for _turn in range(30):
        db.session.rollback()
        later = clock.now() + 2 * everywhere.STALLED
        try:
            erasure = everywhere.go_on(app, erasure, clock=lambda now=later: now)
        except KeyboardInterrupt:
            everywhere.break_off(erasure.id)
        everywhere.do_the_rest(queue, activation, audience)

    assert died == set(Step) - {Step.SUPPRESS}
    assert (erasure.status, erasure.left) == (ErasureStatus.DONE, [])
    assert everywhere.places_with(app, MARKER, BROWSER, NAME) == []
    assert len({row["id"] for row in rows_of(dataflow)}) == 2


def test_an_erasure_killed_while_it_suppresses_is_finished(app, queue, filled, monkeypatch):
    _dataflow, activation, audience = filled
    erasure = everywhere.ask()

    def die(**_given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(suppressions, "suppress", die)
        with pytest.raises(KeyboardInterrupt):
            everywhere.go_on(app, erasure)
    everywhere.break_off(erasure.id)

    services.keep_erasures_going(stalled_after=everywhere.STALLED, now=clock.now())
    assert queue.jobs[-1][1] == {"erasure_id": erasure.id}

    done = everywhere.erased(app, queue, activation, audience)
    assert (done.id, done.counts["suppressions"]) == (erasure.id, 2)


def test_once_it_is_done_nobody_can_tell_who_it_was(app, queue, filled):
    _dataflow, activation, audience = filled
    erasure = everywhere.ask()
    assert MARKER not in (erasure.subject or "")

    done = everywhere.erased(app, queue, activation, audience)

    assert done.subject is None
    assert db.session.query(Erasure).count() == 1


def test_who_has_a_longer_identifier_is_not_taken_for_the_person(app, queue):
    longer = f"{MARKER}2"
    dataflow = make_active(everywhere.HEAD + everywhere.ROWS)
    content = everywhere.HEAD + everywhere.ROWS + f"{longer},Zoe,4\n"
    finished(dataflow, content)
    source = everywhere.fill_events(app)
    event = {"type": "track", "event": "buy", "userId": longer, "anonymousId": f"{BROWSER}3"}
    collect(app, source, "/v1/batch", {"batch": [event, {**event, "type": "identify"}]})
    tracking_services.flush_inbox()

    erasure = everywhere.erased(app, queue)

    assert (erasure.status, erasure.is_clean, erasure.left) == (ErasureStatus.DONE, True, [])
    assert longer in {row["id"] for row in rows_of(dataflow)}
    assert len(everywhere.places_with(app, longer)) > 2


def test_somebody_with_thousands_of_anonymous_ids_is_erased(app, queue):
    everywhere.fill_events(app)
    ids = [f"zq-device-{number}" for number in range(2_100)]
    source = make_source(name="Devices")
    for begin in range(0, len(ids), 300):
        some = ids[begin : begin + 300]
        batch = [{"type": "identify", "userId": MARKER, "anonymousId": each} for each in some]
        collect(app, source, "/v1/batch", {"batch": batch})
    collect(app, source, "/v1/track", {"anonymousId": ids[-1]})
    tracking_services.flush_inbox()

    erasure = everywhere.erased(app, queue)

    assert erasure.status is ErasureStatus.DONE
    assert erasure.counts["identities"] >= 2_100
    assert everywhere.places_with(app, MARKER, *ids) == []
    assert any("too many to be looked for" in each["why"] for each in erasure.left)
