"""Finding the members of audiences by a job, and keeping them fresh."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import ibis
import pyarrow as pa
from sqlalchemy import or_, select, update

from app import storage
from app.audiences import changes, kept_lists, queries
from app.audiences.changes import Recorded
from app.audiences.compiling import membership
from app.audiences.compiling.question import Question
from app.audiences.evaluation import basis, due, touching
from app.audiences.evaluation.basis import Basis, Sight
from app.audiences.models import Audience, AudienceStatus
from app.audiences.tree import reading
from app.audiences.tree.conditions import Group
from app.audiences.tree.values import ValueUnfit
from app.audiences.tree.vocabulary import (
    AttributeUnknown,
    AudienceInItself,
    AudienceUnknown,
    Vocabulary,
)
from app.extensions import db
from app.lake import compacting
from app.lake.spark import EngineUnavailable
from app.lake.tables import TableBusy
from app.people import queries as people
from app.people import world
from app.queue import JobName, ring
from app.retention.services import LONGEST_READ

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
UNFIT = (AttributeUnknown, AudienceUnknown, AudienceInItself, ValueUnfit, reading.TreeInvalid)


@dataclass(frozen=True)
class Found:
    """What an evaluation came to: who entered and left, of how many looked at, and what it read."""

    recorded: Recorded
    looked_at_count: int
    basis: Basis
    due_at: datetime | None


def refresh_audience(*, audience_id: int) -> None:
    """Have the members found anew, unless that is under way; who is on a list stays."""
    queued = update(Audience).where(
        Audience.id == audience_id,
        Audience.is_list.is_(False),
        Audience.status.in_([status for status in AudienceStatus if not status.is_active]),
    )
    db.session.execute(queued.values(status=AudienceStatus.QUEUED))
    db.session.commit()
    ring(JobName.EVALUATE_AUDIENCE, audience_id=audience_id)


def keep_audiences_fresh(*, stalled_after: timedelta, step: timedelta, now: datetime) -> None:
    """Have audiences evaluated whose data changed, that are due, or that were left behind.

    One that was evaluated less than `step` ago waits.
    """
    sight, vocabulary = queries.sight(), queries.vocabulary()
    by_tree = select(Audience).where(Audience.is_list.is_(False))
    for audience in db.session.scalars(by_tree).all():
        if audience.status.is_active:
            heard = audience.claimed_at or audience.changed_at
            is_due = now - heard > stalled_after
        else:
            is_due = _is_due(audience, sight, vocabulary, step, now)
        if is_due:
            refresh_audience(audience_id=audience.id)


def evaluate_audience(*, audience_id: int, stalled_after: timedelta, clock: Clock) -> None:
    """Find the members and record who entered and left; a failure is kept on the row."""
    audience = _claim(audience_id, stalled_after, clock())
    if audience is None:
        return
    version, now = audience.version, clock()
    try:
        found = _evaluate(audience, version, now)
    except UNFIT as failure:
        _end(audience_id, version, now, failure=str(failure), read=_read(audience, now))
    except (TableBusy, EngineUnavailable) as failure:
        _end(audience_id, version, now, failure=_sentence(failure))
    except Exception:
        _end(audience_id, version, now, failure="A fault of ours, and it has been logged.")
        raise
    else:
        if found is not None:
            _end(audience_id, version, now, found=found)
            ring(JobName.SYNC_AUDIENCE, audience_id=audience_id)


def compact_memberships() -> None:
    """Make few sorted files of the many that evaluations leave in the log."""
    compacting.tidy(
        storage.lake(),
        changes.TABLE,
        changes.LAYOUT,
        storage.spill(),
        older_than=LONGEST_READ,
    )


def take_out(*, person_id: str, now: datetime) -> int:
    """Record that a person left all audiences they are in, and have sites told; return how many.

    An evaluation that ended meanwhile may have hidden it from who makes deliveries: said again,
    it is seen.
    """
    lake = storage.lake()
    audiences = {each.public_id: each for each in db.session.scalars(select(Audience))}
    with lake.writer_lock(changes.TABLE):
        left = changes.record_exits(lake, person_id, list(audiences), now)
    for public_id, sequence in changes.last_of(lake, person_id).items():
        if (audience := audiences.get(public_id)) is None:
            continue
        values: dict[str, Any] = {"member_count": Audience.member_count - (public_id in left)}
        if sequence > audience.sequence:
            values["sequence"] = sequence
        db.session.execute(update(Audience).where(Audience.id == audience.id).values(values))
    db.session.commit()
    for public_id in left:
        ring(JobName.SYNC_AUDIENCE, audience_id=audiences[public_id].id)
    return len(left)


def _evaluate(audience: Audience, version: int, now: datetime) -> Found | None:
    """Return what changed; None where the audience was edited meanwhile and is due again."""
    tree, lake = reading.parsed(audience.tree), storage.lake()
    # What is read is what there is now or came since: what came is looked at once more.
    sight = queries.sight()
    with people.opened_world(by_setting=True) as (session, everything):
        asked = queries.question(everything, audience.zone, now)
        question = kept_lists.filled(asked, tree, session)
        read = sight.basis(audience.tree, question.vocabulary, audience.zone, now)
        touched = _touched(session, audience, sight, read, tree, question)
        scoped = question if touched is None else _only(question, touched)
        everything.keep(membership.members(tree, scoped), session, "members")
        count = scoped.world.rows(scoped.world.people.aggregate(number=ibis._.count()))
        due_at = due.next_change(tree, question)
        with lake.writer_lock(changes.TABLE):
            if not _is_still(audience.id, version):
                return None
            scope = touching.TABLE if touched is not None else None
            recorded = changes.record(
                session, lake, audience.public_id, "members", now, scope=scope
            )
    return Found(recorded, int(count["number"][0].as_py()), read, due_at)


def _touched(
    session: Any, audience: Audience, sight: Sight, read: Basis, tree: Group, question: Question
) -> pa.Table | None:
    """Return of whom something changed since then; None where it may be everybody."""
    before = basis.remembered(audience.basis)
    # What failed left the members as they were before.
    if (
        before is None
        or audience.failure
        or (before.words, before.asked) != (read.words, read.asked)
    ):
        return None
    if not touching.find(session, before, sight, tree, question):
        return None
    return touching.found(session)


def _only(question: Question, touched: pa.Table) -> Question:
    given = question.world.given("looked_at", touched)
    return replace(question, world=world.only(question.world, given))


def _is_still(audience_id: int, version: int) -> bool:
    db.session.rollback()
    found = db.session.scalar(select(Audience.version).where(Audience.id == audience_id))
    return found == version


def _claim(audience_id: int, stalled_after: timedelta, now: datetime) -> Audience | None:
    """Return the audience if it is ours: queued, or left behind by a worker that died."""
    claimed = db.session.scalar(
        update(Audience)
        .where(
            Audience.id == audience_id,
            Audience.is_list.is_(False),
            or_(
                Audience.status == AudienceStatus.QUEUED,
                (Audience.status == AudienceStatus.EVALUATING)
                & (Audience.claimed_at < now - stalled_after),
            ),
        )
        .values(status=AudienceStatus.EVALUATING, claimed_at=now)
        .returning(Audience.id)
    )
    db.session.commit()
    if claimed is None:
        return None
    return db.session.get(Audience, audience_id, populate_existing=True)


def _end(
    audience_id: int,
    version: int,
    now: datetime,
    *,
    found: Found | None = None,
    failure: str | None = None,
    read: Basis | None = None,
) -> None:
    """Keep how the evaluation ended, unless the audience was edited or deleted meanwhile.

    One that failed is tried again soon, or where it says what it read, when that changed.
    """
    db.session.rollback()
    values: dict[str, Any] = {
        "status": AudienceStatus.FAILED if failure else AudienceStatus.EVALUATED,
        "failure": failure,
        "evaluated_at": now,
        "basis": read.to_json() if read is not None else {},
    }
    if found is not None:
        values |= {
            "member_count": found.recorded.member_count,
            "entered_count": found.recorded.entered_count,
            "exited_count": found.recorded.exited_count,
            "sequence": found.recorded.last_sequence,
            "looked_at_count": found.looked_at_count,
            "basis": found.basis.to_json(),
            "due_at": found.due_at,
        }
    ours = (Audience.id == audience_id) & (Audience.version == version)
    db.session.execute(update(Audience).where(ours).values(values))
    db.session.commit()
    log.info("audience.evaluated", extra={"audience_id": audience_id, "failure": failure or "-"})


def _read(audience: Audience, now: datetime) -> Basis:
    """Return what an evaluation reads now."""
    return queries.sight().basis(audience.tree, queries.vocabulary(), audience.zone, now)


def _is_due(
    audience: Audience, sight: Sight, vocabulary: Vocabulary, step: timedelta, now: datetime
) -> bool:
    age = now - audience.evaluated_at if audience.evaluated_at else None
    if age is None or age < step:
        return age is None
    has_failed = audience.status is AudienceStatus.FAILED
    if has_failed or (audience.due_at is not None and audience.due_at <= now):
        return True
    before = basis.remembered(audience.basis)
    read = sight.basis(audience.tree, vocabulary, audience.zone, now)
    return before is None or before.is_outdated(read)


def _sentence(failure: Exception) -> str:
    if isinstance(failure, TableBusy):
        return "Other audiences were recorded for too long. It is tried again."
    return str(failure)
