"""Rejected rows taken up again: each reaches the dataset once, and is counted once."""

import pytest

from app.dataflows import services as dataflows
from app.dataflows.definition import Conversion
from app.quarantine import queries, refusals, services
from app.quarantine.queries import Standing, Wanted
from app.queue import JobName
from app.runs.models import RunKind, RunStatus
from app.schemas.models import SchemaParent
from app.tabular.types import ColumnType
from tests.conftest import NOW
from tests.factories import make_active, make_parsed, make_schema
from tests.integration.quarantine.taking_up import (
    HEADER,
    SPOILED,
    overwriting,
    reject_at,
    stored,
    take_up,
    waiting_in_all,
    written_in_all,
)
from tests.integration.runs.carrying_out import finished, rejects_of


def test_rows_taken_up_by_the_same_definition_are_rejected_again_and_counted_once(app, queue):
    run = finished(make_active(), SPOILED)

    repair = take_up(run)

    assert (repair.kind, repair.of_run_id, repair.status) == (
        RunKind.REPAIR, run.id, RunStatus.FINISHED,
    )  # fmt: skip
    assert repair.received_count == repair.rejected_count == 4
    assert rejects_of(repair) == rejects_of(run)
    assert queries.standing(run.id) == queries.Counts(waiting=0, corrected=0, taken_up=4)
    assert written_in_all() + waiting_in_all() == run.received_count == 5
    assert queue.jobs[-1] == (JobName.EXECUTE_RUN, {"run_id": repair.id})


def test_a_row_corrected_in_place_reaches_the_dataset_once(app):
    dataflow = make_active()
    run = finished(dataflow, SPOILED)
    services.correct(
        reject_id=reject_at(run, 3).id,
        given={"id": "2", "name": "Bo", "joined": "2021-01-01", "points": "2"},
    )

    repair = take_up(run, only_corrected=True)

    assert repair.buckets == {
        "added": 1, "changed": 0, "same": 0, "rejected": 0, "superseded": 0,
    }  # fmt: skip
    assert [(row["id"], row["joined"]) for row in stored(dataflow)] == [
        ("1", "2020-02-29"), ("2", "2021-01-01"),
    ]  # fmt: skip
    assert queries.standing(run.id) == queries.Counts(waiting=3, corrected=0, taken_up=1)
    assert written_in_all() + waiting_in_all() == 5
    with pytest.raises(refusals.NothingToRetry):
        take_up(run, only_corrected=True)


def test_a_record_that_is_no_row_is_corrected_too(app):
    dataflow = make_active()
    run = finished(dataflow, SPOILED)
    given = {"id": "5", "name": "Ed, the elder", "joined": "", "points": "5"}
    services.correct(reject_id=reject_at(run, 6).id, given=given)

    take_up(run, "too_many_cells")

    assert stored(dataflow)[-1]["name"] == "Ed, the elder"


def test_a_correction_that_fails_a_rule_is_refused_with_the_sentence(app):
    run = finished(make_active(), SPOILED)
    reject = reject_at(run, 3)

    with pytest.raises(services.StillWrong) as refused:
        services.correct(
            reject_id=reject.id, given={"id": "2", "name": "", "joined": "x", "points": ""}
        )

    assert list(refused.value.sentences) == ["joined"]
    assert reject_at(run, 3).given is None


def test_a_row_that_was_taken_up_cannot_be_corrected_any_more(app):
    run = finished(make_active(), SPOILED)
    take_up(run)

    with pytest.raises(services.RowTakenUp):
        services.correct(
            reject_id=reject_at(run, 3).id,
            given={"id": "2", "name": "Bo", "joined": "", "points": "2"},
        )


def test_one_value_is_replaced_in_all_rows_that_fail_by_it(app):
    dataflow = make_active()
    run = finished(dataflow, HEADER + "1,A,n/a,1\n2,B,n/a,2\n3,C,soon,3\n")

    count = services.replace_values(
        run_id=run.id, rule="not_date", column="joined", replacements={"n/a": ""}
    )
    take_up(run, only_corrected=True)

    assert count == 2
    assert [row["id"] for row in stored(dataflow)] == ["1", "2"]
    assert queries.wrong_values(run.id, "not_date", "joined") == [("soon", 1)]


def test_a_replacement_that_does_not_fit_leaves_all_rows_as_they_were(app):
    run = finished(make_active(), HEADER + "1,A,n/a,1\n2,B,soon,2\n")

    with pytest.raises(services.StillWrong) as refused:
        services.replace_values(
            run_id=run.id,
            rule="not_date",
            column="joined",
            replacements={"n/a": "2020-01-01", "soon": "never"},
        )

    assert list(refused.value.sentences) == ["soon"]
    assert queries.standing(run.id).corrected == 0


def test_what_was_given_is_not_lost_when_the_row_is_rejected_again(app):
    dataflow = make_active("id,name,points,score\n1,A,1,1\n")
    run = finished(dataflow, "id,name,points,score\n2,B,many,much\n")
    services.replace_values(
        run_id=run.id, rule="not_integer", column="points", replacements={"many": "7"}
    )
    first = take_up(run)

    services.replace_values(
        run_id=first.id, rule="not_integer", column="score", replacements={"much": "8"}
    )
    second = take_up(first)

    assert second.rejected_count == 0
    assert [(row["points"], row["score"]) for row in stored(dataflow)] == [("7", "8")]


def test_rows_taken_up_do_not_replace_what_a_later_file_wrote(app):
    dataflow = make_active()
    run = finished(dataflow, HEADER + "1,Old,soon,1\n2,Old,soon,2\n")
    finished(dataflow, HEADER + "1,New,2026-01-01,9\n")
    for value in ("1", "2"):
        line = int(value) + 1
        given = {"id": value, "name": "Old", "joined": "", "points": value}
        services.correct(reject_id=reject_at(run, line).id, given=given)

    repair = take_up(run)

    assert (repair.added_count, repair.superseded_count) == (1, 1)
    assert [(row["id"], row["name"]) for row in stored(dataflow)] == [("1", "New"), ("2", "Old")]


@pytest.mark.parametrize(
    ("content", "left"),
    [("1,Early,soon,1\n1,Late,,2\n", "Late"), ("1,Early,,1\n1,Late,soon,2\n", "Late")],
    ids=["the earlier line was rejected", "the later line was rejected"],
)
def test_of_two_lines_with_one_identifier_the_later_counts_in_whatever_order(app, content, left):
    dataflow = make_active()
    run = finished(dataflow, HEADER + content)
    services.replace_values(
        run_id=run.id, rule="not_date", column="joined", replacements={"soon": ""}
    )

    repair = take_up(run)

    assert [row["name"] for row in stored(dataflow)] == [left]
    assert repair.is_accounted_for


def test_rows_taken_up_of_an_overwriting_file_are_added_to_it(app):
    dataflow = overwriting(make_active())
    run = finished(dataflow, SPOILED)
    services.replace_values(
        run_id=run.id,
        rule="not_date",
        column="joined",
        replacements={"soon": "", "later": "2020-01-01"},
    )

    take_up(run, "not_date")

    assert [row["id"] for row in stored(dataflow)] == ["1", "2", "4"]


def test_rows_without_an_identifier_are_each_added_once(app):
    content = "what,at,amount\nbuy,2026-01-01,1\n"
    draft = make_parsed(content)
    types = {column.name: column.type for column in draft.columns}
    schema = make_schema(types, "", parent=SchemaParent.INTERACTION)
    draft = dataflows.choose_schema(
        dataflow_id=draft.id, version=draft.version, schema_id=schema.id, now=NOW
    )
    dataflow = dataflows.activate(dataflow_id=draft.id, version=draft.version, missing=[], now=NOW)
    run = finished(dataflow, content + "buy,soon,2\nbuy,soon,2\n")
    services.replace_values(
        run_id=run.id, rule="not_date", column="at", replacements={"soon": "2026-01-02"}
    )

    take_up(run)

    assert [row["amount"] for row in stored(dataflow)] == ["1", "2", "2"]
    with pytest.raises(refusals.NothingToRetry):
        take_up(run)


def test_rows_mended_by_a_rule_follow_the_version_that_is_active_then(app):
    dataflow = make_active()
    run = finished(dataflow, SPOILED)
    joined = next(column for column in dataflow.columns if column.name == "joined")
    dataflow = dataflows.save_transform_map(
        dataflow_id=dataflow.id,
        version=dataflow.version,
        conversions={joined.id: Conversion(ColumnType.DATE, fallback="1970-01-01")},
        write_mode=dataflow.write_mode,
        mapping={row.schema_column_id: row.column_name for row in dataflow.mappings},
        now=NOW,
    )
    dataflows.activate(dataflow_id=dataflow.id, version=dataflow.version, missing=[], now=NOW)

    repair = take_up(run, "not_date")

    assert repair.definition_version == 2
    assert [row["joined"] for row in stored(dataflow)][1:] == ["1970-01-01"] * 2


def test_rows_are_found_by_rule_standing_and_text(app):
    run = finished(make_active(), SPOILED)
    take_up(run, "identifier_missing")

    found = {
        name: [reject.line for reject in queries.list_rejects(run.id, wanted)]
        for name, wanted in {
            "rule": Wanted(rule="not_date"),
            "waiting": Wanted(standing=Standing.WAITING),
            "taken up": Wanted(standing=Standing.TAKEN_UP),
            "raw": Wanted(search="DI,"),
            "value": Wanted(search="surplus"),
            "sign": Wanted(search="%"),
        }.items()
    }

    assert found == {
        "rule": [3, 5], "waiting": [3, 5, 6], "taken up": [4], "raw": [5], "value": [6], "sign": [],
    }  # fmt: skip
