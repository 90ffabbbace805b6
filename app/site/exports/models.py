"""What became of the exports that the schedule started."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.columns import UtcDateTime, status_enum
from app.extensions import Model
from app.site.exports.exporting import ExportKind


class ExportStatus(StrEnum):
    """How far a scheduled export is."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"

    @property
    def is_active(self) -> bool:
        """Tell whether it is still to end."""
        return self in {ExportStatus.QUEUED, ExportStatus.RUNNING}

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _TONES[self]


_TONES = {
    ExportStatus.QUEUED: "neutral",
    ExportStatus.RUNNING: "info",
    ExportStatus.FINISHED: "good",
    ExportStatus.FAILED: "bad",
}


class ExportRun(Model):
    """One time that an entry of the schedule was carried out."""

    __tablename__ = "export_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ExportKind] = mapped_column(status_enum(ExportKind))
    # Which entry of its kind in the settings, as they were then; counted from 1.
    number: Mapped[int] = mapped_column()
    # Without the stream id, which is a secret.
    options: Mapped[str] = mapped_column(Text)
    status: Mapped[ExportStatus] = mapped_column(status_enum(ExportStatus), index=True)
    row_count: Mapped[int] = mapped_column(BigInteger, default=0)
    part_count: Mapped[int] = mapped_column(BigInteger, default=0)
    failure: Mapped[str | None] = mapped_column(Text)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
