"""Runs and the rows they rejected."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.columns import UtcDateTime, status_enum
from app.dataflows.models import Dataflow, DataflowState
from app.extensions import Model
from app.runs.progress import RunPhase
from app.streams.models import StreamFile


class RunStatus(StrEnum):
    """How far a run is."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"

    @property
    def is_active(self) -> bool:
        """Tell whether the run is still to end."""
        return self in {RunStatus.QUEUED, RunStatus.RUNNING}

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _TONES[self]


_TONES = {
    RunStatus.QUEUED: "neutral",
    RunStatus.RUNNING: "info",
    RunStatus.FINISHED: "good",
    RunStatus.FAILED: "bad",
}


class RunKind(StrEnum):
    """A dry run writes nothing."""

    DRY = "dry"
    PRODUCTION = "production"


class Run(Model):
    """One stream file taken through a dataflow."""

    __tablename__ = "run"
    __table_args__ = (
        Index(
            "uq_run_one_active",
            "dataflow_id",
            unique=True,
            sqlite_where=text("kind = 'production' AND status IN ('queued', 'running')"),
            postgresql_where=text("kind = 'production' AND status IN ('queued', 'running')"),
        ),
        Index(
            "uq_run_file_once",
            "dataflow_id",
            "stream_file_id",
            unique=True,
            sqlite_where=text("kind = 'production'"),
            postgresql_where=text("kind = 'production'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dataflow_id: Mapped[int] = mapped_column(ForeignKey("dataflow.id", ondelete="CASCADE"))
    stream_file_id: Mapped[int] = mapped_column(ForeignKey("stream_file.id", ondelete="CASCADE"))
    kind: Mapped[RunKind] = mapped_column(status_enum(RunKind))
    status: Mapped[RunStatus] = mapped_column(status_enum(RunStatus), index=True)
    phase: Mapped[RunPhase] = mapped_column(status_enum(RunPhase))
    attempt: Mapped[int] = mapped_column(default=0)
    definition: Mapped[dict[str, Any]] = mapped_column(JSON)
    definition_version: Mapped[int] = mapped_column()
    bytes_total: Mapped[int] = mapped_column(BigInteger, default=0)
    bytes_read: Mapped[int] = mapped_column(BigInteger, default=0)
    received_count: Mapped[int] = mapped_column(BigInteger, default=0)
    rejected_count: Mapped[int] = mapped_column(BigInteger, default=0)
    added_count: Mapped[int] = mapped_column(BigInteger, default=0)
    changed_count: Mapped[int] = mapped_column(BigInteger, default=0)
    same_count: Mapped[int] = mapped_column(BigInteger, default=0)
    superseded_count: Mapped[int] = mapped_column(BigInteger, default=0)
    # Rows of the dataset that an overwriting file no longer has; not rows of the file.
    removed_count: Mapped[int] = mapped_column(BigInteger, default=0)
    samples: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # How the file's columns differed, and what was done about it; see app/runs/drifting.py.
    drift: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    # The run that took the same bytes before: there was nothing to do.
    repeats_run_id: Mapped[int | None] = mapped_column()
    table_version: Mapped[int | None] = mapped_column()
    failure: Mapped[str | None] = mapped_column(Text)
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    heartbeat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    dataflow: Mapped[Dataflow] = relationship(lazy="raise_on_sql")
    stream_file: Mapped[StreamFile] = relationship(lazy="raise_on_sql")

    @property
    def is_accounted_for(self) -> bool:
        """Tell whether every received row is in exactly one bucket."""
        return self.received_count == sum(self.buckets.values())

    def state_after(self, dataflow: Dataflow) -> DataflowState:
        """Return where the dataflow stands once this run has ended."""
        has_failed = self.status is RunStatus.FAILED
        if self.kind is RunKind.PRODUCTION and dataflow.state.is_active:
            return DataflowState.FAILED if has_failed else DataflowState.WAITING
        is_current = self.definition_version == dataflow.version
        has_passed = not has_failed and self.received_count > self.rejected_count
        if dataflow.state is DataflowState.DRAFT and is_current and has_passed:
            return DataflowState.READY
        return dataflow.state

    @property
    def buckets(self) -> dict[str, int]:
        """The rows of the file by what became of them."""
        return {
            "added": self.added_count,
            "changed": self.changed_count,
            "same": self.same_count,
            "rejected": self.rejected_count,
            "superseded": self.superseded_count,
        }


class Reject(Model):
    """A row that failed a rule."""

    __tablename__ = "reject"
    __table_args__ = (Index("ix_reject_run_rule", "run_id", "rule"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"))
    line: Mapped[int] = mapped_column(BigInteger)
    column: Mapped[str | None] = mapped_column(String(300))
    value: Mapped[str | None] = mapped_column(Text)
    rule: Mapped[str] = mapped_column(String(40))
    message: Mapped[str] = mapped_column(Text)
    raw: Mapped[str] = mapped_column(Text)
