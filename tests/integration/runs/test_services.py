"""Runs: every row accounted for, nothing half done, each file once."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import storage
from app.dataflows import queries as dataflow_queries
from app.dataflows import services as dataflow_services
from app.dataflows.definition import Conversion
from app.dataflows.models import DataflowState
from app.extensions import db
from app.lake.write_modes import WriteMode
from app.queue import JobName
from app.runs import services
from app.runs.models import RunStatus
from app.streams import queries as streams
from app.streams.models import FileKind
from app.tabular.types import ColumnType
from tests.conftest import NOW
from tests.factories import PEOPLE_CSV, make_active, make_file, make_mapped, make_parsed
from tests.integration.runs.carrying_out import (
    bytes_of,
    carry_out,
    finished,
    rejects_of,
    rows_of,
    send,
    table_of,
)

DATA = Path(__file__).parent.parent.parent / "data"


def test_a_production_file_is_added_to_the_dataset(app, queue):
    dataflow = make_active()

    run = finished(dataflow, PEOPLE_CSV)

    assert queue.jobs == [(JobName.EXECUTE_RUN, {"run_id": run.id})]
    assert run.status is RunStatus.FINISHED
    assert run.buckets["added"] == 3
    assert run.is_accounted_for
    assert dataflow_queries.find_dataflow(dataflow.id).state is DataflowState.WAITING


def test_a_second_run_is_refused_while_one_is_active(app):
    dataflow = make_active()
    send(dataflow, PEOPLE_CSV)

    with pytest.raises(services.RunAlreadyActive):
        send(dataflow, PEOPLE_CSV.replace("Ada", "Eva"))


def test_the_next_file_starts_when_the_run_before_it_ends(app, queue):
    dataflow = make_active()
    run = send(dataflow, PEOPLE_CSV)
    make_file(dataflow, PEOPLE_CSV.replace("Ada", "Eva"), FileKind.PRODUCTION)

    carry_out(run)

    assert [name for name, _arguments in queue.jobs] == [JobName.EXECUTE_RUN] * 2


def test_append_changes_known_rows_and_keeps_those_not_in_the_file(app):
    dataflow = make_active()
    finished(dataflow, PEOPLE_CSV)

    run = finished(
        dataflow, "id,name,joined,points\n2,Lukas,2021-01-31,2\n3,=Eve,,0.10\n4,New,,1\n"
    )

    assert run.buckets == {"added": 1, "changed": 1, "same": 1, "rejected": 0, "superseded": 0}
    names = {row["id"]: row["name"] for row in rows_of(dataflow)}
    assert names == {"1": "Ada", "2": "Lukas", "3": "'=Eve", "4": "New"}


def test_overwrite_removes_what_the_file_lacks(app):
    dataflow = make_active()
    finished(dataflow, PEOPLE_CSV)
    dataflow.write_mode = WriteMode.OVERWRITE
    dataflow_services.activate(
        dataflow_id=dataflow.id, version=dataflow.version, missing=[], now=NOW
    )

    run = finished(dataflow, "id,name,joined,points\n1,Ada,2020-02-29,1.50\n")

    assert run.buckets["same"] == 1
    assert run.removed_count == 2
    assert [row["id"] for row in rows_of(dataflow)] == ["1"]


def test_the_last_of_several_rows_with_one_identifier_counts(app):
    dataflow = make_active()

    run = finished(dataflow, "id,name,joined,points\n1,Old,,1\n1,New,,1\n")

    assert run.buckets["superseded"] == 1
    assert [row["name"] for row in rows_of(dataflow)] == ["New"]


def test_rejected_rows_are_kept_with_line_and_rule(app):
    dataflow = make_active()

    run = finished(
        dataflow,
        "id,name,joined,points\n1,Ada,2020-02-29,1\n,Nobody,,1\n3,Eve,soon,1\n4,a,,1,surplus\n",
    )

    assert rejects_of(run) == [
        (3, "identifier_missing"),
        (4, "not_date"),
        (5, "too_many_cells"),
    ]
    assert run.is_accounted_for
    assert len(rows_of(dataflow)) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"id,name\n1,Ada\n", "lacks columns “joined”, “points”"),
        (b"id,name,joined,points\n1,\xff\xfe,,1\n", "utf-8"),
        (b'id,name,joined,points\n1,"never closed,,1\n', "quote"),
    ],
)
def test_a_failed_run_says_why_and_leaves_the_dataset_as_it_was(app, content, said):
    dataflow = make_active()
    finished(dataflow, PEOPLE_CSV)
    before = rows_of(dataflow)

    run = finished(dataflow, content)

    assert run.status is RunStatus.FAILED
    assert said.casefold() in run.failure.casefold()
    assert rows_of(dataflow) == before
    assert dataflow_queries.find_dataflow(dataflow.id).state is DataflowState.FAILED


def test_draft_rows_never_reach_the_dataset(app):
    dataflow = make_mapped()

    run = carry_out(services.start_dry_run(dataflow_id=dataflow.id, now=NOW))

    assert run.buckets["added"] == 3
    assert rows_of(dataflow) == []
    assert not storage.lake().exists(table_of(dataflow))


def test_a_dry_run_foretells_the_run_exactly(app):
    dataflow = make_active()
    finished(dataflow, PEOPLE_CSV)
    content = "id,name,joined,points\n1,Eva,,1\n1,Ida,,1\n2,Łukasz,2021-01-31,2\n9,x,never,1\n"
    dataflow.draft_file = make_file(dataflow, content)
    db.session.commit()

    before = bytes_of(dataflow)
    foretold = carry_out(services.start_dry_run(dataflow_id=dataflow.id, now=NOW))
    assert bytes_of(dataflow) == before
    run = finished(dataflow, content)

    assert foretold.buckets == run.buckets
    assert foretold.buckets == {
        "added": 0, "changed": 1, "same": 1, "rejected": 1, "superseded": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "identifier"), [("superstore.csv", "Row ID"), ("chinook_customer.csv", "id")]
)
def test_a_real_file_is_stored_as_the_csv_module_reads_it(app, name, identifier):
    content = (DATA / name).read_bytes()
    dataflow = make_active(content, identifier)

    run = finished(dataflow, content)

    expected = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    found = {row[identifier]: row for row in rows_of(dataflow)}
    assert run.buckets["added"] == len(expected) == len(found)
    for row in expected:
        stored = found[row[identifier]]
        assert {key: _plain(stored[key]) for key in row} == {k: _plain(v) for k, v in row.items()}


def _plain(cell: str) -> str:
    """Return a cell without the guard against formulas; a number without zeros at its end."""
    cell = cell[1:] if cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@"} else cell
    return cell.rstrip("0").rstrip(".") if cell.replace(".", "", 1).isdecimal() else cell


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tail=st.one_of(st.binary(max_size=200), st.text('1,\n"a;é-', max_size=80).map(str.encode)))
def test_every_row_of_any_file_is_accounted_for(app, tail):
    dataflow = dataflow_queries.find_dataflow(1) or make_active()

    run = finished(dataflow, b"id,name,joined,points\n" + tail)

    assert run.status in {RunStatus.FINISHED, RunStatus.FAILED}
    assert run.status is RunStatus.FAILED or run.is_accounted_for


def test_a_dry_run_that_passes_makes_a_draft_ready_until_it_is_changed(app):
    dataflow = make_mapped()
    carry_out(services.start_dry_run(dataflow_id=dataflow.id, now=NOW))
    state = dataflow_queries.find_dataflow(dataflow.id).state

    changed = dataflow_services.save_general(
        dataflow_id=dataflow.id, version=dataflow.version, name="X", description="", now=NOW
    )

    assert state is DataflowState.READY
    assert changed.state is DataflowState.DRAFT


def test_a_type_counts_though_the_schema_holds_text(app, queue):
    dataflow = make_mapped("id,age\n1,old\n2,young\n")
    dataflow = dataflow_services.save_transform_map(
        dataflow_id=dataflow.id,
        version=dataflow.version,
        conversions={dataflow.columns[1].id: Conversion(ColumnType.INTEGER)},
        write_mode=WriteMode.APPEND,
        mapping={
            column.id: name
            for column, name in zip(dataflow.schema.columns, ["id", "age"], strict=True)
        },
        now=NOW,
    )
    dataflow_services.activate(
        dataflow_id=dataflow.id, version=dataflow.version, missing=[], now=NOW
    )

    run = finished(dataflow, "id,age\n1,old\n2,007\n3,41\n")

    assert rejects_of(run) == [(2, "not_integer")]
    assert [row["age"] for row in rows_of(dataflow)] == ["007", "41"]


def test_a_file_that_was_damaged_in_the_store_fails_by_name_and_leaves_the_rows(app):
    dataflow = make_active()
    finished(dataflow, PEOPLE_CSV)
    run = send(dataflow, PEOPLE_CSV + "9,Nina,,\n")
    for path in streams.source_of(run.stream_file_id).paths:
        stored = Path(app.config["FILES_URL"], path)
        stored.write_bytes(stored.read_bytes()[:-6])

    done = carry_out(run)

    assert done.status is RunStatus.FAILED
    assert done.failure == (
        "What is kept of this file is damaged, so it cannot be read. Send the file again."
    )
    assert len(rows_of(dataflow)) == 3


def test_the_numbers_of_a_deleted_dataflows_runs_are_not_given_again(app):
    first = make_active()
    schema_id, gone = first.schema_id, finished(first, PEOPLE_CSV).id
    dataflow_services.delete_dataflow(dataflow_id=first.id)
    second = make_parsed(PEOPLE_CSV, "Second")
    second = dataflow_services.choose_schema(
        dataflow_id=second.id, version=second.version, schema_id=schema_id, now=NOW
    )
    dataflow_services.activate(dataflow_id=second.id, version=second.version, missing=[], now=NOW)

    run = finished(second, "id,name,joined,points\n9,Nina,,\n")

    assert run.id > gone
    assert run.buckets["added"] == 1
    assert len(rows_of(second)) == 4


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("", "The file has no rows"),
        (
            "1,Ada,soon,1\n2,Bo,later,2\n",
            "The file replaces the dataset, and none of its 2 rows can be taken",
        ),
    ],
)
def test_a_file_of_which_no_row_can_be_taken_does_not_empty_the_dataset(app, rows, reason):
    dataflow = make_active(write_mode=WriteMode.OVERWRITE)
    finished(dataflow, PEOPLE_CSV)

    run = finished(dataflow, PEOPLE_CSV.splitlines()[0] + "\n" + rows)

    assert run.status is RunStatus.FAILED
    assert run.failure.startswith(reason)
    assert len(rows_of(dataflow)) == 3
    assert len(rejects_of(run)) == run.rejected_count == rows.count("\n")
