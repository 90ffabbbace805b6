"""The same bytes again have nothing to do, where taking them again would change nothing."""

from datetime import timedelta

from sqlalchemy import select

from app import storage
from app.dataflows import services as dataflows
from app.dataflows.models import DataflowState
from app.extensions import db
from app.lake.write_modes import WriteMode
from app.quarantine import queries as rejected
from app.quarantine import services as quarantine
from app.retention import services as retention
from app.runs import services
from app.runs.models import Reject, RunStatus
from app.schemas.models import SchemaParent
from tests.conftest import NOW
from tests.factories import PEOPLE_CSV, make_active, make_parsed, make_schema
from tests.integration.runs.carrying_out import carry_out, column_of, finished, rows_of, table_of

OTHER = PEOPLE_CSV.replace("Ada", "Ida")


def make_visits():
    """Return an active dataflow whose rows have no identifier."""
    dataflow = make_parsed()
    types = {column.name: column.type for column in dataflow.columns}
    schema = make_schema(types, "", name="Visits", parent=SchemaParent.INTERACTION)
    dataflow = dataflows.choose_schema(
        dataflow_id=dataflow.id, version=dataflow.version, schema_id=schema.id, now=NOW
    )
    return dataflows.activate(
        dataflow_id=dataflow.id, version=dataflow.version, missing=[], now=NOW
    )


def make_another_version(dataflow):
    """Activate the dataflow anew, with a definition that reads files alike."""
    dataflow = dataflows.get(dataflow.id)
    dataflow.reject_limit_count = 1_000
    dataflows.touch(dataflow, NOW)
    db.session.commit()
    return dataflows.activate(
        dataflow_id=dataflow.id, version=dataflow.version, missing=[], now=NOW
    )


def test_the_same_bytes_again_end_at_once_with_nothing_counted(app):
    dataflow = make_active()
    first = finished(dataflow, PEOPLE_CSV)
    version = storage.lake().version(table_of(dataflow))

    second = finished(dataflow, PEOPLE_CSV)
    third = finished(dataflow, PEOPLE_CSV)

    assert (second.status, second.repeats_run_id) == (RunStatus.FINISHED, first.id)
    assert third.repeats_run_id == first.id
    assert (second.received_count, sum(second.buckets.values())) == (0, 0)
    assert second.table_version == version == storage.lake().version(table_of(dataflow))
    assert dataflows.get(dataflow.id).state is DataflowState.WAITING


def test_bytes_sent_before_another_file_are_taken_again(app):
    dataflow = make_active()
    finished(dataflow, PEOPLE_CSV)
    finished(dataflow, OTHER)

    run = finished(dataflow, PEOPLE_CSV)

    assert run.repeats_run_id is None
    assert run.buckets["changed"] == 1
    assert column_of(dataflow, "name")[0] == "Ada"


def test_the_same_bytes_by_another_definition_are_taken_again(app):
    dataflow = make_active()
    finished(dataflow, PEOPLE_CSV)
    make_another_version(dataflow)

    run = finished(dataflow, PEOPLE_CSV)

    assert run.repeats_run_id is None
    assert run.buckets["same"] == 3


def test_the_same_bytes_are_taken_again_once_somebody_else_wrote_the_dataset(app):
    dataflow = make_active()
    finished(dataflow, PEOPLE_CSV)
    other = make_parsed(OTHER, name="Other")
    other = dataflows.choose_schema(
        dataflow_id=other.id, version=other.version, schema_id=dataflow.schema_id, now=NOW
    )
    other = dataflows.activate(dataflow_id=other.id, version=other.version, missing=[], now=NOW)
    finished(other, OTHER)

    run = finished(dataflow, PEOPLE_CSV)

    assert run.repeats_run_id is None
    assert column_of(dataflow, "name")[0] == "Ada"


def test_a_run_that_failed_repeats_nothing(app):
    dataflow = make_active()
    failed = finished(dataflow, "id\n1\n")

    run = finished(dataflow, "id\n1\n")

    assert (failed.status, run.status) == (RunStatus.FAILED, RunStatus.FAILED)
    assert run.repeats_run_id is None


def test_rows_without_a_key_are_not_added_twice_however_long_ago_they_came(app):
    dataflow = make_visits()
    first = finished(dataflow, PEOPLE_CSV)
    finished(dataflow, OTHER)
    make_another_version(dataflow)

    run = finished(dataflow, PEOPLE_CSV)

    assert run.repeats_run_id == first.id
    assert len(rows_of(dataflow)) == 6


def test_rows_without_a_key_that_were_all_rejected_are_tried_by_a_new_definition(app):
    dataflow = make_visits()
    rejected = "id,name,joined,points\nx,Ada,,1\n"
    finished(dataflow, rejected)
    repeated = finished(dataflow, rejected)
    make_another_version(dataflow)

    run = finished(dataflow, rejected)

    assert repeated.repeats_run_id is not None
    assert run.repeats_run_id is None
    assert run.rejected_count == 1


def undone(run):
    return carry_out(services.start_undo(run_id=run.id, now=NOW))


def test_the_same_bytes_are_taken_again_after_they_were_undone(app):
    dataflow = make_active()
    undone(finished(dataflow, PEOPLE_CSV))

    run = finished(dataflow, PEOPLE_CSV)

    assert run.repeats_run_id is None
    assert run.buckets["added"] == 3


def test_the_same_bytes_are_taken_again_after_the_run_since_was_undone(app):
    dataflow = make_active()
    finished(dataflow, PEOPLE_CSV)
    undone(finished(dataflow, OTHER))

    run = finished(dataflow, PEOPLE_CSV)

    assert run.repeats_run_id is None
    assert run.buckets["same"] == 3


def test_rows_without_a_key_are_added_again_after_they_were_undone(app):
    dataflow = make_visits()
    first = finished(dataflow, PEOPLE_CSV)
    finished(dataflow, PEOPLE_CSV)
    undo = undone(first)

    again = finished(dataflow, PEOPLE_CSV)
    undone(again)
    undone(undo)
    repeated = finished(dataflow, PEOPLE_CSV)

    assert (again.repeats_run_id, again.buckets["added"]) == (None, 3)
    assert repeated.repeats_run_id == first.id
    assert len(rows_of(dataflow)) == 3


def test_rows_without_a_key_that_were_taken_once_more_are_not_added_by_the_same_bytes(app):
    dataflow = make_visits()
    first = finished(dataflow, PEOPLE_CSV)
    undone(first)
    replay = services.start_replay(
        dataflow_id=dataflow.id, file_id=first.stream_file_id, number=None, is_dry=False, now=NOW
    )
    carry_out(replay)

    run = finished(dataflow, PEOPLE_CSV)

    assert run.repeats_run_id == replay.id
    assert len(rows_of(dataflow)) == 3


def test_who_takes_a_file_once_more_has_it_taken(app):
    dataflow = make_active()
    first = finished(dataflow, PEOPLE_CSV)

    replay = services.start_replay(
        dataflow_id=dataflow.id, file_id=first.stream_file_id, number=None, is_dry=False, now=NOW
    )

    assert carry_out(replay).buckets["same"] == 3


def test_a_run_that_had_nothing_to_do_replaces_no_rejected_rows(app):
    dataflow = make_active(write_mode=WriteMode.OVERWRITE)
    content = "id,name,joined,points\n1,Ada,2020-02-29,1\nx,Eve,2020-02-29,1\n"
    first = finished(dataflow, content)

    repeated = finished(dataflow, content)

    assert repeated.repeats_run_id == first.id
    assert rejected.replacing_run(first) is None


def test_the_same_bytes_are_taken_again_after_rejected_rows_of_theirs_were_mended(app):
    dataflow = make_active()
    content = "id,name,joined,points\n1,Ada,2020-02-29,1\n2,Bo,never,2\n"
    first = finished(dataflow, content)
    reject = db.session.scalar(select(Reject).where(Reject.run_id == first.id))
    given = {"id": "2", "name": "Bo", "joined": "", "points": "2"}
    quarantine.correct(reject_id=reject.id, given=given)
    repair = quarantine.start_repair(run_id=first.id, chosen=quarantine.Chosen(), now=NOW)
    carry_out(repair)

    run = finished(dataflow, content)

    assert run.repeats_run_id is None
    assert (run.buckets["same"], run.rejected_count) == (1, 1)
    assert column_of(dataflow, "name") == ["Ada", "Bo"]


def test_the_same_bytes_are_known_though_the_lake_was_cleaned_up(app, monkeypatch):
    dataflow = make_active()
    finished(dataflow, OTHER)
    before = finished(dataflow, PEOPLE_CSV)
    monkeypatch.setattr(retention, "LONGEST_READ", timedelta())
    retention.clean_lake()

    assert finished(dataflow, PEOPLE_CSV).repeats_run_id == before.id
