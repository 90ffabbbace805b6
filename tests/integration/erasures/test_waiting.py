"""What an erasure waits for, and that it goes on by itself afterwards."""

from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug import Response

from app import clock, storage
from app.activations import services as activations
from app.audiences.evaluation import services as evaluation
from app.audiences.models import AudienceStatus
from app.erasures import overwriting, services
from app.erasures.models import ErasureStatus
from app.erasures.places import Step
from app.erasures.work import Means
from app.extensions import db
from app.queue import JobName
from app.tracking import events
from app.tracking import services as tracking
from tests.integration.activations.making import OtherEnd, make_activation
from tests.integration.erasures import everywhere
from tests.integration.erasures.everywhere import KEYS, MARKER, OTHER, STALLED

OTHER_KEY = "b3RoZXIga2V5IG9mIHRlc3RzIG9ubHksIHRydWx5ISE="


@pytest.fixture
def site(httpserver):
    return OtherEnd(httpserver)


@pytest.fixture
def sent(app, site):
    """An activation whose site was told of the person, with the audience it sends."""
    everywhere.fill_events(app)
    tracking.flush_inbox()
    activation = make_activation(base_url=site.url)
    return activation, everywhere.told(app, activation)


def test_a_message_is_sent_as_it_was_signed_before_it_is_emptied(app, queue, site, sent):
    activation, audience = sent
    site.answers = [Response("no", status=503)] * 50
    erasure = everywhere.go_on(app, everywhere.ask())
    everywhere.do_the_rest(queue, activation, audience)
    waiting = everywhere.go_on(app, erasure)
    state = (waiting.status, waiting.step)
    sentence = waiting.waits_for

    site.answers = []
    activations.resume(activation_id=activation.id, now=clock.now())
    everywhere.do_the_rest(queue, activation, audience)
    done = everywhere.go_on(app, erasure)

    assert state == (ErasureStatus.WAITING, Step.DELIVERIES)
    assert sentence.startswith("It waits for the site of “Web shop” to be told.")
    assert done.status is ErasureStatus.DONE
    exits = [
        change["personId"]
        for message in site.messages
        if message["updateType"] == "membershipChanges"
        for change in message["data"]["changes"]
        if not change["membership"]
    ]
    assert set(exits) == {MARKER}


def test_a_paused_activation_is_named(app, queue, sent):
    activation, audience = sent
    activations.pause(activation_id=activation.id)

    erasure = everywhere.go_on(app, everywhere.ask())

    assert erasure.waits_for == (
        "The activation “Web shop” is paused: its site is not told yet. Resume it."
    )
    assert everywhere.places_with(app, MARKER) != []


def test_an_evaluation_that_began_before_brings_nobody_back(app, queue, sent):
    activation, audience = sent
    audience.status, audience.claimed_at = AudienceStatus.EVALUATING, clock.now()
    db.session.commit()
    erasure = everywhere.go_on(app, everywhere.ask())
    sentence = erasure.waits_for

    evaluation.refresh_audience(audience_id=audience.id)
    later = clock.now() + 2 * STALLED
    evaluation.evaluate_audience(
        audience_id=audience.id, stalled_after=STALLED, clock=lambda: later
    )
    done = everywhere.erased(app, queue, activation, audience)

    assert sentence == "It waits for the audience “Buyers” to be evaluated, which began before."
    assert (done.status, done.is_clean) == (ErasureStatus.DONE, True)
    db.session.refresh(audience)
    assert audience.member_count == 1


def test_old_files_stay_as_long_as_somebody_may_read_them(app, queue, sent):
    activation, audience = sent
    erasure = everywhere.ask()
    patient = Means(KEYS, app.config["LOGS_DIR"], timedelta(hours=24))
    for _turn in range(3):
        services.erase_person(
            erasure_id=erasure.id, means=patient, stalled_after=STALLED, clock=clock.now
        )
        everywhere.do_the_rest(queue, activation, audience)
    db.session.refresh(erasure)

    assert (erasure.status, erasure.step) == (ErasureStatus.WAITING, Step.PAST)
    assert "until nobody can have files of earlier versions open" in erasure.waits_for
    assert erasure.subject is not None

    assert everywhere.go_on(app, erasure).status is ErasureStatus.DONE


def test_who_is_asked_for_twice_is_erased_once_and_rung_for_until_done(app, queue):
    first, second = everywhere.ask(), everywhere.ask()
    queue.jobs.clear()

    services.keep_erasures_going(stalled_after=STALLED, now=clock.now())
    rung = list(queue.jobs)
    done = everywhere.go_on(app, first)
    queue.jobs.clear()
    services.keep_erasures_going(stalled_after=STALLED, now=clock.now())

    assert first.id == second.id
    assert rung == [(JobName.ERASE_PERSON, {"erasure_id": first.id})]
    assert (done.status, queue.jobs) == (ErasureStatus.DONE, [])


def test_an_erasure_that_somebody_works_at_is_left_to_them(app, queue):
    erasure = everywhere.ask()
    erasure.status, erasure.heartbeat_at = ErasureStatus.WORKING, clock.now()
    db.session.commit()

    assert everywhere.go_on(app, erasure).step is Step.SUPPRESS


def test_a_person_of_whom_nothing_is_known_is_suppressed_all_the_same(app, queue):
    done = everywhere.go_on(app, everywhere.ask(OTHER))

    assert (done.status, done.counts, done.is_clean) == (
        ErasureStatus.DONE,
        {"suppressions": 1},
        True,
    )


def test_one_that_cannot_be_read_any_more_is_asked_for_anew(app, queue):
    erasure = everywhere.ask()
    services.erase_person(
        erasure_id=erasure.id,
        means=Means((OTHER_KEY,), app.config["LOGS_DIR"], timedelta(0)),
        stalled_after=STALLED,
        clock=clock.now,
    )
    db.session.refresh(erasure)
    failed = (erasure.status, erasure.waits_for)

    again = everywhere.ask()

    assert failed[0] is ErasureStatus.FAILED
    assert "cannot be decrypted any more" in failed[1]
    assert again.id == erasure.id
    assert everywhere.go_on(app, again).status is ErasureStatus.DONE


def test_a_file_that_a_killed_writer_left_half_is_waited_for(app, queue):
    everywhere.fill_events(app)
    tracking.flush_inbox()
    (whole,) = storage.lake().files(events.TABLE)
    Path(whole).with_name("part-half.parquet").write_bytes(b"PAR1 and no more")
    erasure = everywhere.ask("nobody-of-this-name")

    services.erase_person(
        erasure_id=erasure.id,
        means=Means(KEYS, app.config["LOGS_DIR"], timedelta(hours=24)),
        stalled_after=STALLED,
        clock=clock.now,
    )
    db.session.refresh(erasure)

    assert (erasure.status, erasure.step) == (ErasureStatus.WAITING, Step.PAST)
    assert erasure.waits_for == "It waits for a file of a table that is being written."
    assert everywhere.go_on(app, erasure).status is ErasureStatus.DONE


@pytest.mark.parametrize(("patience", "status"), [(20.0, "done"), (0.0, "waiting")])
def test_a_checkpoint_in_the_way_is_waited_for_a_while(app, queue, monkeypatch, patience, status):
    erasure = everywhere.ask()
    monkeypatch.setattr(overwriting, "WAIT_SECONDS", patience)
    emptied, tried = overwriting._is_log_emptied, []

    def emptied_the_third_time(connection):
        tried.append(connection)
        return len(tried) > 2 and emptied(connection)

    monkeypatch.setattr(overwriting, "_is_log_emptied", emptied_the_third_time)

    done = everywhere.go_on(app, erasure)

    assert (done.status.value, len(tried)) == (status, 3 if patience else 1)
