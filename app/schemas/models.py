"""Schemas and their columns."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.columns import UtcDateTime, status_enum
from app.extensions import Model
from app.schemas.parents import SchemaParent as SchemaParent
from app.schemas.roles import ColumnRole as ColumnRole
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
    # What each row of an Interaction is, where no column says so; empty: the schema's own name.
    event_name: Mapped[str] = mapped_column(String(200), server_default="", default="")
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

    def column_of(self, role: ColumnRole) -> "SchemaColumn | None":
        """The first column with this role."""
        return next((column for column in self.columns if column.role is role), None)

    @property
    def further_identifiers(self) -> list["SchemaColumn"]:
        """The columns that identify a person beside the key."""
        return [each for each in self.columns if each.role is ColumnRole.FURTHER_IDENTIFIER]

    @property
    def counts_as_events(self) -> bool:
        """Tell whether its rows are events of people: it says whose each is, and when it was."""
        needed = (ColumnRole.PERSON, ColumnRole.TIME)
        is_told = all(self.column_of(role) is not None for role in needed)
        return self.parent is SchemaParent.INTERACTION and is_told

    @property
    def fixed_event(self) -> str:
        """What its rows are called where no column says so."""
        return self.event_name or self.name


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
    # Rows are read through it, so that it can change at any time.
    role: Mapped[ColumnRole | None] = mapped_column(status_enum(ColumnRole))

    @property
    def field_name(self) -> str:
        """The column's name in the lake: people may give any name, so that one is ours."""
        return f"c{self.id}"

    schema: Mapped[Schema] = relationship(back_populates="columns", lazy="raise_on_sql")
