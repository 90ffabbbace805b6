"""Reading streams and their files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app import storage
from app.extensions import db
from app.streams.models import FileKind, FileStatus, Stream, StreamFile
from app.streams.storage import FileStore

STREAMS_A_PAGE = 50
# How often files come is told from these.
MOST_ARRIVALS = 10


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


def has_bytes(file_id: int) -> bool:
    """Tell whether the bytes of a closed stream file are kept, still."""
    paths = source_of(file_id).paths
    store = storage.files()
    return bool(paths) and all(store.exists(path) for path in paths)


def list_streams(*, number: int = 1) -> Pagination:
    """Return a page of the streams, by name."""
    return db.paginate(
        select(Stream).order_by(Stream.name, Stream.id),
        page=number,
        per_page=STREAMS_A_PAGE,
        error_out=False,
    )


def arrivals(stream_pks: Sequence[int]) -> dict[int, tuple[int, datetime | None]]:
    """Return how many files arrived whole on each stream, and when the last did, by its id."""
    rows = db.session.execute(
        select(StreamFile.stream_pk, func.count(), func.max(StreamFile.closed_at))
        .where(StreamFile.stream_pk.in_(stream_pks), StreamFile.status == FileStatus.CLOSED)
        .group_by(StreamFile.stream_pk)
    ).all()
    return {stream_pk: (count, last) for stream_pk, count, last in rows}


def last_arrivals(stream_pks: Sequence[int]) -> dict[int, list[datetime]]:
    """Return when the last production files arrived on each stream, the newest first, by its id."""
    place = func.row_number().over(
        partition_by=StreamFile.stream_pk, order_by=StreamFile.closed_at.desc()
    )
    placed = (
        select(StreamFile.stream_pk, StreamFile.closed_at, place.label("place"))
        .where(
            StreamFile.stream_pk.in_(stream_pks),
            StreamFile.kind == FileKind.PRODUCTION,
            StreamFile.status == FileStatus.CLOSED,
        )
        .subquery()
    )
    newest = select(placed).where(placed.c.place <= MOST_ARRIVALS).order_by(placed.c.place)
    found: dict[int, list[datetime]] = {}
    for row in db.session.execute(newest):
        found.setdefault(row.stream_pk, []).append(row.closed_at)
    return found


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
