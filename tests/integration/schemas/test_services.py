"""Making and deleting schemas: what can be one, and what keeps one from going."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound

from app.dataflows import services as dataflows
from app.extensions import db
from app.schemas import queries, services
from app.schemas.models import Schema, SchemaColumn, SchemaParent
from app.schemas.services import NewColumn
from app.tabular.types import ColumnType
from tests.conftest import NOW
from tests.factories import make_active, make_mapped, make_schema

KEYED = [parent for parent in SchemaParent if parent.has_key]


def make(columns, parent=SchemaParent.CATALOG, name="Things") -> Schema:
    return services.create_schema(
        name=name, parent=parent, description="", columns=columns, now=NOW
    )


def text(name, is_identifier=False) -> NewColumn:
    return NewColumn(name, ColumnType.TEXT, is_identifier)


def names() -> list[str]:
    return [schema.name for schema in queries.list_schemas()]


@pytest.mark.parametrize("parent", KEYED)
def test_a_schema_keeps_its_columns_in_their_order(app, parent):
    columns = [text("b"), NewColumn("id", ColumnType.INTEGER, True), text("a")]

    schema_id = make(columns, parent, name="  Things ").id

    db.session.expire_all()
    schema = queries.find_schema(schema_id)
    assert schema.name == "Things"
    assert schema.parent is parent
    assert [(column.name, column.position) for column in schema.columns] == [
        ("b", 0),
        ("id", 1),
        ("a", 2),
    ]
    assert schema.key_column.name == "id"
    assert schema.key_column.type is ColumnType.INTEGER


def test_interactions_are_made_without_an_identifier(app):
    schema = make([text("event"), text("who")], SchemaParent.INTERACTION)

    assert schema.key_column is None


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ([], "Choose at least one column."),
        ([text("id", True), text("")], "Give every chosen column a name."),
        ([text("id", True), text(" \t ")], "Give every chosen column a name."),
        ([text("id", True), text("id")], "Two columns are called “id”"),
        ([text("id", True), text(" ID ")], "Two columns are called “id”"),
        ([text("Straße", True), text("STRASSE")], "Two columns are called “Straße”"),
        ([text("id")], "Choose the column that identifies a row of Catalog."),
        ([text("a", True), text("b", True)], "Choose the column that identifies a row"),
    ],
)
def test_columns_that_make_no_schema_are_refused_in_a_sentence(app, columns, said):
    with pytest.raises(services.ColumnsInvalid, match=said):
        make(columns)

    assert names() == []
    assert db.session.scalar(select(func.count(SchemaColumn.id))) == 0


def test_an_identifier_of_interactions_is_refused(app):
    with pytest.raises(services.ColumnsInvalid, match="Interactions have no identifier"):
        make([text("event", True)], SchemaParent.INTERACTION)


def test_a_name_taken_is_refused_and_the_first_keeps_its_columns(app):
    first = make([text("id", True), text("a")])

    with pytest.raises(services.SchemaNameTaken):
        make([text("id", True)], name=" Things ")

    assert names() == ["Things"]
    assert [column.name for column in queries.find_schema(first.id).columns] == ["id", "a"]


def test_each_schema_has_a_table_of_its_own(app):
    tables = {make([text("id", True)], name=name).table_name for name in ("a", "b", "c")}

    assert len(tables) == 3


@pytest.mark.parametrize("name", ['"', "'; DROP TABLE schema; --", "a.b", "=1+1", "🙂", "x" * 120])
def test_a_column_may_have_any_name(app, name):
    schema = make([text("id", True), text(name)])

    fields = queries.arrow_schema(schema.table_name).names
    assert [column.name for column in schema.columns] == ["id", name]
    assert fields == [column.field_name for column in schema.columns]
    assert all(field.isalnum() for field in fields)


def test_a_schema_may_have_very_many_columns(app):
    columns = [text("id", True), *(text(f"column {number}") for number in range(2000))]

    schema = make(columns)

    assert len(queries.arrow_schema(schema.table_name)) == 2001


def test_a_schema_that_nothing_uses_is_deleted_with_its_columns(app):
    schema = make([text("id", True), text("a")])

    table_name = services.delete_schema(schema_id=schema.id)

    assert table_name == schema.table_name
    assert names() == []
    assert db.session.scalar(select(func.count(SchemaColumn.id))) == 0


@pytest.mark.parametrize("make_user", [make_mapped, make_active])
def test_a_schema_in_use_names_its_users_and_stays_whole(app, make_user):
    dataflow = make_user()

    with pytest.raises(services.SchemaInUse) as refused:
        services.delete_schema(schema_id=dataflow.schema_id)

    assert refused.value.names == ["Customers"]
    assert len(queries.find_schema(dataflow.schema_id).columns) == 4
    assert len(dataflows.get(dataflow.id).mappings) == 4


def test_a_schema_that_comes_into_use_at_that_moment_stays(app, monkeypatch):
    dataflow = make_mapped()
    answers = iter([[], ["Customers"]])
    monkeypatch.setattr(queries, "list_references", lambda _schema_id: next(answers))

    with pytest.raises(services.SchemaInUse) as refused:
        services.delete_schema(schema_id=dataflow.schema_id)

    assert refused.value.names == ["Customers"]
    assert len(queries.find_schema(dataflow.schema_id).columns) == 4


def test_a_schema_is_free_once_its_dataflow_has_another(app):
    dataflow = make_mapped()
    first = dataflow.schema_id
    other = make_schema({"id": ColumnType.TEXT}, "id", name="Other")
    dataflows.choose_schema(
        dataflow_id=dataflow.id, version=dataflow.version, schema_id=other.id, now=NOW
    )

    services.delete_schema(schema_id=first)

    assert names() == ["Other"]
    assert queries.list_references(other.id) == ["Customers"]


def test_a_schema_that_is_not_there_cannot_be_deleted(app):
    with pytest.raises(NoResultFound):
        services.delete_schema(schema_id=1)


def test_the_name_of_a_deleted_schema_is_free_again(app):
    services.delete_schema(schema_id=make([text("id", True)]).id)

    make([text("id", True)])

    assert names() == ["Things"]
