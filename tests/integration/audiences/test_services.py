"""Audiences are saved, evaluated once, recorded as changes and kept fresh."""

from datetime import timedelta

import pytest

from app import storage
from app.audiences import changes, queries, services
from app.audiences.evaluation import services as evaluation
from app.audiences.models import AudienceStatus
from app.audiences.tree import reading
from app.lake import engine
from app.queue import JobName
from app.tracking import services as tracking
from tests.conftest import NOW
from tests.integration.audiences.making import (
    BUYERS,
    add_people,
    evaluate,
    fresh,
    make_audience,
    make_events,
    make_outdated,
    make_people,
    member_ids,
)
from tests.integration.tracking.sending import make_source, send

LATER = NOW + timedelta(minutes=5)
STEP = timedelta(seconds=30)


def keep_fresh(now=LATER):
    evaluation.keep_audiences_fresh(stalled_after=timedelta(minutes=1), step=STEP, now=now)


def log_of(audience):
    rows = reversed(queries.list_changes(audience))
    return [(row["sequence"], row["person_id"], row["membership"]) for row in rows]


def test_who_enters_and_leaves_is_recorded_in_one_sequence(app, queue):
    source = make_events(app, ("1", "buy", {}), ("2", "buy", {}), ("3", "visit", {}))
    buyers, visitors = (
        make_audience(),
        make_audience({"all": [{"did_not": {"event": "buy"}}]}, "Others"),
    )

    first, others = evaluate(buyers), evaluate(visitors)
    counts = (first.member_count, first.entered_count, others.member_count)
    make_events(app, ("3", "buy", {}), source=source)
    for audience in (buyers, visitors):
        evaluation.refresh_audience(audience_id=audience.id)
        evaluate(audience, LATER)

    assert queue.jobs[0][0] is JobName.FLUSH_INBOX
    assert counts == (2, 2, 1)
    assert log_of(buyers) == [(1, "1", True), (2, "2", True), (4, "3", True)]
    assert log_of(visitors) == [(3, "3", True), (5, "3", False)]
    assert member_ids(fresh(buyers)) == ["1", "2", "3"]
    assert [each.name for each, _since in queries.audiences_of("3")] == ["Buyers"]


def test_evaluating_again_records_nothing(app):
    make_events(app, ("1", "buy", {}))
    audience = evaluate(make_audience())

    evaluation.refresh_audience(audience_id=audience.id)
    again = evaluate(audience, LATER)

    assert (again.entered_count, again.exited_count, again.member_count) == (0, 0, 1)
    assert len(log_of(audience)) == 1


def test_only_net_changes_count_for_whoever_saw_an_earlier_sequence(app):
    source = make_events(app, ("1", "buy", {}), ("2", "buy", {}))
    audience = evaluate(make_audience())
    for sign, event in enumerate(("visit", "buy", "visit")):
        services.save_audience(
            audience_id=audience.id,
            version=audience.version,
            name="Buyers",
            description="",
            tags=[],
            tree=reading.parsed({"all": [{"did": {"event": event}}]}),
            now=NOW,
        )
        make_events(app, (f"v{sign}", "visit", {}), source=source)
        audience = evaluate(audience)

    with engine.connection() as session:
        net = changes.net(
            session, storage.lake(), audience.public_id, after=2, up_to=audience.sequence
        ).to_pylist()

    assert [(row["person_id"], row["membership"]) for row in net] == [
        ("1", False),
        ("2", False),
        ("v0", True),
        ("v1", True),
        ("v2", True),
    ]


def test_the_files_of_many_evaluations_become_one_that_says_the_same(app):
    source = make_events(app, ("1", "buy", {}))
    buyers, lake = make_audience(), storage.lake()
    evaluate(buyers)
    for number in range(2, 11):
        make_events(app, (str(number), "buy", {}), source=source)
        evaluation.refresh_audience(audience_id=buyers.id)
        evaluate(buyers, LATER)
    before, files = log_of(buyers), len(lake.files(changes.TABLE))

    evaluation.compact_memberships()

    assert (files, len(lake.files(changes.TABLE))) == (10, 1)
    assert log_of(buyers) == before
    assert member_ids(buyers) == [str(number) for number in range(1, 11)]
    assert list(changes.looked_up(lake, "7")) == [buyers.public_id]
    # The sequence goes on where it was.
    make_events(app, ("11", "buy", {}), source=source)
    evaluation.refresh_audience(audience_id=buyers.id)
    evaluate(buyers, LATER)
    assert log_of(buyers)[-1] == (11, "11", True)


def test_people_of_datasets_and_events_are_the_same_people(app):
    dataflow = make_people()
    raw = {
        "all": [
            {"did": {"event": "buy"}},
            {
                "have": {
                    "attribute": {"schema": "People", "column": "points"},
                    "op": "at_least",
                    "value": "4",
                }
            },
        ]
    }
    make_events(app, ("1", "buy", {}), ("2", "buy", {}), ("9", "buy", {}))
    audience = evaluate(make_audience(raw))
    before = member_ids(audience)
    add_people(dataflow, "id,name,points\n1,Ada,7\n")
    evaluation.refresh_audience(audience_id=audience.id)

    assert before == ["2"]
    assert member_ids(evaluate(audience)) == ["1", "2"]


def test_an_audience_is_evaluated_again_once_its_data_changed(app, queue):
    source = make_events(app, ("1", "buy", {}))
    audience = evaluate(make_audience())
    queue.jobs.clear()

    keep_fresh()
    unchanged = list(queue.jobs)
    make_events(app, ("2", "buy", {}), source=source)
    queue.jobs.clear()
    keep_fresh(NOW + timedelta(seconds=5))
    too_soon = list(queue.jobs)
    keep_fresh()

    assert (unchanged, too_soon) == ([], [])
    assert queue.jobs == [(JobName.EVALUATE_AUDIENCE, {"audience_id": audience.id})]


@pytest.mark.parametrize(
    ("last", "age", "is_due"),
    [
        ({}, timedelta(days=400), False),
        ({"when": {"last": "1d"}}, timedelta(hours=23), False),
        ({"when": {"last": "1d"}}, timedelta(hours=25), True),
    ],
)
def test_an_audience_is_due_when_a_window_moves_past_something(app, queue, last, age, is_due):
    bought = {"type": "track", "userId": "1", "event": "buy", "timestamp": NOW.isoformat()}
    send(app, make_source(), "/v1/batch", {"batch": [bought]})
    tracking.flush_inbox()
    audience = evaluate(make_audience({"all": [{"did": {"event": "buy", **last}}]}))
    queue.jobs.clear()

    keep_fresh(NOW + age)

    assert bool(queue.jobs) is is_due
    assert member_ids(evaluate(audience, NOW + age)) == ([] if is_due else ["1"])


def test_an_evaluation_that_was_left_behind_is_taken_up(app, queue, monkeypatch):
    make_events(app, ("1", "buy", {}))
    audience = make_audience()
    with monkeypatch.context() as patched:
        patched.setattr(
            changes, "record", lambda *_, **_named: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        with pytest.raises(KeyboardInterrupt):
            evaluate(audience)
    left = fresh(audience).status
    queue.jobs.clear()
    keep_fresh()

    assert left is AudienceStatus.EVALUATING
    assert queue.jobs == [(JobName.EVALUATE_AUDIENCE, {"audience_id": audience.id})]
    assert evaluate(audience, LATER).status is AudienceStatus.EVALUATED


def test_an_attribute_that_is_gone_is_a_failure_that_says_so(app):
    raw = {"have": {"attribute": {"schema": "Gone", "column": "x"}, "op": "is", "value": "1"}}

    audience = evaluate(make_outdated({"all": [raw]}))

    assert audience.status is AudienceStatus.FAILED
    assert audience.failure == "No dataset has x (Gone)."


def test_an_edit_while_members_are_found_counts_not_the_old_conditions(app, monkeypatch):
    make_events(app, ("1", "buy", {}))
    audience = make_audience()
    real = queries.vocabulary

    def edited_meanwhile():
        monkeypatch.setattr(queries, "vocabulary", real)
        services.save_audience(
            audience_id=audience.id,
            version=1,
            name="Buyers",
            description="",
            tags=[],
            tree=reading.parsed({"all": [{"did": {"event": "visit"}}]}),
            now=NOW,
        )
        return real()

    monkeypatch.setattr(queries, "vocabulary", edited_meanwhile)
    first = evaluate(audience)

    assert first.status is AudienceStatus.QUEUED
    assert log_of(audience) == []
    assert evaluate(audience).member_count == 0


def test_two_tabs_do_not_overwrite_each_other(app):
    audience = make_audience()
    values = {"name": "B", "description": "", "tags": [], "tree": reading.parsed(BUYERS)}
    services.save_audience(audience_id=audience.id, version=1, now=NOW, **values)

    with pytest.raises(services.EditedElsewhere):
        services.save_audience(audience_id=audience.id, version=1, now=NOW, **values)


def test_names_are_unique(app):
    make_audience()

    with pytest.raises(services.AudienceNameTaken):
        make_audience()
