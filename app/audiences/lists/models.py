"""Files that are taken into kept lists, and how far each has come."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.audiences.models import Audience
from app.columns import UtcDateTime, status_enum
from app.extensions import Model


class Action(StrEnum):
    """What becomes of the list."""

    REPLACE = "replace"
    ADD = "add"
    REMOVE = "remove"


class IntakeStatus(StrEnum):
    """How far a file has come; one that is waiting waits for a person to say which column."""

    WAITING = "waiting"
    QUEUED = "queued"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"

    @property
    def is_done(self) -> bool:
        """Tell whether the file was taken in."""
        return self is IntakeStatus.DONE

    @property
    def is_waiting(self) -> bool:
        """Tell whether a person has to say which column is meant."""
        return self is IntakeStatus.WAITING

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _TONES[self]


_TONES = {
    IntakeStatus.WAITING: "warn",
    IntakeStatus.QUEUED: "neutral",
    IntakeStatus.WORKING: "info",
    IntakeStatus.DONE: "good",
    IntakeStatus.FAILED: "bad",
}


class ListIntake(Model):
    """A file with identifiers that is taken into a list, or was; the bytes go once it is."""

    __tablename__ = "list_intake"

    id: Mapped[int] = mapped_column(primary_key=True)
    audience_id: Mapped[int] = mapped_column(
        ForeignKey("audience.id", ondelete="CASCADE"), index=True
    )
    audience: Mapped[Audience] = relationship()
    action: Mapped[Action] = mapped_column(status_enum(Action))
    # What was pasted has none.
    file_name: Mapped[str] = mapped_column(String(200))
    path: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column(BigInteger)
    options: Mapped[dict[str, Any]] = mapped_column(JSON)
    column: Mapped[str] = mapped_column(String(300), default="")
    # The type of identifier that the column has.
    identifier: Mapped[str] = mapped_column(String(300))
    status: Mapped[IntakeStatus] = mapped_column(status_enum(IntakeStatus), index=True)
    failure: Mapped[str | None] = mapped_column(Text)
    row_count: Mapped[int] = mapped_column(BigInteger, default=0)
    taken_count: Mapped[int] = mapped_column(BigInteger, default=0)
    unknown_count: Mapped[int] = mapped_column(BigInteger, default=0)
    ambiguous_count: Mapped[int] = mapped_column(BigInteger, default=0)
    entered_count: Mapped[int] = mapped_column(BigInteger, default=0)
    exited_count: Mapped[int] = mapped_column(BigInteger, default=0)
    # The first of those values, for a day: they may identify somebody.
    unknown: Mapped[list[str]] = mapped_column(JSON, default=list)
    ambiguous: Mapped[list[str]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
