"""A file with new columns makes a new active version, and leaves a draft being edited as it is."""

import pytest
from sqlalchemy import insert, update

from app.dataflows import queries, versions, widening
from app.dataflows import services as dataflows
from app.dataflows.custom_columns import services as custom_columns
from app.dataflows.models import Dataflow, DataflowVersion
from app.execution import drifting
from app.extensions import db
from app.runs import services
from app.runs.models import RunStatus
from app.schemas.models import SchemaColumn
from app.tabular.columns.transforming import Transformation
from app.tabular.types import ColumnType
from tests.conftest import NOW
from tests.integration.runs.adding import (
    WITH_CITY,
    activated,
    active_of,
    filled,
    fresh,
    make_adding,
    unmap_points,
)
from tests.integration.runs.carrying_out import carry_out, column_of, finished


def at_that_moment(monkeypatch, *, statement) -> None:
    """Let somebody else write this just before a run adds columns."""
    widen = widening.widen

    def widen_late(dataflow, profiles, **about):
        with db.engine.begin() as connection:
            connection.execute(statement)
        return widen(dataflow, profiles, **about)

    monkeypatch.setattr(widening, "widen", widen_late)


def test_new_columns_make_a_new_active_version_which_the_draft_is_like(app):
    dataflow = make_adding()

    run = finished(dataflow, WITH_CITY)

    active = active_of(dataflow)
    assert (active.number, active.activated_by) == (2, f"Run {run.id}")
    assert filled(dataflow)["city"] == "city"
    assert versions.draft_changes(fresh(dataflow)) == []
    assert queries.names_writing_to(dataflow.schema_id) == ["Customers"]
    assert queries.find_version(fresh(dataflow), 1).schema_id is None
    assert "city" not in [t.name for t in queries.find_version(fresh(dataflow), 1).value.targets]


def test_a_draft_being_edited_keeps_its_edits_and_gets_the_columns_too(app):
    dataflow = unmap_points(make_adding())

    finished(dataflow, WITH_CITY)

    assert {"points", "city"} <= set(filled(dataflow))
    assert versions.draft_changes(fresh(dataflow)) == [
        "Nothing fills “points” of the dataset any more; “points” did."
    ]
    activated(fresh(dataflow))
    assert set(filled(dataflow)) == {"id", "name", "joined", "city"}


def test_a_draft_that_has_the_column_already_keeps_it_as_it_is(app):
    dataflow = make_adding()
    dataflow.columns[3].source_name = "city"
    dataflows.touch(dataflow, NOW)
    db.session.commit()

    finished(dataflow, WITH_CITY)

    assert filled(dataflow)["city"] == "city"
    assert [(c.source_name, c.name) for c in fresh(dataflow).columns][3:] == [("city", "points")]


def test_a_draft_that_gave_the_name_to_another_column_takes_it_under_a_free_one(app):
    dataflow = make_adding()
    custom_columns.add_transformation(
        dataflow_id=dataflow.id,
        version=dataflow.version,
        step=Transformation("trim", ("name",), "city"),
        type_=ColumnType.TEXT,
        now=NOW,
    )

    finished(dataflow, WITH_CITY)
    activated(fresh(dataflow))
    finished(dataflow, WITH_CITY.replace("Turin", "Rome"))

    assert filled(dataflow)["city"] == "city 2"
    assert column_of(dataflow, "city") == ["Rome", "Gdańsk", ""]


def test_who_edited_before_is_told_that_the_draft_changed(app):
    dataflow = make_adding()
    seen = dataflow.version
    finished(dataflow, WITH_CITY)

    with pytest.raises(dataflows.EditedElsewhere):
        dataflows.editable(dataflow_id=dataflow.id, version=seen)


def test_an_editor_at_the_same_moment_fails_the_run_with_nothing_half_done(app, monkeypatch):
    dataflow = make_adding()
    edit = update(Dataflow).values(version=Dataflow.version + 1)
    at_that_moment(monkeypatch, statement=edit)

    run = finished(dataflow, WITH_CITY)

    assert (run.status, run.failure) == (RunStatus.FAILED, drifting.CHANGED)
    assert active_of(dataflow).number == 1
    assert len(fresh(dataflow).schema.columns) == len(fresh(dataflow).columns) == 4


def test_a_version_activated_at_the_same_moment_stays_and_the_run_is_tried_again(app, monkeypatch):
    dataflow = make_adding()
    definition = active_of(dataflow).definition
    other = {"dataflow_id": dataflow.id, "number": 2, "definition": definition}
    statement = insert(DataflowVersion).values(**other, activated_at=NOW, activated_by="Eve")
    at_that_moment(monkeypatch, statement=statement)

    run = finished(dataflow, WITH_CITY)

    assert run.failure == drifting.CHANGED
    assert [each.activated_by for each in queries.list_versions(dataflow.id, 9)] == ["Eve", ""]
    assert len(fresh(dataflow).schema.columns) == 4


def test_two_that_add_the_same_column_at_once_end_with_one_of_it(app, monkeypatch):
    dataflow = make_adding()
    column = {"schema_id": dataflow.schema_id, "position": 4, "name": "city"}
    statement = insert(SchemaColumn).values(**column, type=ColumnType.TEXT, is_identifier=False)
    at_that_moment(monkeypatch, statement=statement)

    with monkeypatch.context() as once:
        once.setattr("app.schemas.growing.find_column", lambda _schema, _name: None)
        run = finished(dataflow, WITH_CITY)
    monkeypatch.undo()
    db.session.expire_all()
    again = carry_out(services.retry_run(run_id=run.id, now=NOW))

    assert run.id == again.id
    assert again.status is RunStatus.FINISHED
    assert [c.name for c in fresh(dataflow).schema.columns].count("city") == 1
    assert column_of(dataflow, "city") == ["Turin", "Gdańsk", ""]
