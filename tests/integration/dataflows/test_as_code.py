"""Files put in force: all of it or nothing, and the same again changes nothing."""

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import update

from app.dataflows import queries, services, versions
from app.dataflows.as_code import queries as code
from app.dataflows.as_code import services as codes
from app.dataflows.as_code.reading import described_in
from app.dataflows.as_code.writing import as_yaml
from app.dataflows.models import Dataflow, DataflowState
from app.extensions import Base, db
from app.lake.write_modes import WriteMode
from app.schemas import queries as schemas
from app.tabular.types import ColumnType
from tests.conftest import NOW
from tests.factories import PEOPLE_CSV, make_active, make_dataflow, make_mapped, make_schema
from tests.integration.dataflows.test_versions import without_points
from tests.integration.runs.carrying_out import finished, rows_of
from tests.unit.dataflows.describing import described


def exported(name="Customers", *, is_draft=False) -> str:
    db.session.expire_all()
    dataflow = queries.find_by_name(name)
    assert dataflow is not None
    found = code.described(dataflow, is_draft=is_draft)
    assert found is not None
    return as_yaml(found)


def apply(text: str, *, is_dry=False):
    db.session.expire_all()
    found = described_in(text.encode())
    return codes.apply(described=found, by="a test", now=NOW, is_dry=is_dry)


def stored() -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table."""
    db.session.rollback()
    return {
        table.name: [tuple(row) for row in db.session.execute(table.select())]
        for table in Base.metadata.sorted_tables
    }


def test_an_exported_dataflow_is_made_anew_elsewhere_and_works_the_same(app):
    text = exported(make_active().name)
    elsewhere = text.replace("name: Customers", "name: Copy")

    applied = apply(elsewhere)

    dataflow = queries.find_by_name("Copy")
    assert applied.changes == ["The dataflow “Copy” is new, with a stream of its own."]
    assert (applied.number, dataflow.state) == (1, DataflowState.WAITING)
    assert finished(dataflow, PEOPLE_CSV).buckets["added"] == 3
    assert [row["name"] for row in rows_of(dataflow)] == ["Ada", "Łukasz", "'=Eve"]
    assert exported("Copy") == elsewhere


def test_a_schema_that_is_not_there_is_made(app):
    text = exported(make_active().name)
    text = text.replace("name: Customers", "name: Copy").replace("name: People", "name: Members")

    applied = apply(text)

    assert applied.changes[0] == "The schema “Members” is new."
    assert [c.name for c in schemas.find_by_name("Members").columns] == [
        c.name for c in schemas.find_by_name("People").columns
    ]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=described(), second=described())
def test_export_apply_export_gives_the_same_bytes(app, first, second):
    for dataflow in db.session.scalars(db.select(Dataflow)).all():
        services.delete_dataflow(dataflow_id=dataflow.id)
    for number, value in enumerate((first, second)):
        schema = {**vars(value.schema), "name": f"Schema {number} {len(stored()['schema'])}"}
        value = type(value)(
            **{**vars(value), "name": "One", "schema": type(value.schema)(**schema)}
        )
        text = as_yaml(value)
        is_draft = "\nstate: draft\n" in text

        apply(text)
        once = exported("One", is_draft=is_draft)
        again = apply(once)

        assert once == text
        assert again.changes == []
        assert exported("One", is_draft=is_draft) == text


def test_the_same_file_again_changes_no_row(app):
    make_active()
    text = exported()
    before = stored()

    applied = apply(text)

    assert applied.changes == []
    assert stored() == before


def test_a_dry_run_says_what_applying_says_and_writes_nothing(app):
    make_active()
    text = exported().replace("write_mode: append", "write_mode: overwrite")
    text = text.replace("name: People", "name: Others")
    before = stored()

    dry = apply(text, is_dry=True)
    untouched = stored()
    real = apply(text)

    assert untouched == before
    assert stored() != before
    assert dry.changes == real.changes
    assert "The schema “Others” is new." in dry.changes


def test_a_known_dataflow_gets_its_next_version(app):
    dataflow = make_active()
    text = exported().replace("write_mode: append", "write_mode: overwrite")

    applied = apply(text)

    found = queries.find_by_name(dataflow.name)
    assert applied.changes == ["The write mode is Overwrite, was Append."]
    assert (applied.number, found.active_number) == (2, 2)
    assert found.stream.is_overwriting
    assert queries.active_version(found).activated_by == "a test"
    assert versions.draft_changes(found) == []


def test_edits_that_nobody_activated_give_way_and_it_says_so(app):
    without_points(make_active())
    text = exported().replace("write_mode: append", "write_mode: overwrite")

    applied = apply(text)

    assert "Edits of the draft that were not activated give way to it." in applied.changes
    assert exported() == text


def test_pausing_by_a_file_leaves_the_draft_alone(app):
    dataflow = without_points(make_active())
    text = exported()

    paused = apply(text.replace("state: active", "state: paused"))
    state = queries.find_by_name(dataflow.name).state
    resumed = apply(text)

    found = queries.find_by_name(dataflow.name)
    assert (paused.changes, state) == (["It is paused."], DataflowState.PAUSED)
    assert (resumed.changes, found.state) == (["It takes files."], DataflowState.WAITING)
    assert found.active_number == 1
    assert versions.draft_changes(found) != []


def test_a_draft_in_a_file_leaves_what_is_active_alone(app):
    dataflow = make_active()
    text = exported(is_draft=True).replace("write_mode: append", "write_mode: overwrite")

    applied = apply(text)

    found = queries.find_by_name(dataflow.name)
    assert applied.changes == ["The write mode is Overwrite, was Append."]
    assert (found.active_number, found.state) == (1, DataflowState.WAITING)
    assert found.write_mode is WriteMode.OVERWRITE
    assert exported(is_draft=True) == text


def test_a_draft_is_activated_by_a_file(app):
    make_mapped()
    text = exported(is_draft=True).replace("state: draft", "state: active")

    applied = apply(text)

    assert applied.changes == ["It takes files."]
    assert queries.find_by_name("Customers").state is DataflowState.WAITING


def test_a_draft_with_nothing_in_it_is_filled(app):
    make_active()
    text = exported().replace("name: Customers", "name: Empty")
    make_dataflow("Empty")

    assert apply(text).changes == ["The draft is filled anew.", "It takes files."]
    assert exported("Empty") == text


def test_a_schema_with_other_columns_is_refused_and_nothing_is_done(app):
    make_active()
    text = exported().replace("name: Customers", "name: Copy")
    make_schema({"id": ColumnType.INTEGER, "name": ColumnType.TEXT}, "id", name="Small")
    columns = dict.fromkeys(("id", "name", "joined", "points"), ColumnType.TEXT)
    make_schema({**columns, "city": ColumnType.TEXT}, "id", name="Large")
    make_schema(columns, "id", name="Other")
    before = stored()

    for changed, said in (
        (text.replace("name: People", "name: Small"), "it lacks “joined”, “points”"),
        (text.replace("name: People", "name: Large"), "it has “city”, which the file has not"),
        (text.replace("name: People", "name: Other"), "it has “id” (text) where"),
        (text.replace("parent: PersonalData", "parent: Catalog"), "exists, as PersonalData"),
    ):
        with pytest.raises(codes.SchemaDiffers) as refused:
            apply(changed)
        assert said in str(refused.value)

    assert stored() == before


def test_a_dataflow_changed_at_the_same_moment_is_left_alone(app, monkeypatch):
    make_active()
    text = exported().replace("write_mode: append", "write_mode: overwrite")
    draw = codes.drawing.draw

    def draw_late(dataflow, schema, value):
        elsewhere = update(Dataflow).values(version=Dataflow.version + 1)
        db.session.execute(elsewhere.execution_options(synchronize_session=False))
        draw(dataflow, schema, value)

    monkeypatch.setattr(codes.drawing, "draw", draw_late)

    with pytest.raises(codes.ChangedMeanwhile):
        apply(text)

    assert queries.find_by_name("Customers").active_number == 1


def test_a_draft_without_a_schema_has_no_file(app):
    assert code.described(make_dataflow(), is_draft=True) is None
