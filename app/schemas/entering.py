"""Roles of columns as the forms have them: offered, suggested and read."""

from collections.abc import Mapping
from typing import Any

from wtforms.fields import SelectChoice

from app.schemas import roles
from app.schemas.forms import EventRolesForm, RolesForm, SchemaForm
from app.schemas.models import Schema
from app.schemas.parents import SchemaParent
from app.schemas.roles import ColumnRole
from app.schemas.services import ColumnsInvalid
from app.tabular.types import ColumnType

EVENT_ROLES = tuple(roles.of_parent(SchemaParent.INTERACTION))


def offer(form: EventRolesForm, columns: Mapping[str, str]) -> None:
    """Let each role of an Interaction be chosen among these columns, by value and label."""
    choices = [SelectChoice(value, label) for value, label in columns.items()]
    for role in EVENT_ROLES:
        form[role.value].choices = [SelectChoice("", "None"), *choices]


def suggested_events(types: Mapping[str, ColumnType]) -> dict[str, str]:
    """Return the column that suggests itself for each role of an Interaction."""
    found = roles.suggested(SchemaParent.INTERACTION, types)
    return {role.value: name for name, role in found.items()}


def new_role(form: SchemaForm, row: Any, parent: SchemaParent) -> ColumnRole | None:
    """Return the role of a column to be; what was chosen for another parent counts not.

    Raises ColumnsInvalid.
    """
    source = row.source.data
    if parent is SchemaParent.INTERACTION:
        found = [role for role in EVENT_ROLES if form[role.value].data == source]
        if len(found) > 1:
            raise ColumnsInvalid(_twice(source, *found[:2]))
        return next(iter(found), None)
    is_further = row.is_further_identifier.data and source != form.identifier.data
    if parent is SchemaParent.PERSONAL_DATA and is_further:
        return ColumnRole.FURTHER_IDENTIFIER
    return None


def roles_form(schema: Schema) -> RolesForm:
    """Return the roles of a schema as a form, each choice among the columns that can have it."""
    chosen = {each.role.value: str(each.id) for each in schema.columns if each.role}
    form = RolesForm(
        data={
            **chosen,
            "event_name": schema.event_name,
            "columns": [
                {
                    "column_id": str(each.id),
                    "is_further_identifier": each.role is ColumnRole.FURTHER_IDENTIFIER,
                }
                for each in schema.columns
                if _may_identify(schema, each.type, each.is_identifier)
            ],
        }
    )
    for role in EVENT_ROLES:
        fitting = [each for each in schema.columns if role.takes(each.type)]
        form[role.value].choices = [
            SelectChoice("", "None"),
            *(SelectChoice(str(each.id), each.name) for each in fitting),
        ]
    return form


def choices_by_column(form: RolesForm) -> dict[int, Any]:
    """Return the field that says whether a column identifies a person too, by the column's id."""
    return {
        int(row.form.column_id.data): row.form.is_further_identifier
        for row in form.columns
        if (row.form.column_id.data or "").isdecimal()
    }


def chosen_roles(schema: Schema, form: RolesForm) -> dict[int, ColumnRole | None]:
    """Return the roles that were entered, by the column's id; raise RolesInvalid."""
    if schema.parent is SchemaParent.PERSONAL_DATA:
        further = choices_by_column(form)
        return {key: ColumnRole.FURTHER_IDENTIFIER for key, field in further.items() if field.data}
    found: dict[int, ColumnRole | None] = {}
    for role in EVENT_ROLES if schema.parent is SchemaParent.INTERACTION else ():
        if form[role.value].data:
            _give(found, schema, int(form[role.value].data), role)
    return found


def _give(
    found: dict[int, ColumnRole | None], schema: Schema, column_id: int, role: ColumnRole
) -> None:
    before = found.get(column_id)
    if before is not None:
        name = next(each.name for each in schema.columns if each.id == column_id)
        raise roles.RolesInvalid(_twice(name, before, role))
    found[column_id] = role


def _twice(name: str, one: ColumnRole, other: ColumnRole) -> str:
    return (
        f"“{name}” is chosen as {one.label.lower()} and as {other.label.lower()}. "
        "Choose another column for one of them."
    )


def _may_identify(schema: Schema, kind: ColumnType, is_identifier: bool) -> bool:
    is_of_people = schema.parent is SchemaParent.PERSONAL_DATA
    return is_of_people and not is_identifier and ColumnRole.FURTHER_IDENTIFIER.takes(kind)
