"""What a dataflow's file changes, in sentences."""

from dataclasses import replace

from app.dataflows import differences
from app.dataflows.as_code.describing import Described, DescribedSchema, Standing, definition_of

_STANDINGS = {
    Standing.ACTIVE: "It takes files.",
    Standing.PAUSED: "It is paused.",
    Standing.DRAFT: "It is a draft.",
}


def changes(before: Described | None, after: Described) -> list[str]:
    """Return what the second says otherwise than the first; none if it is the same."""
    if before is None:
        return ["The draft is filled anew.", _STANDINGS[after.standing]]
    found = differences.between(
        definition_of(before, before.schema.name),
        definition_of(after, after.schema.name),
        {each.schema.name: each.schema.name for each in (before, after)},
    )
    if before.description != after.description:
        found.append("The description is another.")
    same_schema = before.schema.name == after.schema.name
    if same_schema and before.schema.description != after.schema.description:
        found.append(f"The description of the schema “{after.schema.name}” is another.")
    if before.standing is not after.standing:
        found.append(_STANDINGS[after.standing])
    if not found and _without_roles(before) != _without_roles(after):
        found.append("Columns that fill nothing are read otherwise.")
    return found


def role_changes(before: DescribedSchema, after: DescribedSchema) -> list[str]:
    """Return which columns of a schema get another role, and which name its events have."""
    found = [
        f"In the schema “{after.name}”, “{new.name}” has "
        + (f"the role {new.role.label.lower()} now." if new.role else "no role any more.")
        for old, new in zip(before.columns, after.columns, strict=True)
        if old.role is not new.role
    ]
    if before.event_name != after.event_name:
        found.append(f"Events of the schema “{after.name}” have another name.")
    return found


def _without_roles(described: Described) -> Described:
    return replace(described, schema=described.schema.bare)


def is_same_definition(before: Described, after: Described) -> bool:
    """Tell whether files are taken in the same way."""
    is_same_dataset = before.schema.name == after.schema.name
    return is_same_dataset and definition_of(before, "") == definition_of(after, "")
