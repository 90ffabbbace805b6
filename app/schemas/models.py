"""Schemas and their columns."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.columns import UtcDateTime, status_enum
from app.extensions import Model
from app.schemas.parents import SchemaParent as SchemaParent
from app.tabular.types import ColumnType


class Schema(Model):
    """Named columns with types; its rows are stored as one dataset."""

    __tablename__ = "schema"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    parent: Mapped[SchemaParent] = mapped_column(status_enum(SchemaParent))
    description: Mapped[str] = mapped_column(Text, default="")
    # The dataset's table in the lake. Ids of deleted rows come back; these names never do.
    table_name: Mapped[str] = mapped_column(String(60), server_default="", index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    columns: Mapped[list["SchemaColumn"]] = relationship(
        back_populates="schema",
        lazy="selectin",
        cascade="all, delete-orphan",
        order_by="SchemaColumn.position",
    )

    @property
    def key_column(self) -> "SchemaColumn | None":
        """The column whose value tells one row from another."""
        return next((column for column in self.columns if column.is_identifier), None)


class SchemaColumn(Model):
    """One typed column of a schema."""

    __tablename__ = "schema_column"
    __table_args__ = (UniqueConstraint("schema_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    schema_id: Mapped[int] = mapped_column(ForeignKey("schema.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column()
    name: Mapped[str] = mapped_column(String(120))
    type: Mapped[ColumnType] = mapped_column(status_enum(ColumnType))
    # The person identifier of PersonalData, the item identifier of a Catalog.
    is_identifier: Mapped[bool] = mapped_column(default=False)

    @property
    def field_name(self) -> str:
        """The column's name in the lake: people may give any name, so that one is ours."""
        return f"c{self.id}"

    schema: Mapped[Schema] = relationship(back_populates="columns", lazy="raise_on_sql")
