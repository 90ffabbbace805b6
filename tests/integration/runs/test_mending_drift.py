"""What a person does about a file that differs: take a rename, leave out once, mend its rejects."""

import pytest
from sqlalchemy import select

from app.dataflows import queries, versions
from app.dataflows import services as dataflows
from app.dataflows.definition import DriftPolicy
from app.extensions import db
from app.quarantine import services as quarantine
from app.runs import differing, services
from app.runs.models import Reject, RunStatus
from tests.conftest import NOW
from tests.factories import PEOPLE_CSV
from tests.integration.runs.adding import (
    WITH_CITY,
    activated,
    active_of,
    filled,
    finished_as_stop,
    fresh,
    make_adding,
    unmap_points,
)
from tests.integration.runs.carrying_out import carry_out, column_of, finished

WITHOUT_POINTS = PEOPLE_CSV.replace("points", "Points")


def test_a_rename_taken_makes_a_new_active_version_and_changes_the_draft_alike(app):
    dataflow = make_adding()
    run = finished(dataflow, WITHOUT_POINTS)

    take_first_rename(run)

    active = active_of(dataflow)
    assert (active.number, active.activated_by) == (2, "ada@example.com")
    assert [column.source_name for column in active.value.columns][3] == "Points"
    assert filled(dataflow)["points"] == "points"
    assert versions.draft_changes(fresh(dataflow)) == []


def test_a_rename_taken_leaves_a_draft_without_the_column_as_it_is(app):
    dataflow = make_adding()
    run = finished(dataflow, WITHOUT_POINTS)
    dataflow = fresh(dataflow)
    dataflow.columns[3].source_name = "score"
    dataflows.touch(dataflow, NOW)
    db.session.commit()

    take_first_rename(run)

    assert [column.source_name for column in fresh(dataflow).columns][3] == "score"
    assert [column.source_name for column in active_of(dataflow).value.columns][3] == "Points"


def test_a_rename_and_an_activation_at_once_leave_one_version(app, monkeypatch):
    dataflow = make_adding()
    run = finished(dataflow, WITHOUT_POINTS)
    first = active_of(dataflow)
    activated(unmap_points(fresh(dataflow)))
    monkeypatch.setattr(queries, "active_version", lambda _dataflow: first)
    first.schema = fresh(dataflow).schema

    with pytest.raises(dataflows.EditedElsewhere):
        take_first_rename(run)

    monkeypatch.undo()
    assert active_of(dataflow).number == 2
    assert [column.source_name for column in fresh(dataflow).columns][3] == "points"


def take_first_rename(run) -> None:
    rename = differing.rename_at(run, 1)
    services.take_rename(run_id=run.id, rename=rename, by="ada@example.com", now=NOW)


def test_trying_again_by_another_policy_once_changes_no_version(app):
    dataflow = make_adding()
    failed = finished_as_stop(dataflow, WITH_CITY)
    number = active_of(dataflow).number

    run = carry_out(services.retry_run(run_id=failed.id, now=NOW, policy=DriftPolicy.IGNORE))

    assert run.status is RunStatus.FINISHED
    assert run.definition_version == active_of(dataflow).number == number
    assert active_of(dataflow).value.drift_policy is DriftPolicy.ADD
    assert "city" not in filled(dataflow)


def test_rejects_of_a_file_without_a_column_are_taken_up_without_it_too(app):
    dataflow = make_adding()
    run = finished(dataflow, "id,name,joined\n1,Ida,never\n2,Bo,2021-01-31\n")
    (reject,) = db.session.scalars(select(Reject).where(Reject.run_id == run.id))

    quarantine.correct(reject_id=reject.id, given={"id": "1", "name": "Ida", "joined": ""})
    repair = quarantine.start_repair(run_id=run.id, chosen=quarantine.Chosen(), now=NOW)
    repair = carry_out(repair)

    assert (repair.status, repair.buckets["changed"]) == (RunStatus.FINISHED, 1)
    assert column_of(dataflow, "name") == ["Ida", "Bo", "'=Eve"]
    assert column_of(dataflow, "points") == ["1.5", "2", "0.1"]
