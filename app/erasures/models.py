"""Erasures: whose, by whom, how far, and what was found where."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.columns import UtcDateTime, status_enum
from app.erasures.places import Step
from app.extensions import Model


class ErasureStatus(StrEnum):
    """How an erasure stands."""

    QUEUED = "queued"
    WORKING = "working"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"

    @property
    def is_active(self) -> bool:
        """Tell whether something is still to be done."""
        return self is not ErasureStatus.DONE

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _TONES[self]


_TONES = {
    ErasureStatus.QUEUED: "neutral",
    ErasureStatus.WORKING: "info",
    ErasureStatus.WAITING: "info",
    ErasureStatus.DONE: "good",
    ErasureStatus.FAILED: "bad",
}


class Erasure(Model):
    """One person taken out of everything; once it is done, only a digest says who it was."""

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_digest: Mapped[str] = mapped_column(String(64), index=True)
    # Whom it is about, encrypted, while that is still needed.
    subject: Mapped[str | None] = mapped_column(Text)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[ErasureStatus] = mapped_column(status_enum(ErasureStatus), index=True)
    step: Mapped[Step] = mapped_column(status_enum(Step))
    # What it waits for, as a sentence, and when it looks again.
    waits_for: Mapped[str | None] = mapped_column(Text)
    failure: Mapped[str | None] = mapped_column(Text)
    heartbeat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # From here on nothing of the person is taken in; runs that began before are waited for.
    suppressed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # When the last of their rows and events was out of the tables: who reads later finds none.
    emptied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # When the last file that held rows of theirs was taken out of the tables.
    replaced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # How much was removed, by place; what stays where and why; how much was found again at the end.
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    left: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    found_again: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))
    # Paths of stored bytes that are to go, so that no killed worker leaves them behind.
    paths: Mapped[list[str]] = mapped_column(JSON, default=list)
    # What is counted already and may not be removed yet: tables, journals, log files.
    begun: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")

    asked_by: Mapped[User | None] = relationship(lazy="raise_on_sql")

    @property
    def reference(self) -> str:
        """The short name of whom it was about: the same person has the same one."""
        return self.person_digest[:12]

    @property
    def removed_count(self) -> int:
        """How much was removed, in all places."""
        return sum(self.counts.values())

    @property
    def is_clean(self) -> bool:
        """Tell whether the last search found nothing and nothing had to stay."""
        return self.found_again is not None and not self.left and not any(self.found_again.values())
