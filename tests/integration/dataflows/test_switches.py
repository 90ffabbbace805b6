"""The switches of an active dataflow: pause, resume, run now."""

from app.dataflows import queries as dataflows
from app.dataflows import services
from app.dataflows.models import DataflowState
from app.execution import services as execution
from app.extensions import db
from app.queue import JobName
from app.runs import queries as run_queries
from app.runs import services as runs
from app.streams.models import FileKind
from tests.conftest import NOW
from tests.factories import PEOPLE_CSV, make_active, make_file


def state_of(dataflow) -> DataflowState:
    db.session.expire_all()
    found = dataflows.find_dataflow(dataflow.id)
    assert found is not None
    return found.state


def test_a_paused_dataflow_keeps_its_files_waiting(pages):
    dataflow = make_active()

    pages.post(f"/dataflows/{dataflow.id}/pause")
    make_file(dataflow, kind=FileKind.PRODUCTION)
    runs.start_for_stream(stream_pk=dataflow.stream_pk, now=NOW)

    assert state_of(dataflow) is DataflowState.PAUSED
    assert run_queries.list_runs(dataflow.id) == []


def test_a_paused_dataflow_is_resumed_without_a_step_and_takes_what_waits(pages, queue):
    dataflow = make_active()
    pages.post(f"/dataflows/{dataflow.id}/pause")
    make_file(dataflow, kind=FileKind.PRODUCTION)

    page = pages.send(pages.get(f"/dataflows/{dataflow.id}"), f"/dataflows/{dataflow.id}/resume")

    assert "takes files again" in page.text
    assert state_of(dataflow) is DataflowState.RUNNING
    assert [run.definition_version for run in run_queries.list_runs(dataflow.id)] == [1]


def test_a_run_under_way_ends_though_its_dataflow_is_paused_and_the_next_is_not_started(pages):
    dataflow = make_active()
    make_file(dataflow, kind=FileKind.PRODUCTION)
    run = runs.start_run(dataflow_id=dataflow.id, now=NOW)

    page = pages.post(f"/dataflows/{dataflow.id}/pause")
    make_file(dataflow, PEOPLE_CSV.replace("Ada", "Eva"), FileKind.PRODUCTION)
    execution.execute_run(run_id=run.id, stalled_after=NOW - NOW, clock=lambda: NOW)

    assert "The run under way ends first" in page.text
    assert state_of(dataflow) is DataflowState.PAUSED
    assert [run.status.value for run in run_queries.list_runs(dataflow.id)] == ["finished"]


def test_what_was_edited_before_versions_were_kept_is_activated_not_resumed(pages):
    dataflow = make_active()
    pages.post(f"/dataflows/{dataflow.id}/pause")
    dataflow.active_number = None
    db.session.commit()

    page = pages.post(f"/dataflows/{dataflow.id}/resume")

    assert page.h1 == ["Activate"]
    assert "Activate it in step 5 instead" in page.text
    assert state_of(dataflow) is DataflowState.PAUSED


def test_run_now_starts_the_file_that_waits(pages, queue):
    dataflow = make_active()
    make_file(dataflow, kind=FileKind.PRODUCTION)

    page = pages.post(f"/dataflows/{dataflow.id}/run-now")

    [run] = run_queries.list_runs(dataflow.id)
    assert page.h1 == [f"Run {run.id}"]
    assert queue.jobs == [(JobName.EXECUTE_RUN, {"run_id": run.id})]


def test_run_now_says_why_nothing_is_started(pages, queue):
    dataflow = make_active()
    address = f"/dataflows/{dataflow.id}/run-now"

    without_a_file = pages.post(address).text
    make_file(dataflow, kind=FileKind.PRODUCTION)
    pages.post(address)
    make_file(dataflow, PEOPLE_CSV.replace("Ada", "Eva"), FileKind.PRODUCTION)
    under_way = pages.post(address).text
    pages.post(f"/dataflows/{dataflow.id}/pause")
    paused = pages.post(address).text

    assert "No file waits" in without_a_file
    assert "A run is under way" in under_way
    assert "It is paused" in paused
    assert len(run_queries.list_runs(dataflow.id)) == 1


def test_the_list_of_runs_brings_the_switches_that_fit_the_state_along(pages):
    dataflow = make_active()
    waiting = pages.get(f"/dataflows/{dataflow.id}/runs").text
    services.pause(dataflow_id=dataflow.id)
    paused = pages.get(f"/dataflows/{dataflow.id}/runs").text

    assert 'id="dataflow-switches" hx-swap-oob="outerMorph"' in waiting
    assert ("waiting for a file" in waiting, "/pause" in waiting, "/resume" in waiting) == (
        True,
        True,
        False,
    )
    assert ("paused" in paused, "/pause" in paused, "/resume" in paused) == (True, False, True)
