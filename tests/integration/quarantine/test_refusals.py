"""When rejected rows cannot be taken up again, and when they wait again."""

import pytest

from app import storage
from app.quarantine import queries, refusals, services
from app.quarantine.services import Chosen
from app.runs import services as runs
from app.streams import queries as streams
from tests.conftest import NOW
from tests.factories import make_active, make_file
from tests.integration.quarantine.taking_up import (
    HEADER,
    SPOILED,
    overwriting,
    reject_at,
    stored,
    take_up,
)
from tests.integration.runs.carrying_out import carry_out, finished, send


def test_rows_are_refused_once_a_later_file_replaced_the_dataset(app):
    dataflow = overwriting(make_active())
    run = finished(dataflow, SPOILED)
    later = finished(dataflow, HEADER + "9,Zoe,,9\n")

    with pytest.raises(refusals.ReplacedSince) as refused:
        take_up(run)

    assert f"run {later.id}" in refused.value.sentence
    assert queries.standing(run.id).waiting == 4


def test_rows_of_a_run_under_way_failed_tried_or_undone_are_refused(app):
    dataflow = make_active()
    dataflow.draft_file = make_file(dataflow, SPOILED)
    dry = carry_out(runs.start_dry_run(dataflow_id=dataflow.id, now=NOW))
    undone = finished(dataflow, SPOILED)
    carry_out(runs.start_undo(run_id=undone.id, now=NOW))
    failed = finished(dataflow, SPOILED.replace("joined", "left"))
    waiting = send(dataflow, SPOILED.replace("Ada", "Eva"))

    for run, failure in (
        (dry, refusals.RunWroteNothing),
        (undone, refusals.RunWroteNothing),
        (failed, refusals.RunWroteNothing),
        (waiting, refusals.RunNotEnded),
    ):
        with pytest.raises(failure):
            services.start_repair(run_id=run.id, chosen=Chosen(), now=NOW)


def test_two_clicks_start_one_repair(app):
    run = finished(make_active(), SPOILED)
    services.start_repair(run_id=run.id, chosen=Chosen(), now=NOW)

    with pytest.raises(runs.RunAlreadyActive):
        services.start_repair(run_id=run.id, chosen=Chosen("not_date"), now=NOW)


def test_rows_of_a_repair_that_failed_or_was_cancelled_wait_again(app):
    run = finished(make_active(), SPOILED)
    repair = services.start_repair(run_id=run.id, chosen=Chosen(), now=NOW)
    runs.cancel_run(run_id=repair.id, now=NOW)
    waiting = queries.standing(run.id).waiting

    again = take_up(run)

    assert waiting == again.received_count == 4
    with pytest.raises(runs.RowsTakenElsewhere):
        runs.retry_run(run_id=repair.id, now=NOW)


def test_rows_of_a_repair_that_was_undone_wait_again_and_are_never_there_twice(app):
    dataflow = make_active()
    run = finished(dataflow, HEADER + "1,A,soon,1\n")
    replace = {"run_id": run.id, "rule": "not_date", "column": "joined"}
    services.replace_values(**replace, replacements={"soon": "2020-01-01"})
    repair = take_up(run)
    undo = carry_out(runs.start_undo(run_id=repair.id, now=NOW))

    services.replace_values(**replace, replacements={"soon": "2021-01-01"})
    take_up(run)

    assert [row["joined"] for row in stored(dataflow)] == ["2021-01-01"]
    with pytest.raises(runs.NothingToUndo):
        runs.start_undo(run_id=undo.id, now=NOW)


def test_without_the_file_only_rows_given_whole_are_taken_up(app):
    dataflow = make_active()
    run = finished(dataflow, SPOILED)
    for path in streams.source_of(run.stream_file_id).paths:
        storage.files().delete(path)
    with pytest.raises(refusals.FileGone):
        take_up(run)
    given = {"id": "2", "name": "Bo", "joined": "", "points": "2"}
    services.correct(reject_id=reject_at(run, 3).id, given=given)

    repair = take_up(run)

    assert repair.buckets["added"] == repair.received_count == 1
    assert queries.standing(run.id).waiting == 3
    assert [row["id"] for row in stored(dataflow)] == ["1", "2"]
