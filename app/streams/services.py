"""Receiving stream files: parts kept with their digest, a file closed whole or not at all."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from app import receiving, storage
from app.accounts import services as accounts
from app.accounts.models import Scope
from app.extensions import db
from app.receiving import Body, Checker, Received
from app.streams.models import FileKind, FileStatus, Stream, StreamFile, StreamPart

log = logging.getLogger(__name__)


class StreamUnknown(Exception):
    """No stream has this id."""


class KeyMissing(Exception):
    """The stream wants an API key, and none that is right came."""


class FileNotNamed(Exception):
    """A call without a file id, on a stream whose files replace the dataset."""


class PartConflict(Exception):
    """This part, or this file, was sent before with other bytes."""


class FileIncomplete(Exception):
    """The closing call counts parts that have not arrived."""

    def __init__(self, missing: list[int]) -> None:
        super().__init__(missing)
        self.missing = missing


@dataclass(frozen=True)
class Address:
    """Which part of which file: `number` from 1, `total` on the closing call only."""

    stream_pk: int
    kind: FileKind
    client_file_id: str
    number: int = 1
    total: int | None = None
    original_name: str = ""


def create_stream(*, name: str, now: datetime) -> Stream:
    """Return a new stream, not yet committed: it belongs to the dataflow that asks for it."""
    stream = Stream(name=name, created_at=now, stream_id=str(uuid4()))
    db.session.add(stream)
    return stream


def find_open_stream(*, stream_id: str, key: str | None) -> Stream:
    """Return the stream a sender may write to; raise StreamUnknown or KeyMissing."""
    stream = db.session.scalar(select(Stream).where(Stream.stream_id == stream_id))
    if stream is None:
        raise StreamUnknown(stream_id)
    if key is not None or not stream.is_id_enough:
        found = accounts.find_api_key(key=key, scope=Scope.STREAM_WRITE) if key else None
        if found is None:
            raise KeyMissing(stream_id)
    return stream


def save_settings(*, stream_pk: int, is_id_enough: bool, is_one_call_whole: bool) -> None:
    """Save who may send, and whether one call is the whole file."""
    stream = db.session.get_one(Stream, stream_pk)
    stream.is_id_enough, stream.is_one_call_whole = is_id_enough, is_one_call_whole
    db.session.commit()


def receive_part(
    *, address: Address, body: Body, checker: Checker | None, limit: int, now: datetime
) -> StreamFile:
    """Keep one part, closing its file on the last call.

    Raises PartConflict, FileIncomplete, a failure of `receiving`, or what the checker raises.
    """
    path = f"parts/{now:%Y/%m/%d}/{uuid4().hex}.zst"
    store = storage.files()
    with store.writer(path) as into:
        received = receiving.receive(body, into=into, limit=limit, checker=checker)
    try:
        file = _keep_one(address, received, path, now)
        if file.status is FileStatus.OPEN and address.total is not None:
            _close(file, address.total, now)
        db.session.commit()
    except BaseException:
        db.session.rollback()
        if not _is_referenced(path):
            store.delete(path)
        raise
    if not any(part.path == path for part in file.parts):
        store.delete(path)
    if file.status is FileStatus.CLOSED:
        log.info("stream_file.closed", extra={"file_id": file.id, "kind": file.kind.value})
    return file


def receive_upload(
    *, stream_pk: int, kind: FileKind, name: str, stream: IO[bytes], limit: int, now: datetime
) -> StreamFile:
    """Keep a file somebody chose in the browser; raise a failure of `receiving`."""
    address = Address(
        stream_pk=stream_pk,
        kind=kind,
        client_file_id=str(uuid4()),
        total=1,
        original_name=name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1][:255],
    )
    body = Body(stream=stream)
    return receive_part(address=address, body=body, checker=None, limit=limit, now=now)


def expire_open_files(*, older_than: timedelta, now: datetime) -> int:
    """Remove parts whose file was never closed; return how many files went."""
    files = db.session.scalars(
        select(StreamFile)
        .where(StreamFile.status == FileStatus.OPEN, StreamFile.opened_at < now - older_than)
        .options(selectinload(StreamFile.parts))
    ).all()
    paths = [part.path for file in files for part in file.parts]
    for file in files:
        db.session.delete(file)
    db.session.commit()
    for path in paths:
        storage.files().delete(path)
    return len(files)


def _keep_one(address: Address, received: Received, path: str, now: datetime) -> StreamFile:
    """Keep the part; where the same was sent at once and was first, it is known the second time."""
    try:
        return _keep_part(address, received, path, now)
    except IntegrityError:
        db.session.rollback()
        return _keep_part(address, received, path, now)


def _keep_part(address: Address, received: Received, path: str, now: datetime) -> StreamFile:
    file = _find_or_open(address, now)
    known = next((part for part in file.parts if part.number == address.number), None)
    if known is not None:
        if known.sha256 != received.sha256:
            raise PartConflict(address.number)
        return file
    if file.status is FileStatus.CLOSED:
        raise PartConflict(address.number)
    file.parts.append(
        StreamPart(
            number=address.number,
            sha256=received.sha256,
            size=received.size,
            row_count=received.row_count,
            path=path,
            received_at=now,
        )
    )
    db.session.flush()
    return file


def _find_or_open(address: Address, now: datetime) -> StreamFile:
    """Return the file; two first parts at once both end with the same one."""
    found = _find(address)
    if found is not None:
        return found
    file = StreamFile(
        stream_pk=address.stream_pk,
        kind=address.kind,
        client_file_id=address.client_file_id,
        original_name=address.original_name,
        status=FileStatus.OPEN,
        opened_at=now,
        parts=[],
    )
    try:
        with db.session.begin_nested():
            db.session.add(file)
    except IntegrityError:
        return _find(address) or file
    return file


def _find(address: Address) -> StreamFile | None:
    return db.session.scalar(
        select(StreamFile)
        .where(
            StreamFile.stream_pk == address.stream_pk,
            StreamFile.kind == address.kind,
            StreamFile.client_file_id == address.client_file_id,
        )
        .options(selectinload(StreamFile.parts))
    )


def _close(file: StreamFile, total: int, now: datetime) -> None:
    numbers = {part.number for part in file.parts}
    missing = sorted(set(range(1, total + 1)) - numbers)
    if missing or len(numbers) > total:
        db.session.commit()
        raise FileIncomplete(missing)
    parts = sorted(file.parts, key=lambda part: part.number)
    counts = [part.row_count for part in parts]
    file.status = FileStatus.CLOSED
    file.closed_at = now
    file.size = sum(part.size for part in parts)
    file.sha256 = receiving.digest_of_parts([part.sha256 for part in parts])
    file.row_count = None if None in counts else sum(count or 0 for count in counts)


def _is_referenced(path: str) -> bool:
    return db.session.scalar(select(StreamPart.id).where(StreamPart.path == path)) is not None
