"""Reading schemas."""

import pyarrow as pa
from sqlalchemy import select

from app.extensions import Base, db
from app.schemas.models import Schema
from app.tabular.types import arrow_type


def list_schemas() -> list[Schema]:
    """Return all schemas, by name."""
    return list(db.session.scalars(select(Schema).order_by(Schema.name)))


def find_schema(schema_id: int) -> Schema | None:
    """Return the schema with this id."""
    return db.session.get(Schema, schema_id)


def find_by_table(table_name: str) -> Schema:
    """Return the schema whose dataset is this table."""
    return db.session.scalars(select(Schema).where(Schema.table_name == table_name)).one()


def find_by_name(name: str) -> Schema | None:
    """Return the schema of this name."""
    return db.session.scalar(select(Schema).where(Schema.name == name))


def arrow_schema(table_name: str) -> pa.Schema:
    """Return every column of a dataset under its name in the lake, by the table's name."""
    schema = find_by_table(table_name)
    return pa.schema([(column.field_name, arrow_type(column.type)) for column in schema.columns])


def list_references(schema_id: int) -> list[str]:
    """Return the names of whatever refers to the schema, without knowing what that may be."""
    names: list[str] = []
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            if (
                key.column is Schema.__table__.c.id
                and "name" in table.c
                and key.ondelete == "RESTRICT"
            ):
                names.extend(
                    db.session.scalars(select(table.c.name).where(key.parent == schema_id))
                )
    return sorted(names)
