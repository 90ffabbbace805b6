"""Adds columns to a schema, within the transaction of a service; never commits."""

from app.schemas.models import Schema, SchemaColumn
from app.tabular.types import ColumnType

LONGEST_NAME = 120


class ColumnNotAddable(Exception):
    """A column that the schema cannot take; the sentence says why and what to do."""


def find_column(schema: Schema, name: str) -> SchemaColumn | None:
    """Return the schema's column of this name, in whatever letters: two such would be one."""
    folded = name.casefold()
    return next((column for column in schema.columns if column.name.casefold() == folded), None)


def add_column(schema: Schema, name: str, kind: ColumnType) -> SchemaColumn:
    """Add a column, empty in every row that is there already; raise ColumnNotAddable."""
    if find_column(schema, name) is not None:
        raise ColumnNotAddable(
            f"The new column “{name}” was not added: the schema “{schema.name}” has a column of "
            "that name already. Map it yourself, or have the file call it otherwise."
        )
    if not name or len(name) > LONGEST_NAME:
        raise ColumnNotAddable(
            f"The new column “{name[:LONGEST_NAME]}” was not added: a name in a schema has at most "
            f"{LONGEST_NAME} characters. Map it yourself, under a shorter one."
        )
    column = SchemaColumn(position=len(schema.columns), name=name, type=kind, is_identifier=False)
    schema.columns.append(column)
    return column
