"""Making kept lists, and taking files into them: who is on the list is in the log of changes."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError

from app import storage
from app.audiences.lists import files, queries, working
from app.audiences.lists.files import PASTED, Kept, Table
from app.audiences.lists.models import Action, IntakeStatus, ListIntake
from app.audiences.lists.working import IdentifierGone, Taken
from app.audiences.models import Audience, AudienceStatus
from app.audiences.services import AudienceNameTaken, EditedElsewhere
from app.extensions import db
from app.lake.tables import TableBusy
from app.queue import JobName, ring
from app.tabular.files.source import FileUnreadable

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
# For so long a file waits for its column, and values that were not taken are shown.
KEPT_FOR = timedelta(days=1)
FAULT = "A fault of ours, and it has been logged."


class IntakeUnderWay(Exception):
    """Another file is being taken into the list."""


class ColumnUnknown(Exception):
    """The file has no such column, or waits for none any more."""


@dataclass(frozen=True)
class Given:
    """What a person sends: a file by its name, or what they pasted, and what its values are."""

    stream: BinaryIO
    file_name: str
    identifier: str

    @property
    def is_pasted(self) -> bool:
        """Tell whether there is no file."""
        return not self.file_name


def create_list(
    *, name: str, description: str, tags: Sequence[str], given: Given, now: datetime
) -> ListIntake:
    """Make a list of nobody yet, with a file; raise FileUnreadable, AudienceNameTaken."""
    path, size, table = _kept(given)
    audience = Audience(
        name=name.strip(),
        description=description.strip(),
        tags=list(tags),
        tree={},
        is_list=True,
        status=AudienceStatus.EVALUATED,
        created_at=now,
        changed_at=now,
    )
    db.session.add(audience)
    intake = _intake(audience, Action.REPLACE, given, now)
    intake.path, intake.size, intake.options = path, size, table.options.to_dict()
    try:
        db.session.commit()
    except IntegrityError as failure:
        db.session.rollback()
        storage.files().delete(path)
        raise AudienceNameTaken(name) from failure
    log.info("audience.created", extra={"audience_id": audience.id})
    return intake


def change_list(*, audience_id: int, action: Action, given: Given, now: datetime) -> ListIntake:
    """Keep a file for a list, until it is said which column is meant; raise FileUnreadable."""
    path, size, table = _kept(given)
    intake = _intake(db.session.get_one(Audience, audience_id), action, given, now)
    intake.path, intake.size, intake.options = path, size, table.options.to_dict()
    db.session.commit()
    return intake


def save_list(
    *,
    audience_id: int,
    version: int,
    name: str,
    description: str,
    tags: Sequence[str],
    now: datetime,
) -> None:
    """Call a list otherwise; raise EditedElsewhere, AudienceNameTaken."""
    ours = (Audience.id == audience_id) & (Audience.version == version)
    values = {"name": name.strip(), "description": description.strip(), "tags": list(tags)}
    changed = update(Audience).where(ours).values(**values, version=version + 1, changed_at=now)
    try:
        found = db.session.scalar(changed.returning(Audience.id))
        db.session.commit()
    except IntegrityError as failure:
        db.session.rollback()
        raise AudienceNameTaken(name) from failure
    if found is None:
        raise EditedElsewhere(audience_id)


def choose_column(*, intake_id: int, column: str, at_once_up_to: int, clock: Clock) -> ListIntake:
    """Take the values of a column in: of small files now, of others on a worker.

    Raises ColumnUnknown, FileUnreadable, or IntakeUnderWay while another file is taken in.
    """
    intake = db.session.get_one(ListIntake, intake_id)
    if not intake.status.is_waiting or column not in working.columns_of(intake):
        raise ColumnUnknown(column)
    free = [each for each in AudienceStatus if not each.is_active]
    ours = (Audience.id == intake.audience_id) & Audience.status.in_(free)
    claimed = update(Audience).where(ours).values(status=AudienceStatus.QUEUED)
    if db.session.scalar(claimed.returning(Audience.id)) is None:
        db.session.rollback()
        raise IntakeUnderWay(intake.audience_id)
    intake.column, intake.status = column, IntakeStatus.QUEUED
    db.session.commit()
    if intake.size <= at_once_up_to:
        take_in_list(intake_id=intake_id, stalled_after=timedelta(0), clock=clock)
    else:
        ring(JobName.TAKE_IN_LIST, intake_id=intake_id)
    return intake


def take_in_list(*, intake_id: int, stalled_after: timedelta, clock: Clock) -> None:
    """Record who is on the list by a file; a failure is kept on the row. Twice is once."""
    intake = _claim(intake_id, stalled_after, clock())
    if intake is None:
        return
    try:
        taken = working.take_in(intake, clock())
    except FileUnreadable as failure:
        _end(intake_id, clock(), failure=failure.sentence)
    except IdentifierGone:
        _end(intake_id, clock(), failure=f"“{intake.identifier}” is no identifier any more.")
    except TableBusy:
        _end(intake_id, clock(), failure="Other audiences were recorded for too long. Try again.")
    except Exception:
        _end(intake_id, clock(), failure=FAULT)
        raise
    else:
        _end(intake_id, clock(), taken=taken)


def keep_lists_going(*, stalled_after: timedelta, now: datetime) -> None:
    """Ring for files that a worker left behind, and forget those that nobody said the column of."""
    waits = ListIntake.status.in_([IntakeStatus.QUEUED, IntakeStatus.WORKING])
    for intake in db.session.scalars(select(ListIntake).where(waits)).all():
        if now - (intake.claimed_at or intake.created_at) > stalled_after:
            ring(JobName.TAKE_IN_LIST, intake_id=intake.id)
    old = now - KEPT_FOR
    for intake in queries.left_behind(old):
        intake.status, intake.finished_at = IntakeStatus.FAILED, now
        intake.failure = "Nobody said within a day which column is meant. Send the file again."
    ended = ListIntake.finished_at < old
    db.session.execute(update(ListIntake).where(ended).values(unknown=[], ambiguous=[]))
    db.session.commit()
    _forget_files(old)


def _forget_files(before: datetime) -> None:
    """Delete bytes that no file that is still to be taken in names."""
    ended = [IntakeStatus.DONE, IntakeStatus.FAILED]
    named = set(db.session.scalars(select(ListIntake.path).where(ListIntake.status.not_in(ended))))
    for path in storage.files().list_older_than(before, below=files.FOLDER):
        if path not in named:
            storage.files().delete(path)


def _kept(given: Given) -> tuple[str, int, Table]:
    """Store what is sent; what cannot be read is not kept."""
    path, size = files.keep(storage.files(), given.stream)
    try:
        source = Kept(storage.files(), path, given.file_name or "What was pasted")
        return path, size, files.looked_at(source, PASTED if given.is_pasted else None)
    except BaseException:
        storage.files().delete(path)
        raise


def _intake(audience: Audience, action: Action, given: Given, now: datetime) -> ListIntake:
    intake = ListIntake(
        audience=audience,
        action=action,
        file_name=given.file_name[-200:],
        identifier=given.identifier,
        status=IntakeStatus.WAITING,
        created_at=now,
    )
    db.session.add(intake)
    return intake


def _claim(intake_id: int, stalled_after: timedelta, now: datetime) -> ListIntake | None:
    """Return the file if it is ours: queued, or left behind by a worker that died."""
    is_left = ListIntake.claimed_at < now - stalled_after
    free = or_(
        ListIntake.status == IntakeStatus.QUEUED,
        (ListIntake.status == IntakeStatus.WORKING) & is_left,
    )
    claimed = update(ListIntake).where(ListIntake.id == intake_id, free)
    values = {"status": IntakeStatus.WORKING, "claimed_at": now}
    found = db.session.scalar(claimed.values(values).returning(ListIntake.audience_id))
    if found is not None:
        evaluating = {"status": AudienceStatus.EVALUATING, "claimed_at": now}
        db.session.execute(update(Audience).where(Audience.id == found).values(evaluating))
    db.session.commit()
    return db.session.get(ListIntake, intake_id, populate_existing=True) if found else None


def _end(
    intake_id: int, now: datetime, *, taken: Taken | None = None, failure: str | None = None
) -> None:
    """Keep how it ended; whoever asks for the list is outdated by its new version."""
    db.session.rollback()
    intake = db.session.get(ListIntake, intake_id, populate_existing=True)
    if intake is None or intake.status is not IntakeStatus.WORKING:
        return
    intake.finished_at, intake.failure = now, failure
    intake.status = IntakeStatus.FAILED if failure else IntakeStatus.DONE
    audience_id, path = intake.audience_id, intake.path
    standing = working.ended(intake, taken, now)
    db.session.execute(update(Audience).where(Audience.id == audience_id).values(standing))
    db.session.commit()
    with suppress(OSError):
        storage.files().delete(path)
    log.info("list.taken_in", extra={"audience_id": audience_id, "failure": failure or "-"})
    if taken is not None:
        ring(JobName.SYNC_AUDIENCE, audience_id=audience_id)
