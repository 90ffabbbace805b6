"""Stopping runs: at once while they wait, before anything is written while they run."""

import threading

import pytest

from app.dataflows import queries as dataflow_queries
from app.dataflows.models import DataflowState
from app.execution import services as execution
from app.extensions import db
from app.lake import engine, watching
from app.runs import queries, services
from app.runs.models import RunStatus
from app.runs.progress import RunPhase
from tests.conftest import NOW
from tests.factories import PEOPLE_CSV, make_active
from tests.integration.runs.carrying_out import carry_out, finished, rows_of, send

ENDLESS = "SELECT sum(a.range * b.range % 7) FROM range(10_000_000) a, range(10_000_000) b"


def test_a_run_that_waits_is_stopped_at_once(app):
    dataflow = make_active()
    run = send(dataflow, PEOPLE_CSV)

    services.cancel_run(run_id=run.id, now=NOW)
    carry_out(run)

    assert queries.find_run(run.id).status is RunStatus.CANCELLED
    assert rows_of(dataflow) == []
    found = dataflow_queries.find_dataflow(dataflow.id)
    assert found is not None
    assert found.state is DataflowState.WAITING


def test_a_run_stopped_while_it_works_writes_nothing(app, monkeypatch):
    dataflow = make_active()
    finished(dataflow, PEOPLE_CSV)
    run = send(dataflow, "id,name,joined,points\n9,Nina,,\n")

    def stop_then_work(claimed, definition, notebook):
        services.cancel_run(run_id=claimed.id, now=NOW)
        return carry(claimed, definition, notebook)

    carry = execution.working.carry_out
    monkeypatch.setattr(execution.working, "carry_out", stop_then_work)

    carry_out(run)

    assert queries.find_run(run.id).status is RunStatus.CANCELLED
    assert queries.journal_of(run) is None
    assert len(rows_of(dataflow)) == 3


def test_a_long_comparison_is_stopped_on_its_way_and_says_how_far_it_was(
    app, tmp_path, monkeypatch
):
    shares: list[float | None] = []

    def compare(claimed, _definition, notebook):
        notebook.phase_begun(RunPhase.PLANNING)
        with engine.connection(tmp_path) as session, watching.watched(session):
            threading.Thread(target=stop_once_it_is_heard, args=[claimed.id]).start()
            session.execute(ENDLESS)

    def stop_once_it_is_heard(run_id):
        with app.app_context():
            while not shares or not shares[-1]:
                shares.append(queries.find_run(run_id).phase_share)
                db.session.rollback()
            services.cancel_run(run_id=run_id, now=NOW)

    monkeypatch.setattr(execution.working, "carry_out", compare)
    monkeypatch.setattr(execution, "BEAT_SECONDS", 0.02)
    dataflow = make_active()
    run = send(dataflow, PEOPLE_CSV)

    assert carry_out(run).status is RunStatus.CANCELLED
    assert 0 < shares[-1] < 1


def test_a_stopped_run_can_be_tried_again(app):
    dataflow = make_active()
    run = send(dataflow, PEOPLE_CSV)
    services.cancel_run(run_id=run.id, now=NOW)

    services.retry_run(run_id=run.id, now=NOW)
    done = carry_out(run)

    assert done.status is RunStatus.FINISHED
    assert len(rows_of(dataflow)) == 3


def test_a_stop_that_came_as_the_run_failed_does_not_stop_the_next_try(app):
    dataflow = make_active()
    run = carry_out(send(dataflow, "id,nam\n1,Ada\n"))
    assert run.status is RunStatus.FAILED
    run.is_cancelling = True
    db.session.commit()

    services.retry_run(run_id=run.id, now=NOW)

    assert not queries.find_run(run.id).is_cancelling
    assert carry_out(run).status is RunStatus.FAILED


def test_the_next_file_is_taken_after_a_stopped_one(app):
    dataflow = make_active()
    first = send(dataflow, PEOPLE_CSV)
    services.cancel_run(run_id=first.id, now=NOW)

    second = send(dataflow, "id,name,joined,points\n9,Nina,,\n")

    assert second.id != first.id
    assert carry_out(second).buckets["added"] == 1


def test_a_run_that_has_ended_is_not_stopped(app, pages):
    dataflow = make_active()
    run = finished(dataflow, PEOPLE_CSV)

    with pytest.raises(services.RunEnded):
        services.cancel_run(run_id=run.id, now=NOW)
    assert "nothing to stop" in pages.post(f"/runs/{run.id}/cancel").text
