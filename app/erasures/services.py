"""Erasing people: asked for once, gone through step by step, finished whatever dies on the way."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.exc import OperationalError

from app import encryption, pseudonyms
from app.accounts import services as accounts
from app.erasures import overwriting, queries, tracked
from app.erasures.models import Erasure, ErasureStatus
from app.erasures.places import Place, Step
from app.erasures.steps import DONE_BY
from app.erasures.subject import Subject
from app.erasures.work import Means, NotYet, Work
from app.execution import heart
from app.extensions import db
from app.lake.tables import TableBusy
from app.queue import JobName, ring_once
from app.suppressions import services as suppressions

log = logging.getLogger(__name__)

BEAT_SECONDS = 2.0
LONGEST_ID = 200
BUSY = "It waits for a table that another job writes."
LOCKED = "It waits for the database, which others write."
Clock = Callable[[], datetime]


class IdentifierInvalid(Exception):
    """An identifier is empty, or longer than any is."""


def ask_erasure(
    *, person_id: str, user_id: int | None, keys: tuple[str, ...], now: datetime
) -> Erasure:
    """Have a person erased, and return that; asked again while it is under way, it is the same.

    Raises IdentifierInvalid.
    """
    refuse_invalid(person_id)
    digest = pseudonyms.digest(pseudonyms.key(), "person", person_id)
    erasure = queries.find_active(digest)
    if erasure is None:
        erasure = Erasure(person_digest=digest, asked_by_id=user_id, asked_at=now)
        _begin(erasure, Subject(person_id).sealed(keys))
        db.session.add(erasure)
        db.session.flush()
        accounts.record(
            user_id=user_id, action="person.erased", subject=f"erasure {erasure.id}", now=now
        )
    elif erasure.status is ErasureStatus.FAILED:
        # Whom it is about may be what can no longer be read.
        _begin(erasure, Subject(person_id).sealed(keys))
    db.session.commit()
    log.info("erasure.asked", extra={"erasure_id": erasure.id})
    ring_once(JobName.ERASE_PERSON, erasure_id=erasure.id)
    return erasure


def _begin(erasure: Erasure, sealed: str) -> None:
    erasure.subject, erasure.status = sealed, ErasureStatus.QUEUED
    erasure.step = Step.SUPPRESS


def refuse_invalid(person_id: str) -> None:
    """Raise IdentifierInvalid for what is the identifier of nobody."""
    if not 0 < len(person_id) <= LONGEST_ID:
        raise IdentifierInvalid


def erase_person(*, erasure_id: int, means: Means, stalled_after: timedelta, clock: Clock) -> None:
    """Go on with an erasure as far as that is possible now; a failure is kept on its row."""
    erasure = _claim(erasure_id, stalled_after, clock())
    if erasure is None:
        return
    try:
        with heart.beating(_beat_of(erasure_id, clock), every=BEAT_SECONDS):
            _go_on(erasure, means, clock)
    except NotYet as why:
        _pause(erasure_id, str(why), clock())
    except TableBusy:
        _pause(erasure_id, BUSY, clock())
    except OperationalError:
        _pause(erasure_id, LOCKED, clock())
    except encryption.SecretUnreadable:
        sentence = "Whom it is about cannot be decrypted any more. Ask for the erasure again."
        _pause(erasure_id, sentence, clock(), status=ErasureStatus.FAILED)
    except Exception:
        sentence = "A fault of ours, and it has been logged. It is tried again."
        _pause(erasure_id, sentence, clock(), status=ErasureStatus.FAILED)
        raise


def keep_erasures_going(*, stalled_after: timedelta, now: datetime) -> None:
    """Ring again for erasures that wait, failed, or whose worker died."""
    for erasure_id in queries.list_due(stalled_after=stalled_after, now=now):
        ring_once(JobName.ERASE_PERSON, erasure_id=erasure_id)


def _claim(erasure_id: int, stalled_after: timedelta, now: datetime) -> Erasure | None:
    """Return the erasure if it is ours: nobody works at it, or who did fell silent."""
    is_free = or_(
        Erasure.status.in_([ErasureStatus.QUEUED, ErasureStatus.WAITING, ErasureStatus.FAILED]),
        (Erasure.status == ErasureStatus.WORKING) & (Erasure.heartbeat_at < now - stalled_after),
    )
    values = {"status": ErasureStatus.WORKING, "heartbeat_at": now, "failure": None}
    claimed = db.session.scalar(
        update(Erasure)
        .where(Erasure.id == erasure_id, is_free)
        .values(**values, waits_for=None)
        .returning(Erasure.id)
    )
    db.session.commit()
    return db.session.get(Erasure, claimed, populate_existing=True) if claimed else None


def _go_on(erasure: Erasure, means: Means, clock: Clock) -> None:
    """Do the steps that are left, in order, each to its end; raise NotYet where one cannot be."""
    while True:
        _do(erasure, means, clock)
        if erasure.step.following is None:
            break
        erasure.step = erasure.step.following
        db.session.commit()
    overwriting.write_over()
    _end(erasure, clock())


def _do(erasure: Erasure, means: Means, clock: Clock) -> None:
    subject = Subject.opened(erasure.subject or "", means.keys)
    work = Work(erasure, subject, means, clock)
    if erasure.step is Step.SUPPRESS:
        _suppress(work)
        return
    for _part in DONE_BY[erasure.step](work):
        heart.progressed()
        db.session.commit()
    db.session.commit()


def _suppress(work: Work) -> None:
    """Say whom it is about, while that can be told, and take nothing of them in any more."""
    subject = tracked.subject_of(work.subject.person_id)
    work.erasure.subject = subject.sealed(work.means.keys)
    db.session.commit()
    suppressions.suppress(
        person_id=subject.person_id, anonymous_ids=subject.owned, now=work.clock()
    )
    # Not how many are new: who was killed in between cannot tell.
    work.tell(Place.SUPPRESSIONS, 1 + len(subject.owned))
    work.erasure.suppressed_at = work.clock()
    db.session.commit()


def _beat_of(erasure_id: int, clock: Clock) -> Callable[[], None]:
    """Return what says from another thread that it goes on."""
    engine = db.engine
    ours = update(Erasure).where(Erasure.id == erasure_id)

    def beat() -> None:
        try:
            with engine.begin() as connection:
                connection.execute(ours.values(heartbeat_at=clock()))
        except OperationalError:
            log.warning("erasure.beat_missed", extra={"erasure_id": erasure_id})

    return beat


def _pause(
    erasure_id: int,
    sentence: str,
    now: datetime,
    status: ErasureStatus = ErasureStatus.WAITING,
) -> None:
    """Keep why it does not go on now; it is looked at again."""
    db.session.rollback()
    values = {"status": status, "waits_for": sentence, "heartbeat_at": now}
    db.session.execute(update(Erasure).where(Erasure.id == erasure_id).values(values))
    db.session.commit()
    log.info("erasure.waiting", extra={"erasure_id": erasure_id, "status": status.value})


def _end(erasure: Erasure, now: datetime) -> None:
    """Keep that it is done, and forget who it was."""
    overwriting.begin(db.session.connection())
    erasure.status, erasure.finished_at = ErasureStatus.DONE, now
    erasure.subject, erasure.waits_for = None, None
    db.session.commit()
    log.info("erasure.done", extra={"erasure_id": erasure.id, "removed": erasure.removed_count})
