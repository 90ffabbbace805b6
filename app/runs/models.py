"""Runs and the rows they rejected."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.columns import UtcDateTime, status_enum
from app.dataflows.models import Dataflow
from app.dataflows.states import Event
from app.extensions import Model
from app.lake.buckets import Bucket
from app.runs.numbers import next_number
from app.runs.progress import RunPhase
from app.streams.models import StreamFile


class RunStatus(StrEnum):
    """How far a run is."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_active(self) -> bool:
        """Tell whether the run is still to end."""
        return self in {RunStatus.QUEUED, RunStatus.RUNNING}

    @property
    def label(self) -> str:
        """The word on its badge: what a person did to it, as they called it."""
        return "stopped" if self is RunStatus.CANCELLED else self.value

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _TONES[self]


_TONES = {
    RunStatus.QUEUED: "neutral",
    RunStatus.RUNNING: "info",
    RunStatus.FINISHED: "good",
    RunStatus.FAILED: "bad",
    RunStatus.CANCELLED: "neutral",
}


class RunKind(StrEnum):
    """What a run does; a dry run writes nothing."""

    DRY = "dry"
    DRY_REPLAY = "dry_replay"
    PRODUCTION = "production"
    REPLAY = "replay"
    REPAIR = "repair"
    UNDO = "undo"

    @property
    def is_dry(self) -> bool:
        """Tell whether it only tries: the draft, or a production file."""
        return self in {RunKind.DRY, RunKind.DRY_REPLAY}

    @property
    def is_first(self) -> bool:
        """Tell whether it takes a file as it arrived."""
        return self is RunKind.PRODUCTION

    @property
    def reads_a_file(self) -> bool:
        """Tell whether it takes rows of a file into the dataset."""
        return self is not RunKind.UNDO

    @property
    def label(self) -> str:
        """Say what it does with the file, in a list of a file's runs."""
        return {
            RunKind.DRY: "Dry run of the draft",
            RunKind.DRY_REPLAY: "Dry run",
            RunKind.PRODUCTION: "As it arrived",
            RunKind.REPLAY: "Taken once more",
            RunKind.REPAIR: "Rejected rows taken up again",
            RunKind.UNDO: "Undo",
        }[self]

    @property
    def relation(self) -> str:
        """Say between its label and another run what that one is to it."""
        return ", tried by" if self is RunKind.REPLAY else " of"

    @property
    def is_of_a_run(self) -> bool:
        """Tell whether it is always about another run: one it undoes, or whose rejects it takes."""
        return self in {RunKind.REPAIR, RunKind.UNDO}

    @property
    def subject(self) -> str:
        """Say what it is a run of, before the name of the dataflow or of another run."""
        return {
            RunKind.DRY: "Dry run of the draft of",
            RunKind.DRY_REPLAY: "Dry run of a production file of",
            RunKind.PRODUCTION: "A production file of",
            RunKind.REPLAY: "A production file, taken once more, of",
            RunKind.REPAIR: "Rejected rows of",
            RunKind.UNDO: "Undo of",
        }[self]


_IS_WRITING_NOW = text("kind NOT IN ('dry', 'dry_replay') AND status IN ('queued', 'running')")


class Run(Model):
    """One stream file taken through a dataflow."""

    __tablename__ = "run"
    __table_args__ = (
        Index(
            "uq_run_one_active",
            "dataflow_id",
            unique=True,
            sqlite_where=_IS_WRITING_NOW,
            postgresql_where=_IS_WRITING_NOW,
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

    id: Mapped[int] = mapped_column(primary_key=True, default=next_number)
    dataflow_id: Mapped[int] = mapped_column(ForeignKey("dataflow.id", ondelete="CASCADE"))
    stream_file_id: Mapped[int] = mapped_column(ForeignKey("stream_file.id", ondelete="CASCADE"))
    kind: Mapped[RunKind] = mapped_column(status_enum(RunKind))
    # The run that this one undoes, whose rejects it takes once more, or that was its dry run.
    of_run_id: Mapped[int | None] = mapped_column()
    # The run that undid this one, while that holds.
    undone_by_run_id: Mapped[int | None] = mapped_column()
    # Rows that the undo left alone, as others had written them: they can be taken back later.
    left_count: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    status: Mapped[RunStatus] = mapped_column(status_enum(RunStatus), index=True)
    phase: Mapped[RunPhase] = mapped_column(status_enum(RunPhase))
    # How much of a phase that is one long statement is done, 0 to 1, as far as anybody knows.
    phase_share: Mapped[float | None] = mapped_column()
    attempt: Mapped[int] = mapped_column(default=0)
    is_cancelling: Mapped[bool] = mapped_column(default=False, server_default=false())
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
    # Rows that an undo left alone, since they were changed after the run it undid.
    kept_count: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    samples: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # How the file's columns differed, and what was done about it; see app/runs/differing.py.
    drift: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    # The run that took the same bytes before: there was nothing to do.
    repeats_run_id: Mapped[int | None] = mapped_column()
    table_version: Mapped[int | None] = mapped_column()
    # The version its counts hold for: a dry run says what would come of writing onto that one.
    planned_version: Mapped[int | None] = mapped_column()
    failure: Mapped[str | None] = mapped_column(Text)
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    heartbeat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    dataflow: Mapped[Dataflow] = relationship(lazy="raise_on_sql")
    stream_file: Mapped[StreamFile] = relationship(lazy="raise_on_sql")

    @property
    def transaction(self) -> str | None:
        """The name of its commit to the dataset; none for a dry run, which has no commit."""
        return None if self.kind.is_dry else f"run-{self.id}"

    @property
    def can_be_undone(self) -> bool:
        """Tell whether it wrote something that was not taken back yet, or not all of it."""
        has_written = self.added_count + self.changed_count + self.removed_count > 0
        is_done = self.status is RunStatus.FINISHED and not self.kind.is_dry
        return is_done and has_written and (self.undone_by_run_id is None or self.left_count > 0)

    @property
    def table_name(self) -> str:
        """The dataset's table in the lake."""
        return str(self.definition["table_name"])

    @property
    def is_accounted_for(self) -> bool:
        """Tell whether every received row is in exactly one bucket."""
        return not self.kind.reads_a_file or self.received_count == sum(self.buckets.values())

    def event_at_end(self, dataflow: Dataflow) -> Event | None:
        """Return what this run's end is to its dataflow; None where that changes nothing.

        Only files of the stream, as they come, and trials of the draft do.
        """
        has_failed = self.status is RunStatus.FAILED
        if self.kind is RunKind.PRODUCTION:
            return Event.RUN_FAILED if has_failed else Event.RUN_FINISHED
        if self.kind is not RunKind.DRY:
            return None
        is_current = self.definition_version == dataflow.version
        has_passed = not has_failed and self.received_count > self.rejected_count
        return Event.TRIED if is_current and has_passed else None

    def count_of(self, bucket: Bucket) -> int:
        """Return how many rows are in a bucket of its journal."""
        return int(getattr(self, f"{bucket.value}_count"))

    @property
    def can_be_cancelled(self) -> bool:
        """Tell whether it is still to end and nobody has stopped it yet."""
        return self.status.is_active and not self.is_cancelling

    @property
    def phase_sentence(self) -> str:
        """Say what it does now, or what it waits for."""
        if self.is_cancelling:
            return "Stopping before anything is written"
        return self.phase.sentence if self.status is RunStatus.RUNNING else "Waiting for a worker"

    @property
    def how_far(self) -> tuple[float, float]:
        """What is done of what there is to do in this phase; of none, nobody knows yet."""
        if self.status is not RunStatus.RUNNING:
            return 0, 0
        if self.phase is RunPhase.READING:
            return self.bytes_read, self.bytes_total
        return (0, 0) if self.phase_share is None else (self.phase_share, 1)

    @property
    def buckets(self) -> dict[str, int]:
        """The rows of the file by what became of them; of an undo, the rows of the dataset."""
        if not self.kind.reads_a_file:
            return {
                "added": self.added_count,
                "changed": self.changed_count,
                "removed": self.removed_count,
                "kept": self.kept_count,
            }
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
    # Each list of a million rows is read in the order of an index, and counted within one.
    __table_args__ = (
        Index("ix_reject_run_line", "run_id", "line"),
        Index("ix_reject_run_rule", "run_id", "rule", "line", "retried_by_run_id", "column"),
        Index("ix_reject_retried_line", "retried_by_run_id", "line"),
        Index(
            "ix_reject_given",
            "run_id",
            "rule",
            sqlite_where=text("given IS NOT NULL"),
            postgresql_where=text("given IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"))
    line: Mapped[int] = mapped_column(BigInteger)
    column: Mapped[str | None] = mapped_column(String(300))
    value: Mapped[str | None] = mapped_column(Text)
    rule: Mapped[str] = mapped_column(String(40))
    message: Mapped[str] = mapped_column(Text)
    raw: Mapped[str] = mapped_column(Text)
    # What a person wrote in place of the row's cells, by the file's columns.
    given: Mapped[dict[str, str | None] | None] = mapped_column(JSON(none_as_null=True))
    # The run that takes it once more; what becomes of it there counts from then on.
    retried_by_run_id: Mapped[int | None] = mapped_column()
