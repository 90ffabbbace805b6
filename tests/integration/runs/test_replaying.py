"""Taking a file once more: by any version, tried first, and held to what the trial has shown."""

from datetime import timedelta

import pytest

from app import storage
from app.dataflows import services as dataflows
from app.lake.write_modes import WriteMode
from app.retention import services as retention
from app.runs import queries, services
from app.runs.models import RunKind, RunStatus
from tests.conftest import NOW
from tests.factories import PEOPLE_CSV, make_active
from tests.integration.runs.carrying_out import bytes_of, carry_out, finished, rows_of, table_of

CHANGED = "id,name,joined,points\n1,Ada L,2020-02-29,1.50\n4,Dee,2021-01-31,4\n"


def replayed(run, *, number=None, is_dry=False):
    return carry_out(
        services.start_replay(
            dataflow_id=run.dataflow_id,
            file_id=run.stream_file_id,
            number=number,
            is_dry=is_dry,
            now=NOW,
        )
    )


def sorted_rows(dataflow):
    return sorted(rows_of(dataflow), key=str)


def test_the_same_files_by_the_same_definition_give_the_same_dataset(app):
    dataflow = make_active()
    first, second = finished(dataflow, PEOPLE_CSV), finished(dataflow, CHANGED)
    expected = sorted_rows(dataflow)
    for run in (second, first):
        carry_out(services.start_undo(run_id=run.id, now=NOW))
    assert rows_of(dataflow) == []

    again = [replayed(first), replayed(second)]

    assert sorted_rows(dataflow) == expected
    assert [run.kind for run in again] == [RunKind.REPLAY] * 2
    assert [run.buckets for run in again] == [first.buckets, second.buckets]


def test_a_file_is_taken_by_an_older_version(app):
    dataflow = make_active()
    run = finished(dataflow, PEOPLE_CSV)
    mapping = {mapping.schema_column_id: mapping.column_name for mapping in dataflow.mappings}
    name = next(column for column in dataflow.schema.columns if column.name == "name")
    dataflow = dataflows.save_transform_map(
        dataflow_id=dataflow.id,
        version=dataflow.version,
        conversions={},
        write_mode=WriteMode.OVERWRITE,
        mapping={**mapping, name.id: ""},
        now=NOW,
    )
    dataflows.activate(dataflow_id=dataflow.id, version=dataflow.version, missing=[], now=NOW)

    assert replayed(run).buckets["changed"] == 3
    assert {row["name"] for row in rows_of(dataflow)} == {""}

    replayed(run, number=1)

    assert {row["name"] for row in rows_of(dataflow)} == {"Ada", "Łukasz", "'=Eve"}


def test_a_trial_writes_nothing_and_what_follows_has_its_counts(app):
    dataflow = make_active()
    finished(dataflow, PEOPLE_CSV)
    run = finished(dataflow, CHANGED)
    carry_out(services.start_undo(run_id=run.id, now=NOW))
    before, version = bytes_of(dataflow), storage.lake().version(table_of(dataflow))

    trial = replayed(run, is_dry=True)

    assert (bytes_of(dataflow), storage.lake().version(table_of(dataflow))) == (before, version)
    assert trial.samples["changed"][0]["before"]["name"] == "Ada"

    done = carry_out(services.start_planned(run_id=trial.id, now=NOW))

    assert done.buckets == trial.buckets
    assert (done.added_count, done.changed_count) == (1, 1)


def test_a_trial_expires_when_the_dataset_is_written(app, pages):
    dataflow = make_active()
    run = finished(dataflow, PEOPLE_CSV)
    trial = replayed(run, is_dry=True)
    finished(dataflow, CHANGED)

    with pytest.raises(services.PlanExpired):
        services.start_planned(run_id=trial.id, now=NOW)
    assert "This plan has expired" in pages.get(f"/runs/{trial.id}").text


def test_a_run_held_to_a_trial_writes_nothing_when_another_was_first(app):
    dataflow = make_active()
    run = finished(dataflow, PEOPLE_CSV)
    trial = replayed(run, is_dry=True)
    held = services.start_planned(run_id=trial.id, now=NOW)
    # Another dataflow may write the same dataset while this one waits for a worker.
    storage.lake().table(table_of(dataflow)).delete()

    done = carry_out(held)

    assert done.status is RunStatus.FAILED
    assert "written since the dry run" in done.failure
    assert queries.journal_of(done) is None


def test_the_page_tries_and_takes_a_file(app, pages, queue):
    dataflow = make_active()
    run = finished(dataflow, PEOPLE_CSV)
    page = pages.get(f"/dataflows/{dataflow.id}/files/{run.stream_file_id}/replay")
    assert "Version 1, active now" in page.text

    tried = pages.send(page, "/replay", save="try")
    carry_out(queries.find_run(run.id + 1))

    shown = pages.get(tried.path)
    assert "Nothing was written" in shown.text
    done = pages.send(shown, "/carry-out")
    assert carry_out(queries.find_run(run.id + 2)).buckets["same"] == 3
    assert done.path == f"/runs/{run.id + 2}"


def test_a_file_whose_bytes_are_gone_is_not_taken(app, pages):
    dataflow = make_active()
    run = finished(dataflow, PEOPLE_CSV)

    retention.forget_files(older_than=timedelta(0), now=NOW + timedelta(days=1))

    with pytest.raises(services.FileGone):
        replayed(run)
    page = pages.get(f"/dataflows/{dataflow.id}/files/{run.stream_file_id}/replay")
    assert "no longer kept" in page.text


def test_a_trial_expires_when_another_version_is_activated(app, pages):
    dataflow = make_active()
    trial = replayed(finished(dataflow, PEOPLE_CSV), is_dry=True)
    later = NOW + timedelta(minutes=1)
    dataflow = dataflows.get(dataflow.id)
    dataflow.reject_limit_count = 1_000
    dataflows.touch(dataflow, later)
    dataflows.activate(dataflow_id=dataflow.id, version=dataflow.version, missing=[], now=later)

    with pytest.raises(services.PlanExpired):
        services.start_planned(run_id=trial.id, now=NOW)
    assert "This plan has expired" in pages.get(f"/runs/{trial.id}").text


def test_a_trial_holds_though_the_lake_was_cleaned_up(app, monkeypatch):
    dataflow = make_active()
    finished(dataflow, PEOPLE_CSV)
    run = finished(dataflow, CHANGED)
    trial = replayed(run, is_dry=True)
    before = storage.lake().version(table_of(dataflow))
    monkeypatch.setattr(retention, "LONGEST_READ", timedelta())

    retention.clean_lake()

    assert storage.lake().version(table_of(dataflow)) > before
    done = carry_out(services.start_planned(run_id=trial.id, now=NOW))
    assert (done.status, done.buckets) == (RunStatus.FINISHED, trial.buckets)
