"""Roles of columns: what suggests itself, and what cannot be."""

import pytest

from app.schemas import roles
from app.schemas.parents import SchemaParent
from app.schemas.roles import ColumnRole, RolesInvalid
from app.schemas.services import NewColumn
from app.tabular.types import ColumnType

PEOPLE, THINGS, ACTS = (
    SchemaParent.PERSONAL_DATA,
    SchemaParent.CATALOG,
    SchemaParent.INTERACTION,
)


def test_columns_that_identify_people_suggest_themselves_but_not_the_identifier():
    types = {
        "userid": ColumnType.TEXT,
        "Mail": ColumnType.EMAIL,
        "Customer Number": ColumnType.INTEGER,
        "phone": ColumnType.DATE,
        "name": ColumnType.TEXT,
    }

    found = roles.suggested(PEOPLE, types, "userid")

    assert found == dict.fromkeys(["Mail", "Customer Number"], ColumnRole.FURTHER_IDENTIFIER)
    assert "Mail" not in roles.suggested(PEOPLE, types, "Mail")


def test_what_makes_events_of_rows_suggests_itself():
    types = {
        "Card": ColumnType.TEXT,
        "customer_id": ColumnType.INTEGER,
        "day": ColumnType.DATE,
        "rung up": ColumnType.DATETIME,
        "Action": ColumnType.TEXT,
        "Total": ColumnType.DECIMAL,
        "coid": ColumnType.TEXT,
    }

    assert roles.suggested(ACTS, types) == {
        "customer_id": ColumnRole.PERSON,
        "rung up": ColumnRole.TIME,
        "Action": ColumnRole.EVENT,
        "Total": ColumnRole.AMOUNT,
        "coid": ColumnRole.ANONYMOUS_ID,
    }


def test_a_column_of_the_wrong_type_is_not_suggested():
    types = {"event": ColumnType.INTEGER, "amount": ColumnType.TEXT, "time": ColumnType.TIME}

    assert roles.suggested(ACTS, types) == {}


def test_columns_of_things_have_no_role():
    assert roles.suggested(THINGS, {"email": ColumnType.EMAIL}) == {}


@pytest.mark.parametrize("parent", [PEOPLE, ACTS])
def test_what_is_suggested_is_never_refused(parent):
    types = {f"{name} {kind}": kind for name in ("time", "email") for kind in ColumnType}
    types |= {"event": ColumnType.TEXT, "total": ColumnType.DECIMAL, "user": ColumnType.TEXT}
    found = roles.suggested(parent, types)

    roles.refuse_unfit(parent, [NewColumn(n, k, role=found.get(n)) for n, k in types.items()])

    assert found


@pytest.mark.parametrize(
    ("parent", "columns", "said"),
    [
        (
            PEOPLE,
            [NewColumn("at", ColumnType.DATE, role=ColumnRole.TIME)],
            "“at” cannot be the time: that is for schemas of Interaction.",
        ),
        (
            ACTS,
            [NewColumn("mail", ColumnType.EMAIL, role=ColumnRole.FURTHER_IDENTIFIER)],
            "“mail” cannot be the further identifier: that is for schemas of PersonalData.",
        ),
        (
            PEOPLE,
            [NewColumn("id", ColumnType.TEXT, True, ColumnRole.FURTHER_IDENTIFIER)],
            "“id” is the identifier already.",
        ),
        (
            ACTS,
            [NewColumn("at", ColumnType.TEXT, role=ColumnRole.TIME)],
            "“at” is of the type text, so it cannot be the time. Choose a column of date",
        ),
        (
            ACTS,
            [
                NewColumn("a", ColumnType.DATE, role=ColumnRole.TIME),
                NewColumn("b", ColumnType.DATE, role=ColumnRole.TIME),
            ],
            "“a” and “b” are both the time.",
        ),
    ],
)
def test_roles_that_cannot_be_are_refused_in_a_sentence(parent, columns, said):
    with pytest.raises(RolesInvalid, match=said):
        roles.refuse_unfit(parent, columns)


def test_several_columns_may_identify_a_person_too():
    further = ColumnRole.FURTHER_IDENTIFIER

    roles.refuse_unfit(
        PEOPLE,
        [NewColumn(n, ColumnType.TEXT, role=further) for n in ("email", "phone")],
    )
