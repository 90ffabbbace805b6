"""The Schema Creator and the list of schemas."""

import pytest

from app import storage
from app.dataflows import queries as dataflows
from app.execution import services as execution
from app.extensions import db
from app.runs import services as runs
from app.schemas import queries as schemas
from app.streams.models import FileKind
from app.tabular.types import ColumnType
from tests.conftest import NOW
from tests.factories import make_active, make_file, make_parsed, make_schema


def creator(pages, dataflow):
    return pages.get(f"/schemas/new?dataflow_id={dataflow.id}")


def create(pages, dataflow, **changes):
    address = f"/schemas/new?dataflow_id={dataflow.id}"
    return pages.send(creator(pages, dataflow), address, **{"name": "People", **changes})


def test_a_schema_of_the_drafts_columns_is_created_and_mapped(pages):
    dataflow = make_parsed()

    page = create(pages, dataflow)

    db.session.expire_all()
    found = dataflows.find_dataflow(dataflow.id)
    assert page.h1 == ["Transform & Map"]
    assert [(c.name, c.type.value, c.is_identifier) for c in found.schema.columns] == [
        ("userid", "integer", True),
        ("name", "text", False),
        ("joined", "date", False),
        ("points", "decimal", False),
    ]
    assert [m.column_name for m in found.mappings] == ["id", "name", "joined", "points"]


def names_of(dataflow) -> dict[str, str]:
    """Return the schema's columns and what fills each."""
    db.session.expire_all()
    found = dataflows.find_dataflow(dataflow.id)
    filled = {mapping.schema_column_id: mapping.column_name for mapping in found.mappings}
    return {column.name: filled.get(column.id, "") for column in found.schema.columns}


def test_another_identifier_takes_the_name_and_leaves_the_suggested_one_its_own(pages):
    dataflow = make_parsed()

    create(pages, dataflow, identifier="name")

    assert names_of(dataflow) == {
        "id": "id",
        "userid": "name",
        "joined": "joined",
        "points": "points",
    }


@pytest.mark.parametrize("parent", ["Catalog", "Interaction"])
def test_only_people_have_a_userid(pages, parent):
    dataflow = make_parsed()

    create(pages, dataflow, parent=parent)

    assert list(names_of(dataflow)) == ["id", "name", "joined", "points"]


def test_a_column_called_otherwise_is_filled_by_the_one_it_was_made_from(pages):
    dataflow = make_parsed()

    create(pages, dataflow, **{"columns-1-name": "Vorname", "columns-2-is_taken": ""})

    assert names_of(dataflow)["Vorname"] == "name"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Name the schema"),
        ({"name": "Taken"}, "Another schema has this name"),
        ({"identifier": ""}, "Choose the column that identifies a row of PersonalData."),
        ({"identifier": "nobody"}, "Not a valid choice"),
        ({"columns-1-name": "userid"}, "Two columns are called"),
        ({"columns-1-name": " "}, "Give every chosen column a name."),
        ({"parent": "Nonsense"}, "Not a valid choice"),
        ({"columns-0-type": "nonsense"}, "Not a valid choice"),
    ],
)
def test_a_schema_that_cannot_be_is_refused_with_the_reason(pages, changes, said):
    make_schema({"id": ColumnType.TEXT}, "id", name="Taken")

    page = create(pages, make_parsed(), **changes)

    assert page.status == 422
    assert said in page.text
    assert [schema.name for schema in schemas.list_schemas()] == ["Taken"]


def test_interactions_have_no_identifier(pages):
    page = create(pages, make_parsed(), parent="Interaction")

    assert page.h1 == ["Transform & Map"]
    assert not any(column.is_identifier for column in schemas.list_schemas()[0].columns)


def test_the_draft_of_an_active_dataflow_gets_another_schema_and_the_active_one_stays(pages):
    dataflow = make_active()
    active_id = dataflow.schema_id

    create(pages, dataflow, name="Others")
    page = pages.post(f"/schemas/{active_id}/delete", confirmed="yes")

    db.session.expire_all()
    found = dataflows.find_dataflow(dataflow.id)
    assert found.schema.name == "Others"
    assert dataflows.active_version(found).schema.name == "People"
    assert page.status == 409
    assert "“People” is in use by Customers" in page.text


def test_a_schema_in_use_and_its_rows_stay(pages):
    dataflow = make_active()
    make_file(dataflow, kind=FileKind.PRODUCTION)
    run = runs.start_run(dataflow_id=dataflow.id, now=NOW)
    execution.execute_run(run_id=run.id, stalled_after=NOW - NOW, clock=lambda: NOW)

    page = pages.post(f"/schemas/{dataflow.schema_id}/delete", confirmed="yes")

    assert page.status == 409
    assert page.h1 == ["People"]
    assert "in use by Customers, so it was not deleted" in page.text
    assert storage.lake().row_count(schemas.find_schema(dataflow.schema_id).table_name) == 3


def test_a_schema_that_nothing_uses_goes_with_its_rows(pages):
    dataflow = make_active()
    make_file(dataflow, kind=FileKind.PRODUCTION)
    run = runs.start_run(dataflow_id=dataflow.id, now=NOW)
    execution.execute_run(run_id=run.id, stalled_after=NOW - NOW, clock=lambda: NOW)
    table_name = schemas.find_schema(dataflow.schema_id).table_name
    pages.post(f"/dataflows/{dataflow.id}/delete", confirmed="yes")

    page = pages.post(f"/schemas/{dataflow.schema_id}/delete", confirmed="yes")

    assert "and its dataset are deleted" in page.text
    assert not storage.lake().exists(table_name)
    assert schemas.list_schemas() == []


def test_a_new_schema_never_finds_the_rows_of_a_deleted_one(pages):
    first = make_schema({"id": ColumnType.TEXT}, "id")
    pages.post(f"/schemas/{first.id}/delete", confirmed="yes")

    second = make_schema({"id": ColumnType.TEXT}, "id")

    assert second.table_name != first.table_name


@pytest.mark.parametrize("given", ["", "x", "0", "-1", "99", "9" * 30])
def test_a_schema_of_no_dataflow_is_not_to_be_made(pages, given):
    page = pages.get(f"/schemas/new?dataflow_id={given}")

    assert page.status == 404
    assert page.h1 == ["This page does not exist"]


def test_columns_not_taken_are_left_out_and_those_taken_have_the_names_given(pages):
    dataflow = make_parsed()
    form = {
        "name": "People",
        "parent": "Catalog",
        "identifier": "id",
        "columns-0-source": "id",
        "columns-0-is_taken": "y",
        "columns-0-name": " =code ",
        "columns-0-type": "integer",
        "columns-1-source": "name",
        "columns-1-name": "left out",
        "columns-1-type": "text",
        "columns-2-source": "joined",
        "columns-2-is_taken": "y",
        "columns-2-name": "<i>since</i>",
        "columns-2-type": "date",
    }

    page = pages.post(f"/schemas/new?dataflow_id={dataflow.id}", **form)
    schema = schemas.list_schemas()[0]

    assert page.h1 == ["Transform & Map"]
    assert [column.name for column in schema.columns] == ["=code", "<i>since</i>"]
    assert "<i>since</i>" not in pages.get(f"/schemas/{schema.id}").text


def test_an_identifier_that_is_not_taken_is_refused(pages):
    dataflow = make_parsed()
    form = {
        "name": "People",
        "parent": "Catalog",
        "identifier": "id",
        "columns-0-source": "id",
        "columns-0-name": "id",
        "columns-0-type": "integer",
        "columns-1-source": "name",
        "columns-1-is_taken": "y",
        "columns-1-name": "name",
        "columns-1-type": "text",
    }

    page = pages.post(f"/schemas/new?dataflow_id={dataflow.id}", **form)

    assert page.status == 422
    assert "Choose the column that identifies a row of Catalog." in page.text
    assert schemas.list_schemas() == []


def test_a_schema_shows_its_columns_and_who_uses_it(pages):
    dataflow = make_active()

    used = pages.get(f"/schemas/{dataflow.schema_id}")
    free = pages.get(f"/schemas/{make_schema({'a': ColumnType.TEXT}, 'a', name='Free').id}")

    assert "In use by Customers." in used.text
    assert "Decimal" in used.text
    assert "No dataflow uses this schema." in free.text


@pytest.mark.parametrize("send", ["get", "post"])
def test_a_schema_that_is_gone_is_a_page_not_found(pages, send):
    schema = make_schema({"id": ColumnType.TEXT}, "id")
    pages.post(f"/schemas/{schema.id}/delete", confirmed="yes")

    page = getattr(pages, send)(f"/schemas/{schema.id}" + ("/delete" if send == "post" else ""))

    assert page.status == 404


def test_a_schema_is_not_deleted_by_looking(pages):
    schema = make_schema({"id": ColumnType.TEXT}, "id")

    page = pages.get(f"/schemas/{schema.id}/delete")

    assert page.status == 405
    assert len(schemas.list_schemas()) == 1
