"""Forgetting what has been kept for long enough; what is still needed stays, however old."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from app import storage
from app.dataflows.models import Dataflow
from app.extensions import db
from app.runs.models import Run, RunKind, RunStatus
from app.schemas.models import Schema
from app.streams.models import FileKind, FileStatus, StreamFile, StreamPart

log = logging.getLogger(__name__)

# A page or a job that reads a dataset has its files open for less than this.
LONGEST_READ = timedelta(hours=24)


def forget_what_is_old(
    *, files_older_than: timedelta, journals_older_than: timedelta, now: datetime
) -> None:
    """Forget bytes of files and journals of runs that were kept long enough; clean up the rest."""
    files = forget_files(older_than=files_older_than, now=now)
    journals = forget_journals(older_than=journals_older_than, now=now)
    forget_unnamed(older_than=LONGEST_READ, now=now)
    clean_lake()
    log.info("retention.forgotten", extra={"file_count": files, "journal_count": journals})


def forget_files(*, older_than: timedelta, now: datetime) -> int:
    """Forget the bytes of files that closed before then; return of how many.

    A draft that a dataflow is mapped by is kept, and so is a file that waits for its run or whose
    run has not come to a good end.
    """
    old = list(
        db.session.scalars(
            select(StreamFile)
            .where(
                StreamFile.status == FileStatus.CLOSED,
                StreamFile.closed_at < now - older_than,
                StreamFile.parts.any(),
                StreamFile.id.not_in(_needed_drafts()),
                (StreamFile.kind == FileKind.DRAFT) | StreamFile.id.in_(_taken_in()),
                StreamFile.id.not_in(_under_way()),
            )
            .options(selectinload(StreamFile.parts))
        )
    )
    paths = [part.path for file in old for part in file.parts]
    for file in old:
        file.parts.clear()
    db.session.commit()
    # The rows go first: bytes without a row are never read, a row without bytes would be.
    for path in paths:
        storage.files().delete(path)
    return len(old)


def forget_unnamed(*, older_than: timedelta, now: datetime) -> int:
    """Forget stored bytes that no row names; return how many.

    Whoever was killed after writing them, and before saying so, left them.
    """
    old = storage.files().list_older_than(now - older_than, below="parts")
    named = set(db.session.scalars(select(StreamPart.path)))
    unnamed = [path for path in old if path not in named]
    for path in unnamed:
        storage.files().delete(path)
    return len(unnamed)


def forget_journals(*, older_than: timedelta, now: datetime) -> int:
    """Forget what runs that ended before then did to which rows; return of how many."""
    ended = select(Run).where(Run.finished_at < now - older_than)
    lake = storage.lake()
    paths = [lake.journal(run.table_name, run.id) for run in db.session.scalars(ended)]
    found = [path for path in paths if path.exists()]
    for path in found:
        path.unlink()
    return len(found)


def clean_lake() -> None:
    """Remove files of datasets that no reader can have open any more."""
    lake = storage.lake()
    for name in db.session.scalars(select(Schema.table_name)):
        lake.vacuum(name, older_than=LONGEST_READ)


def _needed_drafts() -> Select[int | None]:
    return select(Dataflow.draft_file_id).where(Dataflow.draft_file_id.is_not(None))


def _taken_in() -> Select[int]:
    has_written = Run.kind.not_in([kind for kind in RunKind if kind.is_dry])
    return select(Run.stream_file_id).where(Run.status == RunStatus.FINISHED, has_written)


def _under_way() -> Select[int]:
    active = [status for status in RunStatus if status.is_active]
    return select(Run.stream_file_id).where(Run.status.in_(active))
