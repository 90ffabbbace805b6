"""Streams, the stream files that arrive on them, and the parts those come in."""

from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.columns import UtcDateTime, status_enum
from app.extensions import Model


class FileKind(StrEnum):
    """Draft rows try a dataflow out; only production rows reach a dataset."""

    DRAFT = "draft"
    PRODUCTION = "production"


class FileStatus(StrEnum):
    """A stream file is whole (closed) or does not exist for a dataflow (open)."""

    OPEN = "open"
    CLOSED = "closed"


class Stream(Model):
    """Where a site sends the files of one dataflow; its id is treated as a secret."""

    __tablename__ = "stream"

    id: Mapped[int] = mapped_column(primary_key=True)
    stream_id: Mapped[str] = mapped_column(String(36), unique=True, default=lambda: str(uuid4()))
    name: Mapped[str] = mapped_column(String(120))
    # Raptor's way: whoever knows the stream id may send.
    is_id_enough: Mapped[bool] = mapped_column(default=True)
    # Without it, an overwriting dataflow refuses a call that does not name its file.
    is_one_call_whole: Mapped[bool] = mapped_column(default=False)
    is_overwriting: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    files: Mapped[list["StreamFile"]] = relationship(
        back_populates="stream", lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class StreamFile(Model):
    """One complete delivery on a stream, once closed."""

    __tablename__ = "stream_file"
    __table_args__ = (UniqueConstraint("stream_pk", "kind", "client_file_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stream_pk: Mapped[int] = mapped_column(ForeignKey("stream.id", ondelete="CASCADE"))
    client_file_id: Mapped[str] = mapped_column(String(200))
    kind: Mapped[FileKind] = mapped_column(status_enum(FileKind))
    status: Mapped[FileStatus] = mapped_column(status_enum(FileStatus), index=True)
    original_name: Mapped[str] = mapped_column(String(255))
    # Of the bytes as the sender has them, before our compression.
    size: Mapped[int | None] = mapped_column(BigInteger)
    sha256: Mapped[str | None] = mapped_column(String(64))
    # Known at once for JSON arrays, which are counted on the way in; else after parsing.
    row_count: Mapped[int | None] = mapped_column(BigInteger)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Since when its bytes lack records of a person who was erased; size and digest stay those of
    # what was sent, so that the same file is known when it comes again.
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    stream: Mapped[Stream] = relationship(back_populates="files", lazy="raise_on_sql")
    parts: Mapped[list["StreamPart"]] = relationship(
        back_populates="file",
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        order_by="StreamPart.number",
    )


class StreamPart(Model):
    """Some of a file's bytes, stored compressed with the digest of what was sent."""

    __tablename__ = "stream_part"
    __table_args__ = (UniqueConstraint("stream_file_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stream_file_id: Mapped[int] = mapped_column(ForeignKey("stream_file.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column()
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    row_count: Mapped[int | None] = mapped_column(BigInteger)
    path: Mapped[str] = mapped_column(String(300))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)

    file: Mapped[StreamFile] = relationship(back_populates="parts", lazy="raise_on_sql")
