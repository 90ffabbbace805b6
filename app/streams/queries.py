"""Reading streams and their files."""

from dataclasses import dataclass
from typing import BinaryIO

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app import storage
from app.extensions import db
from app.streams.models import FileKind, FileStatus, Stream, StreamFile
from app.streams.storage import FileStore


@dataclass(frozen=True)
class StoredSource:
    """A closed stream file, readable from its start as often as wanted."""

    name: str
    store: FileStore
    paths: tuple[str, ...]

    def open(self) -> BinaryIO:
        """Return a fresh stream of the bytes of all parts, in order."""
        return self.store.open(list(self.paths))


def source_of(file_id: int) -> StoredSource:
    """Return the bytes of a closed stream file."""
    file = db.session.scalars(
        select(StreamFile)
        .where(StreamFile.id == file_id, StreamFile.status == FileStatus.CLOSED)
        .options(selectinload(StreamFile.parts))
    ).one()
    return StoredSource(
        name=file.original_name or file.client_file_id,
        store=storage.files(),
        paths=tuple(part.path for part in file.parts),
    )


def list_streams() -> list[tuple[Stream, int]]:
    """Return every stream with the number of its closed files, by name."""
    closed = (
        select(func.count())
        .where(StreamFile.stream_pk == Stream.id, StreamFile.status == FileStatus.CLOSED)
        .scalar_subquery()
    )
    rows = db.session.execute(select(Stream, closed).order_by(Stream.name)).all()
    return [(stream, count) for stream, count in rows]


def find_stream(stream_pk: int) -> Stream | None:
    """Return the stream with this id."""
    return db.session.get(Stream, stream_pk)


def list_files(stream_pk: int, kind: FileKind | None = None, limit: int = 50) -> list[StreamFile]:
    """Return the closed files of a stream, the newest first."""
    query = select(StreamFile).where(
        StreamFile.stream_pk == stream_pk, StreamFile.status == FileStatus.CLOSED
    )
    if kind is not None:
        query = query.where(StreamFile.kind == kind)
    ordered = query.order_by(StreamFile.closed_at.desc(), StreamFile.id.desc())
    return list(db.session.scalars(ordered.limit(limit)))


def count_files(stream_pk: int) -> int:
    """Return how many files arrived whole on a stream."""
    files = select(func.count()).where(
        StreamFile.stream_pk == stream_pk, StreamFile.status == FileStatus.CLOSED
    )
    return db.session.scalars(files).one()


def find_file(stream_pk: int, file_id: int) -> StreamFile | None:
    """Return a closed file of this stream."""
    return db.session.scalar(
        select(StreamFile).where(
            StreamFile.id == file_id,
            StreamFile.stream_pk == stream_pk,
            StreamFile.status == FileStatus.CLOSED,
        )
    )
