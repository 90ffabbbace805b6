"""What the home page counts, and what it offers to go on with."""

from datetime import timedelta

from app.dataflows import services as dataflows
from app.execution import services as execution
from app.home import queries
from app.runs import services as runs
from app.streams.models import FileKind
from tests.conftest import NOW
from tests.factories import PEOPLE_CSV, make_active, make_dataflow, make_file, make_mapped


def send(dataflow, content=PEOPLE_CSV):
    make_file(dataflow, content, FileKind.PRODUCTION)
    return runs.start_run(dataflow_id=dataflow.id, now=NOW)


def finish(dataflow, content=PEOPLE_CSV):
    run = send(dataflow, content)
    execution.execute_run(run_id=run.id, stalled_after=timedelta(0), clock=lambda: NOW)


def test_with_nothing_at_all_everything_is_still_to_begin(app):
    overview = queries.overview()

    assert (overview.active_count, overview.dataset_count, overview.row_count) == (0, 0, 0)
    assert (overview.drafts, overview.runs) == ([], [])
    assert overview.is_new


def test_a_draft_is_something_to_go_on_with(app):
    dataflow = make_dataflow()

    overview = queries.overview()

    assert overview.drafts == [dataflow]
    assert overview.active_count == 0
    assert not overview.is_new


def test_the_drafts_changed_last_come_first_and_only_so_many(app):
    made = [make_dataflow(f"Draft {number}") for number in range(queries.LATEST_RUNS + 2)]
    for number, dataflow in enumerate(made):
        dataflow.changed_at = NOW + timedelta(minutes=number)

    names = [dataflow.name for dataflow in queries.overview().drafts]

    assert names == ["Draft 6", "Draft 5", "Draft 4", "Draft 3", "Draft 2"]


def test_an_active_dataflow_counts_and_is_no_draft(app):
    make_active()

    overview = queries.overview()

    assert (overview.active_count, overview.failed_count) == (1, 0)
    assert overview.drafts == []
    assert not overview.is_new


def test_every_dataset_of_the_list_counts_and_every_row(app):
    dataflow = make_active()
    before = queries.overview()

    finish(dataflow)

    after = queries.overview()
    assert (before.dataset_count, before.row_count) == (1, 0)
    assert (after.dataset_count, after.row_count) == (1, 3)


def test_a_running_dataflow_is_active_and_its_run_is_shown(app):
    run = send(make_active())

    overview = queries.overview()

    assert overview.active_count == 1
    assert [shown.id for shown in overview.runs] == [run.id]


def test_a_failed_dataflow_counts_as_failed_and_is_still_active(app):
    finish(make_active(), "id,name\n1,Ada\n")

    overview = queries.overview()

    assert (overview.active_count, overview.failed_count) == (1, 1)


def test_the_latest_runs_come_first_and_only_so_many(app):
    dataflow = make_active()
    for number in range(queries.LATEST_RUNS + 1):
        finish(dataflow, f"id,name,joined,points\n{number},Ada,,1\n")

    found = [run.id for run in queries.overview().runs]

    assert found == [6, 5, 4, 3, 2]


def test_a_paused_dataflow_was_begun_though_it_never_ran(app):
    dataflow = make_active()
    dataflows.pause(dataflow_id=dataflow.id)

    overview = queries.overview()

    assert overview.active_count == 0
    assert not overview.is_new


def test_rows_whose_dataflow_is_deleted_are_still_counted(app):
    dataflow = make_active()
    finish(dataflow)
    dataflows.delete_dataflow(dataflow_id=dataflow.id)

    overview = queries.overview()

    assert (overview.dataset_count, overview.row_count) == (1, 3)
    assert not overview.is_new


def test_after_the_last_dataflow_is_deleted_all_begins_anew(app):
    dataflow = make_dataflow()
    dataflows.delete_dataflow(dataflow_id=dataflow.id)

    assert queries.overview().is_new


def test_a_dry_run_is_no_run_to_look_at(app):
    runs.start_dry_run(dataflow_id=make_mapped().id, now=NOW)

    assert queries.overview().runs == []
