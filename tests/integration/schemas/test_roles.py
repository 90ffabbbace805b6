"""Roles of columns: chosen with the schema, changed on its page, written down as code."""

import pytest

from app.dataflows.as_code.documents import CodeInvalid
from app.extensions import db
from app.schemas import queries as schemas
from app.schemas import services
from app.schemas.models import SchemaParent
from app.schemas.roles import ColumnRole, RolesInvalid
from app.schemas.services import NewColumn
from app.tabular.types import ColumnType
from tests.conftest import NOW
from tests.factories import make_active, make_parsed
from tests.integration.dataflows.test_as_code import apply, exported
from tests.integration.schemas.test_views import create

SALES_CSV = "customer_id,sold_at,action,total,store\n1,2026-11-20T10:00:00Z,sold,9.90,Oslo\n"
MEMBERS_CSV = "id,email,phone\n1,a@example.com,+47 99999991\n2,b@example.com,+47 99999992\n"


def roles_of(schema) -> dict[str, str]:
    db.session.expire_all()
    found = schemas.find_schema(schema.id)
    return {each.name: each.role.value for each in found.columns if each.role}


def make_sales(**changes):
    return services.create_schema(
        **{
            "name": "Sales",
            "parent": SchemaParent.INTERACTION,
            "description": "",
            "columns": [
                NewColumn("card", ColumnType.TEXT, role=ColumnRole.PERSON),
                NewColumn("at", ColumnType.DATETIME, role=ColumnRole.TIME),
                NewColumn("total", ColumnType.DECIMAL),
            ],
            "now": NOW,
            **changes,
        }
    )


def test_the_schema_creator_suggests_the_roles_of_an_interaction(pages):
    create(pages, make_parsed(SALES_CSV), parent="Interaction", event_name=" buy in store ")

    schema = schemas.list_schemas()[0]
    assert roles_of(schema) == {
        "customer_id": "person",
        "sold_at": "time",
        "action": "event",
        "total": "amount",
    }
    assert (schema.event_name, schema.counts_as_events) == ("buy in store", True)


def test_the_schema_creator_suggests_what_identifies_a_person_too(pages):
    create(pages, make_parsed(MEMBERS_CSV))

    schema = schemas.list_schemas()[0]
    assert roles_of(schema) == dict.fromkeys(["email", "phone"], "further_identifier")
    assert schema.event_name == ""


def test_columns_of_things_get_no_role(pages):
    create(pages, make_parsed(MEMBERS_CSV), parent="Catalog", event_name="buy in store")

    assert roles_of(schemas.list_schemas()[0]) == {}
    assert schemas.list_schemas()[0].event_name == ""


def test_one_column_for_two_roles_is_refused(pages):
    page = create(
        pages, make_parsed(SALES_CSV), parent="Interaction", person="action", event="action"
    )

    assert page.status == 422
    assert "“action” is chosen as person and as event." in page.text
    assert schemas.list_schemas() == []


def test_an_interaction_without_a_time_is_loadable_and_its_page_says_what_to_do(pages):
    create(pages, make_parsed(SALES_CSV), parent="Interaction", time="")

    schema = schemas.list_schemas()[0]
    page = pages.get(f"/schemas/{schema.id}")
    assert "Its rows do not count as events yet" in page.text
    assert not schema.counts_as_events


def test_roles_are_changed_on_the_page_of_the_schema(pages):
    schema = make_sales()
    at, total = schema.columns[1].id, schema.columns[2].id
    page = pages.get(f"/schemas/{schema.id}")

    saved = pages.send(page, f"/schemas/{schema.id}", amount=str(total), event_name="buy in store")
    gone = pages.send(saved, f"/schemas/{schema.id}", time="")

    assert "Its rows count as events of people" in saved.text
    assert "Its rows do not count as events yet" in gone.text
    assert roles_of(schema) == {"card": "person", "total": "amount"}
    assert schemas.find_schema(schema.id).event_name == "buy in store"
    assert f'value="{at}"' in gone.text


def test_what_identifies_a_person_too_is_ticked_on_the_page_of_the_schema(pages):
    schema = make_active(MEMBERS_CSV).schema
    page = pages.get(f"/schemas/{schema.id}")

    pages.send(page, f"/schemas/{schema.id}", **{"columns-0-is_further_identifier": "y"})

    assert roles_of(schema) == {"email": "further_identifier"}


def test_two_roles_for_one_column_are_refused_on_the_page_and_nothing_is_saved(pages):
    schema = make_sales()
    card = str(schema.columns[0].id)

    page = pages.send(pages.get(f"/schemas/{schema.id}"), f"/schemas/{schema.id}", event=card)

    assert page.status == 422
    assert "“card” is chosen as person and as event." in page.text
    assert roles_of(schema) == {"card": "person", "at": "time"}


def test_a_role_that_a_column_cannot_have_is_refused(app):
    schema = make_sales()

    with pytest.raises(RolesInvalid, match="“total” is of the type decimal"):
        services.save_roles(
            schema_id=schema.id,
            chosen={schema.columns[2].id: ColumnRole.TIME},
            event_name="",
        )

    assert roles_of(schema) == {"card": "person", "at": "time"}


def test_a_viewer_changes_no_role(app, viewer, visitor):
    schema = make_sales()
    visitor.post("/sign-in", email=viewer.email, password="a long enough password")

    assert visitor.post(f"/schemas/{schema.id}", person="").status == 403
    assert roles_of(schema) == {"card": "person", "at": "time"}


def test_roles_are_exported_and_applied_as_code(app):
    dataflow = make_active(SALES_CSV, identifier=None)
    before = exported()
    given = before.replace("- name: customer_id\n    type: integer", WITH_PERSON)
    given = given.replace("  description: ''\n  columns", "  event_name: sale\n  columns")

    dry = apply(given, is_dry=True)
    applied = apply(given)

    assert (
        dry.changes
        == applied.changes
        == [
            "In the schema “People”, “customer_id” has the role person now.",
            "Events of the schema “People” have another name.",
        ]
    )
    assert roles_of(dataflow.schema) == {"customer_id": "person"}
    assert "event_name: sale" in exported()
    assert exported().count("role: person") == 1
    assert apply(exported()).changes == []
    assert apply(before).changes[0] == (
        "In the schema “People”, “customer_id” has no role any more."
    )


def test_a_role_in_a_file_that_cannot_be_is_refused_with_its_place(app):
    make_active(SALES_CSV, identifier=None)
    given = exported().replace("- name: customer_id\n    type: integer", WITH_TIME)

    with pytest.raises(CodeInvalid, match="it cannot be the time"):
        apply(given)


WITH_PERSON = "- name: customer_id\n    type: integer\n    role: person"
WITH_TIME = "- name: customer_id\n    type: integer\n    role: time"
