"""Copies of dataflows, drafts taken back, and what hangs on one that is deleted."""

import pytest
from sqlalchemy import select

from app.dataflows import queries, services, suggesting, versions
from app.dataflows.models import Dataflow, DataflowState
from app.extensions import db
from app.runs import queries as run_queries
from app.runs import services as runs
from app.streams.models import FileKind
from tests.conftest import NOW
from tests.factories import make_active, make_dataflow, make_file, make_mapped, make_parsed
from tests.integration.audiences.making import make_audience
from tests.integration.dataflows.test_versions import without_points
from tests.integration.runs.carrying_out import carry_out


def clone(dataflow) -> Dataflow:
    copy = services.clone_dataflow(dataflow_id=dataflow.id, now=NOW)
    db.session.expire_all()
    found = queries.find_dataflow(copy.id)
    assert found is not None
    return found


def test_a_copy_has_all_five_steps_and_a_stream_of_its_own(app):
    dataflow = make_active()

    copy = clone(dataflow)

    dataflow = queries.find_dataflow(dataflow.id)
    assert (copy.name, copy.state, copy.active_number) == (
        "Copy of Customers",
        DataflowState.DRAFT,
        None,
    )
    assert suggesting.definition(copy, copy.schema) == suggesting.definition(
        dataflow, dataflow.schema
    )
    assert [row.profile for row in copy.columns] == [row.profile for row in dataflow.columns]
    assert copy.stream.stream_id != dataflow.stream.stream_id
    assert copy.draft_file_id == dataflow.draft_file_id


def test_a_copy_is_tried_at_once_and_changes_nothing_of_the_first(app):
    dataflow = make_active()
    copy = clone(dataflow)

    run = carry_out(runs.start_dry_run(dataflow_id=copy.id, now=NOW))
    without_points(queries.find_dataflow(copy.id))

    assert run.buckets["added"] == 3
    assert versions.draft_changes(queries.find_dataflow(dataflow.id)) == []


def test_copies_of_copies_have_names_of_their_own(app):
    dataflow = make_mapped()

    names = [clone(dataflow).name for _ in range(3)]
    long = clone(make_dataflow("x" * 120)).name
    longer = services.clone_dataflow(dataflow_id=queries.find_by_name("x" * 120).id, now=NOW).name

    assert names == ["Copy of Customers", "Copy of Customers (2)", "Copy of Customers (3)"]
    assert len(long) == len(longer) == 120
    assert longer.endswith(" (2)")


def test_a_copy_outlives_what_it_was_copied_from(app):
    dataflow = make_active()
    copy = clone(dataflow)

    services.delete_dataflow(dataflow_id=dataflow.id)

    db.session.expire_all()
    found = queries.find_dataflow(copy.id)
    assert found.draft_file_id is None
    assert len(found.columns) == 4


def test_cloning_opens_the_first_step_of_the_copy(pages):
    dataflow = make_parsed()

    page = pages.post(f"/dataflows/{dataflow.id}/clone")

    assert page.h1 == ["General Information"]
    assert "all five steps of “Customers”" in page.text
    assert 'value="Copy of Customers"' in page.text


def test_two_that_clone_at_once_do_not_get_one_name(pages, monkeypatch):
    dataflow = make_active()
    clone(dataflow)
    monkeypatch.setattr(queries, "names_like", lambda _beginning: set())

    page = pages.post(f"/dataflows/{dataflow.id}/clone")

    assert "Clone it again" in page.text
    assert len(db.session.scalars(select(Dataflow.id)).all()) == 2


def test_a_draft_goes_back_to_the_active_version(pages):
    dataflow = make_active()
    expected = suggesting.definition(dataflow, dataflow.schema)
    without_points(dataflow)

    page = pages.post(f"/dataflows/{dataflow.id}/go-back")

    db.session.expire_all()
    found = queries.find_dataflow(dataflow.id)
    assert "The draft is as version 1 again" in page.text
    assert "changes that are not active" not in page.text
    assert suggesting.definition(found, found.schema) == expected
    assert found.columns[0].profile["distinct_count"] == 3


def test_without_an_active_version_there_is_none_to_go_back_to(pages):
    dataflow = make_active()
    services.pause(dataflow_id=dataflow.id)
    dataflow.active_number = None
    db.session.commit()

    assert "No version is active" in pages.post(f"/dataflows/{dataflow.id}/go-back").text
    with pytest.raises(services.NothingActive):
        services.go_back(dataflow_id=dataflow.id, now=NOW)


def test_deleting_names_versions_and_the_audiences_that_read_the_dataset(pages):
    dataflow = make_active()
    attribute = {"schema": "People", "column": "name"}
    make_audience({"all": [{"have": {"attribute": attribute, "op": "is", "value": "Ada"}}]}, "Adas")
    make_audience(name="Others")

    page = pages.post(f"/dataflows/{dataflow.id}/delete")

    assert "1 version and 0 runs go for good. Datasets stay." in page.text
    assert "The audience “Adas” reads “People”" in page.text
    assert "Others" not in page.text


def test_what_is_paused_while_it_runs_is_not_deleted(pages):
    dataflow = make_active()
    make_file(dataflow, kind=FileKind.PRODUCTION)
    runs.start_run(dataflow_id=dataflow.id, now=NOW)
    pages.post(f"/dataflows/{dataflow.id}/pause")

    page = pages.post(f"/dataflows/{dataflow.id}/delete", confirmed="yes")

    assert "Wait until the run ends" in page.text
    assert len(run_queries.list_runs(dataflow.id)) == 1
