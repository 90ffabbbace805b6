"""Saving audiences, finding their members by a job, keeping them fresh."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError

from app import storage
from app.audiences import changes, queries
from app.audiences.changes import Recorded
from app.audiences.compiling import membership
from app.audiences.models import Audience, AudienceStatus
from app.audiences.tree import reading, timing
from app.audiences.tree.conditions import Group
from app.audiences.tree.values import ValueUnfit
from app.audiences.tree.vocabulary import AttributeUnknown, AudienceUnknown
from app.audiences.tree.writing import to_json
from app.extensions import db
from app.lake import compacting, logs
from app.lake.tables import TableBusy
from app.people import queries as people
from app.queue import JobName, ring
from app.retention.services import LONGEST_READ

log = logging.getLogger(__name__)

# An audience with a window is looked at anew so often, though no data arrived.
WINDOW_STEP = timedelta(minutes=10)
Clock = Callable[[], datetime]


class AudienceNameTaken(Exception):
    """Another audience has this name."""


class AudienceInUse(Exception):
    """Activations send the audience."""


class EditedElsewhere(Exception):
    """The audience was changed since its page was opened."""


def create_audience(
    *,
    name: str,
    description: str,
    tags: Sequence[str],
    tree: Group,
    now: datetime,
    zone: str = "UTC",
) -> Audience:
    """Save a new audience and have its members found; raise AudienceNameTaken."""
    audience = Audience(
        name=name.strip(),
        description=description.strip(),
        tags=list(tags),
        tree=to_json(tree),
        zone=zone,
        status=AudienceStatus.QUEUED,
        created_at=now,
        changed_at=now,
    )
    db.session.add(audience)
    _commit(name)
    ring(JobName.EVALUATE_AUDIENCE, audience_id=audience.id)
    log.info("audience.created", extra={"audience_id": audience.id})
    return audience


def save_audience(
    *,
    audience_id: int,
    version: int,
    name: str,
    description: str,
    tags: Sequence[str],
    tree: Group,
    now: datetime,
    zone: str = "UTC",
) -> Audience:
    """Change an audience and have its members found; raise EditedElsewhere, AudienceNameTaken."""
    audience = db.session.get_one(Audience, audience_id)
    changed = db.session.scalar(
        update(Audience)
        .where(Audience.id == audience_id, Audience.version == version)
        .values(
            name=name.strip(),
            description=description.strip(),
            tags=list(tags),
            tree=to_json(tree),
            zone=zone,
            version=version + 1,
            status=AudienceStatus.QUEUED,
            changed_at=now,
        )
        .returning(Audience.id)
    )
    if changed is None:
        db.session.rollback()
        raise EditedElsewhere(audience_id)
    _commit(name)
    db.session.refresh(audience)
    ring(JobName.EVALUATE_AUDIENCE, audience_id=audience_id)
    return audience


def delete_audience(*, audience_id: int) -> None:
    """Delete an audience that no activation sends; raise AudienceInUse."""
    db.session.delete(db.session.get_one(Audience, audience_id))
    try:
        db.session.commit()
    except IntegrityError as failure:
        db.session.rollback()
        raise AudienceInUse(audience_id) from failure
    log.info("audience.deleted", extra={"audience_id": audience_id})


def refresh_audience(*, audience_id: int) -> None:
    """Have the members found anew, unless that is under way."""
    queued = update(Audience).where(
        Audience.id == audience_id,
        Audience.status.in_([status for status in AudienceStatus if not status.is_active]),
    )
    db.session.execute(queued.values(status=AudienceStatus.QUEUED))
    db.session.commit()
    ring(JobName.EVALUATE_AUDIENCE, audience_id=audience_id)


def keep_audiences_fresh(*, stalled_after: timedelta, step: timedelta, now: datetime) -> None:
    """Have audiences evaluated whose data changed, whose windows moved, or that were left behind.

    One that was evaluated less than `step` ago waits.
    """
    versions = queries.data_versions()
    for audience in db.session.scalars(select(Audience)).all():
        if audience.status.is_active:
            heard = audience.claimed_at or audience.changed_at
            is_due = now - heard > stalled_after
        else:
            is_due = _is_outdated(audience, versions, step, now)
        if is_due:
            refresh_audience(audience_id=audience.id)


def evaluate_audience(*, audience_id: int, stalled_after: timedelta, clock: Clock) -> None:
    """Find the members and record who entered and left; a failure is kept on the row."""
    audience = _claim(audience_id, stalled_after, clock())
    if audience is None:
        return
    version = audience.version
    versions = queries.data_versions()
    try:
        recorded = _evaluate(audience, version, clock())
    except (
        AttributeUnknown,
        AudienceUnknown,
        ValueUnfit,
        reading.TreeInvalid,
        TableBusy,
    ) as failure:
        _end(audience_id, version, clock(), failure=_sentence(failure))
    except Exception:
        _end(audience_id, version, clock(), failure="A fault of ours, and it has been logged.")
        raise
    else:
        if recorded is not None:
            _end(audience_id, version, clock(), recorded=recorded, versions=versions)
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


def _evaluate(audience: Audience, version: int, now: datetime) -> Recorded | None:
    """Return what changed; None where the audience was edited meanwhile and is due again."""
    tree = reading.parsed(audience.tree)
    lake = storage.lake()
    with people.opened_world() as (session, world):
        found = membership.members(tree, queries.question(world, audience.zone, now))
        session.execute(f"CREATE TEMP TABLE members AS {logs.sql(found)}")
        with lake.writer_lock(changes.TABLE):
            if not _is_still(audience.id, version):
                return None
            return changes.record(session, lake, audience.public_id, "members", now)


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
    return db.session.get(Audience, claimed, populate_existing=True) if claimed else None


def _end(
    audience_id: int,
    version: int,
    now: datetime,
    *,
    recorded: Recorded | None = None,
    versions: dict[str, int | str] | None = None,
    failure: str | None = None,
) -> None:
    """Keep how the evaluation ended, unless the audience was edited or deleted meanwhile."""
    db.session.rollback()
    values: dict[str, Any] = {
        "status": AudienceStatus.FAILED if failure else AudienceStatus.EVALUATED,
        "failure": failure,
        "evaluated_at": now,
    }
    if recorded is not None:
        values |= {
            "member_count": recorded.member_count,
            "entered_count": recorded.entered_count,
            "exited_count": recorded.exited_count,
            "sequence": recorded.last_sequence,
            "data_versions": versions,
        }
    ours = (Audience.id == audience_id) & (Audience.version == version)
    db.session.execute(update(Audience).where(ours).values(values))
    db.session.commit()
    log.info("audience.evaluated", extra={"audience_id": audience_id, "failure": failure or "-"})


def _is_outdated(
    audience: Audience, versions: dict[str, int | str], step: timedelta, now: datetime
) -> bool:
    age = now - audience.evaluated_at if audience.evaluated_at else None
    if age is None or age < step:
        return age is None
    if audience.data_versions != versions:
        return True
    return age > WINDOW_STEP and timing.moves(reading.parsed(audience.tree))


def _sentence(failure: Exception) -> str:
    if isinstance(failure, TableBusy):
        return "Other audiences were recorded for too long. It is tried again."
    return str(failure)


def _commit(name: str) -> None:
    try:
        db.session.commit()
    except IntegrityError as failure:
        db.session.rollback()
        raise AudienceNameTaken(name) from failure
