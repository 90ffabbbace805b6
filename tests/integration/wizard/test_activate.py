"""Step 5 as a person meets it: tried first, confirmed, activated."""

from app.dataflows import queries as dataflows
from app.dataflows import services
from app.dataflows.models import DataflowState
from app.execution import services as execution
from app.runs import queries as run_queries
from app.runs import services as runs
from app.streams.models import FileKind
from tests.conftest import NOW
from tests.factories import (
    make_active,
    make_file,
    make_mapped,
    make_parsed,
)
from tests.integration.wizard.steps import fresh, open_step, try_draft


def test_activating_what_overwrites_names_the_rows_at_stake_first(pages, queue):
    other = make_active()
    make_file(other, kind=FileKind.PRODUCTION)
    run = runs.start_run(dataflow_id=other.id, now=NOW)
    execution.execute_run(run_id=run.id, stalled_after=NOW - NOW, clock=lambda: NOW)
    dataflow = make_parsed(name="Again")
    assert other.schema_id is not None
    dataflow = services.choose_schema(
        dataflow_id=dataflow.id, version=dataflow.version, schema_id=other.schema_id, now=NOW
    )
    page = open_step(pages, dataflow, "transform-map")
    pages.send(page, "/transform-map", write_mode="overwrite")
    try_draft(dataflow)
    page = open_step(pages, dataflow, "activate")

    asked = pages.send(page, "/activate")
    state = fresh(dataflow).state
    done = pages.send(asked, "/activate")

    assert "It has 3 rows now." in asked.text
    assert state.is_draft
    assert done.h1 == ["Again"]
    assert fresh(dataflow).state.is_active


def test_a_draft_that_passed_is_activated_and_takes_the_file_that_waits(pages, queue):
    dataflow = make_mapped()
    make_file(dataflow, kind=FileKind.PRODUCTION)
    pages.send(open_step(pages, dataflow, "transform-map"), "/transform-map")
    try_draft(dataflow)

    page = pages.send(open_step(pages, dataflow, "activate"), "/activate")

    assert page.h1 == ["Customers"]
    assert "is active" in page.text
    assert len(run_queries.list_runs(dataflow.id)) == 1


def test_a_dry_run_says_that_its_counts_have_expired_once_the_dataset_was_written(pages, queue):
    other = make_active()
    dataflow = make_parsed(name="Again")
    dataflow = services.choose_schema(
        dataflow_id=dataflow.id, version=dataflow.version, schema_id=other.schema_id, now=NOW
    )
    pages.send(open_step(pages, dataflow, "transform-map"), "/transform-map")
    try_draft(dataflow)

    fresh_page = open_step(pages, dataflow, "activate")
    make_file(other, kind=FileKind.PRODUCTION)
    run = runs.start_run(dataflow_id=other.id, now=NOW)
    execution.execute_run(run_id=run.id, stalled_after=NOW - NOW, clock=lambda: NOW)
    late_page = open_step(pages, dataflow, "activate")
    pages.send(late_page, "/activate/try")
    try_draft(dataflow)
    tried_again = open_step(pages, dataflow, "activate")

    assert "These counts have expired" not in fresh_page.text
    assert "These counts have expired" in late_page.text
    assert "These counts have expired" not in tried_again.text


def test_nothing_is_activated_before_it_was_tried(pages):
    dataflow = make_mapped()

    page = pages.send(open_step(pages, dataflow, "activate"), "/activate")

    assert page.status == 422
    assert "Try the draft" in page.text
    assert fresh(dataflow).state is DataflowState.DRAFT


def test_a_dry_run_of_an_older_definition_activates_nothing(pages):
    dataflow = make_mapped()
    pages.send(open_step(pages, dataflow, "transform-map"), "/transform-map")
    try_draft(dataflow)
    pages.send(open_step(pages, dataflow, "file-mapping"), "/file-mapping/columns", save="draft")

    page = pages.send(open_step(pages, dataflow, "activate"), "/activate")

    assert page.status == 422
    assert "Something changed since the last dry run" in page.text


def test_step_5_of_an_active_dataflow_says_what_its_draft_changes(pages, queue):
    dataflow = make_active()
    before = open_step(pages, dataflow, "activate").text
    page = open_step(pages, dataflow, "transform-map")
    pages.send(page, "/transform-map", write_mode="overwrite")
    pages.send(open_step(pages, dataflow, "activate"), "/activate/try")
    try_draft(dataflow)

    changed = open_step(pages, dataflow, "activate")
    active = fresh(dataflow).active_number
    done = pages.send(pages.send(changed, "/activate"), "/activate")

    assert "the draft is as version 1" in before
    assert "What changes against version 1" in changed.text
    assert "The write mode is Overwrite, was Append." in changed.text
    assert active == 1
    assert done.h1 == ["Customers"]
    assert fresh(dataflow).active_number == 2
    assert dataflows.list_versions(dataflow.id)[0].activated_by == "owner@example.com"
