"""Audiences: their tree of conditions, how they stand, and what they were before."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.columns import UtcDateTime, status_enum
from app.extensions import Model


class AudienceStatus(StrEnum):
    """How the evaluation of an audience stands."""

    QUEUED = "queued"
    EVALUATING = "evaluating"
    EVALUATED = "evaluated"
    FAILED = "failed"

    @property
    def is_active(self) -> bool:
        """Tell whether its members are still to be found."""
        return self in {AudienceStatus.QUEUED, AudienceStatus.EVALUATING}

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _TONES[self]


_TONES = {
    AudienceStatus.QUEUED: "neutral",
    AudienceStatus.EVALUATING: "info",
    AudienceStatus.EVALUATED: "good",
    AudienceStatus.FAILED: "bad",
}


class Audience(Model):
    """A saved tree of conditions; its members are in the lake, as changes."""

    __tablename__ = "audience"

    id: Mapped[int] = mapped_column(primary_key=True)
    # What the log of changes and the other end know it by; ids of deleted rows may come back.
    public_id: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: uuid4().hex)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    description: Mapped[str] = mapped_column(Text, default="")
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    tree: Mapped[dict[str, Any]] = mapped_column(JSON)
    # Its people come from files, and there is no tree.
    is_list: Mapped[bool] = mapped_column(default=False)
    # Whose days its windows and dates mean.
    zone: Mapped[str] = mapped_column(String(64), default="UTC")
    version: Mapped[int] = mapped_column(default=1)
    status: Mapped[AudienceStatus] = mapped_column(status_enum(AudienceStatus), index=True)
    failure: Mapped[str | None] = mapped_column(Text)
    member_count: Mapped[int] = mapped_column(BigInteger, default=0)
    entered_count: Mapped[int] = mapped_column(BigInteger, default=0)
    exited_count: Mapped[int] = mapped_column(BigInteger, default=0)
    # The newest change that its last evaluation saw or made.
    sequence: Mapped[int] = mapped_column(BigInteger, default=0)
    # What its last evaluation read, and how many people it had to look at.
    basis: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    looked_at_count: Mapped[int | None] = mapped_column(BigInteger)
    # When it may change by time alone who is in.
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    evaluated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AudienceVersion(Model):
    """The tree and the time zone as a save left them; `number` is the audience's version then."""

    __tablename__ = "audience_version"
    __table_args__ = (UniqueConstraint("audience_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    audience_id: Mapped[int] = mapped_column(ForeignKey("audience.id", ondelete="CASCADE"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    tree: Mapped[dict[str, Any]] = mapped_column(JSON)
    zone: Mapped[str] = mapped_column(String(64))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[str] = mapped_column(String(254), default="")
