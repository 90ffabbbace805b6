"""Dataflows: the draft that the five steps fill, and what it became."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Float, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.columns import UtcDateTime, status_enum
from app.dataflows.definition import Conversion, Definition, DriftPolicy
from app.dataflows.reject_limits import RejectLimit
from app.dataflows.states import DataflowState as DataflowState
from app.extensions import Model
from app.lake.write_modes import WriteMode
from app.schemas.models import Schema, SchemaColumn
from app.streams.models import Stream, StreamFile
from app.tabular.types import ColumnType


class SourceKind(StrEnum):
    """Where a dataflow's rows come from."""

    STREAM_FILE = "stream_file"


class Destination(StrEnum):
    """Where a dataflow's rows go."""

    CDP = "cdp"


class ProfileStatus(StrEnum):
    """How far the parsing of the draft file is."""

    NONE = "none"
    QUEUED = "queued"
    DONE = "done"
    FAILED = "failed"


class Dataflow(Model):
    """A named, five-step definition."""

    __tablename__ = "dataflow"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    description: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[SourceKind] = mapped_column(status_enum(SourceKind))
    destination: Mapped[Destination] = mapped_column(status_enum(Destination))
    state: Mapped[DataflowState] = mapped_column(status_enum(DataflowState), index=True)
    # Counts every change of the definition: a second tab is told, a dry run goes stale.
    version: Mapped[int] = mapped_column(default=1)
    stream_pk: Mapped[int] = mapped_column(ForeignKey("stream.id"), unique=True)
    draft_file_id: Mapped[int | None] = mapped_column(
        ForeignKey("stream_file.id", ondelete="SET NULL")
    )
    recognition: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    parsing_options: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    profile_status: Mapped[ProfileStatus] = mapped_column(
        status_enum(ProfileStatus), default=ProfileStatus.NONE
    )
    # How far a worker is that parses the draft, null before it began; when it last said so.
    parsed_bytes: Mapped[int | None] = mapped_column(BigInteger)
    parse_beat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    parse_attempt: Mapped[int] = mapped_column(default=0, server_default="0")
    profile_problem: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    profile_notes: Mapped[list[str]] = mapped_column(JSON, default=list)
    row_count: Mapped[int | None] = mapped_column()
    bad_row_count: Mapped[int | None] = mapped_column()
    is_file_mapping_saved: Mapped[bool] = mapped_column(default=False)
    schema_id: Mapped[int | None] = mapped_column(ForeignKey("schema.id", ondelete="RESTRICT"))
    write_mode: Mapped[WriteMode] = mapped_column(status_enum(WriteMode))
    # The most rejected rows of a file, none for no limit.
    reject_limit_count: Mapped[int | None] = mapped_column(BigInteger)
    reject_limit_percent: Mapped[float | None] = mapped_column(Float)
    drift_policy: Mapped[DriftPolicy] = mapped_column(
        status_enum(DriftPolicy), default=DriftPolicy.STOP, server_default="stop"
    )
    # The dataflow that this one took its mapping over from, and how alike their columns are.
    memory: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    activated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # What production files follow, whatever becomes of the draft meanwhile.
    active_number: Mapped[int | None] = mapped_column()

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    stream: Mapped[Stream] = relationship(lazy="raise_on_sql")
    draft_file: Mapped[StreamFile | None] = relationship(lazy="raise_on_sql")
    schema: Mapped[Schema | None] = relationship(lazy="raise_on_sql")
    columns: Mapped[list["DataflowColumn"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="DataflowColumn.position"
    )
    transformations: Mapped[list["DataflowTransformation"]] = relationship(
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        order_by="DataflowTransformation.position",
    )
    mappings: Mapped[list["DataflowMapping"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan"
    )

    @property
    def reject_limit(self) -> RejectLimit:
        """How many rejected rows a file may have once the draft is activated."""
        return RejectLimit(self.reject_limit_count, self.reject_limit_percent)

    @reject_limit.setter
    def reject_limit(self, limit: RejectLimit) -> None:
        self.reject_limit_count, self.reject_limit_percent = limit.count, limit.percent

    @property
    def write_sentence(self) -> str:
        """Say what a file will do to the dataset once the draft is activated."""
        return _write_sentence(self.schema, self.write_mode)


def _write_sentence(schema: Schema | None, mode: WriteMode) -> str:
    if schema is not None and not schema.parent.has_key:
        return "Every row of a file is added: each is one more thing that happened."
    return mode.sentence


class DataflowVersion(Model):
    """A definition as it was activated; `activated_by` says who did it."""

    __tablename__ = "dataflow_version"
    __table_args__ = (UniqueConstraint("dataflow_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dataflow_id: Mapped[int] = mapped_column(ForeignKey("dataflow.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column()
    definition: Mapped[dict[str, Any]] = mapped_column(JSON)
    activated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    activated_by: Mapped[str] = mapped_column(String(254), default="")
    # Named by the active version only: a schema that files are written to cannot be deleted.
    schema_id: Mapped[int | None] = mapped_column(ForeignKey("schema.id", ondelete="RESTRICT"))

    schema: Mapped[Schema | None] = relationship(lazy="joined")

    @property
    def write_mode(self) -> WriteMode:
        """How a file is written."""
        return WriteMode(self.definition["write_mode"])

    @property
    def reject_limit(self) -> RejectLimit:
        """How many rejected rows a file may have."""
        return self.value.reject_limit

    @property
    def drift_policy(self) -> DriftPolicy:
        """What a run does about a file whose columns differ."""
        return self.value.drift_policy

    @property
    def write_sentence(self) -> str:
        """Say what a file does to the dataset."""
        return _write_sentence(self.schema, self.write_mode)

    @property
    def value(self) -> Definition:
        """Its definition as a value."""
        return Definition.from_dict(self.definition)


class DataflowColumn(Model):
    """One column of the file, as step 3 names it and step 4 types it."""

    __tablename__ = "dataflow_column"
    __table_args__ = (UniqueConstraint("dataflow_id", "source_name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dataflow_id: Mapped[int] = mapped_column(ForeignKey("dataflow.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column()
    source_name: Mapped[str] = mapped_column(String(300))
    name: Mapped[str] = mapped_column(String(300))
    is_mandatory: Mapped[bool] = mapped_column(default=False)
    type: Mapped[ColumnType] = mapped_column(status_enum(ColumnType))
    pattern: Mapped[str] = mapped_column(String(60), default="")
    fallback: Mapped[str] = mapped_column(String(300), default="")
    profile: Mapped[dict[str, Any]] = mapped_column(JSON)

    @property
    def conversion(self) -> Conversion:
        """How its text is read."""
        return Conversion(type=self.type, fallback=self.fallback, pattern=self.pattern)


class DataflowTransformation(Model):
    """One transformation, making a custom column."""

    __tablename__ = "dataflow_transformation"

    id: Mapped[int] = mapped_column(primary_key=True)
    dataflow_id: Mapped[int] = mapped_column(ForeignKey("dataflow.id", ondelete="CASCADE"))
    position: Mapped[int] = mapped_column()
    kind: Mapped[str] = mapped_column(String(40))
    inputs: Mapped[list[str]] = mapped_column(JSON)
    output: Mapped[str] = mapped_column(String(300))
    params: Mapped[dict[str, Any]] = mapped_column(JSON)
    type: Mapped[ColumnType] = mapped_column(status_enum(ColumnType))
    fallback: Mapped[str] = mapped_column(String(300), default="")


class DataflowMapping(Model):
    """Which column fills a column of the schema."""

    __tablename__ = "dataflow_mapping"
    __table_args__ = (UniqueConstraint("dataflow_id", "schema_column_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dataflow_id: Mapped[int] = mapped_column(ForeignKey("dataflow.id", ondelete="CASCADE"))
    schema_column_id: Mapped[int] = mapped_column(
        ForeignKey("schema_column.id", ondelete="CASCADE")
    )
    column_name: Mapped[str] = mapped_column(String(300))

    schema_column: Mapped[SchemaColumn] = relationship(lazy="joined")
