"""Identifiers that are not taken in any more, each kept as a digest only."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.columns import UtcDateTime, status_enum
from app.extensions import Model


class IdentifierKind(StrEnum):
    """What kind of identifier is suppressed."""

    PERSON = "person"
    ANONYMOUS = "anonymous"


class Suppression(Model):
    """One identifier that is not taken in, as a keyed digest: the id itself is not kept."""

    __tablename__ = "suppression"
    __table_args__ = (UniqueConstraint("kind", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[IdentifierKind] = mapped_column(status_enum(IdentifierKind))
    digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
