"""Runs that are taken up again: rung for twice, left by a dead worker, failed and tried anew."""

from datetime import timedelta

import pytest

from app import storage
from app.dataflows import queries as dataflow_queries
from app.dataflows import services as dataflow_services
from app.dataflows.models import DataflowState
from app.execution import services as execution
from app.extensions import db
from app.queue import JobName
from app.runs import queries, services
from app.runs.models import RunStatus
from tests.conftest import NOW
from tests.factories import PEOPLE_CSV, make_active
from tests.integration.runs.carrying_out import (
    STALLED,
    carry_out,
    finished,
    rows_of,
    send,
    table_of,
)

WITHOUT_JOINED = b"id,name,points\n1,Ada,3\n"


def test_a_run_rung_for_twice_is_carried_out_once(app):
    dataflow = make_active()
    run = send(dataflow, PEOPLE_CSV)
    carry_out(run)
    version = queries.find_run(run.id).table_version

    carry_out(run)

    assert storage.lake().version(table_of(dataflow)) == version


def test_a_run_whose_worker_died_after_the_write_is_closed_with_its_counts(app, monkeypatch):
    dataflow = make_active()
    run = send(dataflow, PEOPLE_CSV)
    with monkeypatch.context() as patch:
        patch.setattr(execution, "_end", lambda *_args, **_kw: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            carry_out(run)

    execution.execute_run(
        run_id=run.id, stalled_after=STALLED, clock=lambda: NOW + timedelta(minutes=5)
    )

    again = queries.find_run(run.id)
    assert again.status is RunStatus.FINISHED
    assert again.buckets["added"] == 3
    assert len(rows_of(dataflow)) == 3


def test_a_silent_run_is_rung_for_again(app, queue):
    dataflow = make_active()
    run = send(dataflow, PEOPLE_CSV)

    services.keep_runs_going(stalled_after=STALLED, now=NOW + timedelta(minutes=5))

    assert queue.jobs == [(JobName.EXECUTE_RUN, {"run_id": run.id})] * 2


def test_a_failed_run_can_be_tried_again(app):
    dataflow = make_active()
    run = finished(dataflow, b"id,name\n1,Ada\n")

    services.retry_run(run_id=run.id, now=NOW)

    assert queries.find_run(run.id).status is RunStatus.QUEUED


def test_a_failed_run_is_tried_again_by_the_definition_as_it_is_now(app):
    dataflow = make_active()
    run = finished(dataflow, WITHOUT_JOINED)
    dataflow = dataflow_services.pause(dataflow_id=dataflow.id)
    joined = next(column for column in dataflow.schema.columns if column.name == "joined")
    mapping = {row.schema_column_id: row.column_name for row in dataflow.mappings}
    dataflow = dataflow_services.save_transform_map(
        dataflow_id=dataflow.id,
        version=dataflow.version,
        conversions={},
        write_mode=dataflow.write_mode,
        mapping={**mapping, joined.id: ""},
        now=NOW,
    )
    dataflow_services.activate(
        dataflow_id=dataflow.id, version=dataflow.version, missing=[], now=NOW
    )

    again = carry_out(services.retry_run(run_id=run.id, now=NOW))

    assert run.status is RunStatus.FINISHED, again.failure
    assert [row["name"] for row in rows_of(dataflow)] == ["Ada"]


def test_a_failed_run_of_a_paused_dataflow_waits_until_it_is_active(app):
    dataflow = make_active()
    run = finished(dataflow, WITHOUT_JOINED)
    dataflow_services.pause(dataflow_id=dataflow.id)

    with pytest.raises(services.DataflowPaused):
        services.retry_run(run_id=run.id, now=NOW)

    assert queries.find_run(run.id).status is RunStatus.FAILED
    assert dataflow_queries.find_dataflow(dataflow.id).state is DataflowState.PAUSED


@pytest.mark.parametrize("has_written", [True, False])
def test_a_run_broken_off_too_often_is_given_up_unless_it_has_written(
    app, monkeypatch, has_written
):
    dataflow = make_active()
    run = send(dataflow, PEOPLE_CSV)
    dies = lambda *_args, **_named: (_ for _ in ()).throw(SystemExit)  # noqa: E731
    with monkeypatch.context() as patch:
        patch.setattr(execution, "_end" if has_written else "_carry_out", dies)
        for attempt in range(execution.MOST_ATTEMPTS):
            with pytest.raises(SystemExit):
                execute_after(run, minutes=5 * attempt)

    execute_after(run, minutes=60)

    db.session.expire_all()
    again = queries.find_run(run.id)
    expected = RunStatus.FINISHED if has_written else RunStatus.FAILED
    assert again.status is expected
    assert len(rows_of(dataflow)) == (3 if has_written else 0)
    assert has_written or "broken off 3 times" in again.failure


def execute_after(run, *, minutes):
    now = NOW + timedelta(minutes=minutes)
    execution.execute_run(run_id=run.id, stalled_after=STALLED, clock=lambda: now)
