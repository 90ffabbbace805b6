"""An active dataflow goes by its active version, whatever becomes of its draft."""

import pytest
from sqlalchemy.exc import IntegrityError

from app.dataflows import queries, services, suggesting, versions
from app.dataflows.models import DataflowState, DataflowVersion
from app.extensions import db
from app.lake.write_modes import WriteMode
from app.runs import services as runs
from app.runs.models import RunKind, RunStatus
from tests.conftest import NOW
from tests.factories import PEOPLE_CSV, make_active, make_mapped, make_schema
from tests.integration.runs.carrying_out import carry_out, finished, rows_of, send

WITHOUT_POINTS = "id,name,joined\n7,Zoë,2026-01-02\n"


def without_points(dataflow, write_mode=WriteMode.APPEND):
    """Take the last column out of the draft's mapping."""
    last = dataflow.schema.columns[-1]
    mapping = {row.schema_column_id: row.column_name for row in dataflow.mappings}
    return services.save_transform_map(
        dataflow_id=dataflow.id,
        version=dataflow.version,
        conversions={},
        write_mode=write_mode,
        mapping={**mapping, last.id: ""},
        now=NOW,
    )


def activate(dataflow):
    return services.activate(dataflow_id=dataflow.id, version=dataflow.version, missing=[], now=NOW)


def test_production_files_follow_the_active_version_while_the_draft_is_edited(app):
    dataflow = make_active()
    dataflow = without_points(dataflow, WriteMode.OVERWRITE)

    run = finished(dataflow, PEOPLE_CSV)

    assert run.definition_version == 1
    assert [row["points"] for row in rows_of(dataflow)] == ["1.5", "2", "0.1"]
    assert dataflow.stream.is_overwriting is False


def test_activating_swaps_definition_number_and_write_mode_at_once(app):
    dataflow = make_active()
    send(dataflow, PEOPLE_CSV)
    under_way = dataflow.state

    dataflow = activate(without_points(dataflow, WriteMode.OVERWRITE))

    assert under_way is DataflowState.RUNNING
    assert dataflow.state is DataflowState.RUNNING
    assert dataflow.active_number == 2
    assert dataflow.stream.is_overwriting is True
    assert versions.draft_changes(dataflow) == []


def test_a_run_under_way_ends_by_the_version_it_began_with(app):
    dataflow = make_active()
    run = send(dataflow, PEOPLE_CSV)
    activate(without_points(dataflow))

    ended = carry_out(run)

    assert (ended.status, ended.definition_version) == (RunStatus.FINISHED, 1)
    assert finished(dataflow, WITHOUT_POINTS).definition_version == 2
    assert sorted(row["points"] for row in rows_of(dataflow)) == ["", "0.1", "1.5", "2"]


def test_a_dry_run_of_an_active_dataflow_tries_its_draft(app):
    dataflow = without_points(make_active())

    run = runs.start_dry_run(dataflow_id=dataflow.id, now=NOW)
    run = carry_out(run)

    assert run.kind is RunKind.DRY
    assert [target["name"] for target in run.definition["targets"]] == ["id", "name", "joined"]
    assert queries.find_dataflow(dataflow.id).state is DataflowState.WAITING


def test_a_failed_run_is_tried_again_by_the_active_version_not_by_the_draft(app):
    dataflow = make_active()
    run = finished(dataflow, WITHOUT_POINTS)
    dataflow = without_points(dataflow)

    failed = carry_out(runs.retry_run(run_id=run.id, now=NOW)).status
    activate(dataflow)
    mended = carry_out(runs.retry_run(run_id=run.id, now=NOW))

    assert failed is RunStatus.FAILED
    assert (mended.status, mended.definition_version) == (RunStatus.FINISHED, 2)


def test_activating_what_is_active_already_makes_no_version(app):
    dataflow = make_active()
    services.pause(dataflow_id=dataflow.id)

    dataflow = activate(dataflow)

    assert (dataflow.active_number, dataflow.state) == (1, DataflowState.WAITING)
    assert len(queries.list_versions(dataflow.id)) == 1


def test_a_draft_without_a_version_has_no_changes_to_name(app):
    assert versions.draft_changes(make_mapped()) is None


def test_another_dataset_is_a_change_with_both_names(app):
    dataflow = make_active()
    types = {column.name: column.type for column in dataflow.columns}
    other = make_schema(types, "id", name="Members")

    dataflow = services.choose_schema(
        dataflow_id=dataflow.id, version=dataflow.version, schema_id=other.id, now=NOW
    )

    assert versions.draft_changes(dataflow) == [
        "Rows go to the dataset “Members”, went to “People”."
    ]


def test_two_that_activate_at_once_get_no_version_of_the_same_number(app, monkeypatch):
    dataflow = make_active()
    first = queries.active_version(dataflow)
    dataflow = activate(without_points(dataflow))
    dataflow.write_mode = WriteMode.OVERWRITE
    monkeypatch.setattr(queries, "active_version", lambda _dataflow: first)

    with pytest.raises(services.EditedElsewhere):
        activate(dataflow)

    db.session.expire_all()
    found = queries.find_dataflow(dataflow.id)
    assert found.active_number == 2
    assert found.stream.is_overwriting is False


def test_a_number_is_given_once(app):
    dataflow = make_active()
    version = queries.active_version(dataflow)

    db.session.add(
        DataflowVersion(
            dataflow_id=dataflow.id, number=1, definition=version.definition, activated_at=NOW
        )
    )

    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_versions_go_with_their_dataflow(app):
    dataflow = make_active()

    services.delete_dataflow(dataflow_id=dataflow.id)

    assert queries.list_versions(dataflow.id) == []


def test_a_version_is_the_definition_as_it_was_activated(app):
    dataflow = make_active()

    expected = suggesting.definition(dataflow, dataflow.schema)
    without_points(dataflow)

    assert queries.active_version(dataflow).value == expected


def test_many_versions_are_kept_and_the_newest_shown_each_with_its_change(app, monkeypatch):
    monkeypatch.setattr(versions, "VERSIONS_SHOWN", 2)
    dataflow = make_active()
    for mode in (WriteMode.OVERWRITE, WriteMode.APPEND, WriteMode.OVERWRITE):
        dataflow = activate(without_points(dataflow, mode))

    shown = versions.history(dataflow)

    assert [(version.number, changes) for version, changes in shown] == [
        (4, ["The write mode is Overwrite, was Append."]),
        (3, ["The write mode is Append, was Overwrite."]),
    ]
    assert len(queries.list_versions(dataflow.id)) == 4
