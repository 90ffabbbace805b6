"""Reading erasures, and what there is of a person before they are erased."""

from datetime import datetime, timedelta
from typing import Any

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app import storage
from app.audiences import changes
from app.erasures import rows, tracked
from app.erasures.models import Erasure, ErasureStatus
from app.erasures.places import Place
from app.extensions import db
from app.lake import erasing
from app.tracking import events

ERASURES_A_PAGE = 50


def find_erasure(erasure_id: int) -> Erasure | None:
    """Return an erasure with who asked for it."""
    return db.session.scalar(
        select(Erasure)
        .where(Erasure.id == erasure_id)
        .options(joinedload(Erasure.asked_by))
        .execution_options(populate_existing=True)
    )


def find_active(digest: str) -> Erasure | None:
    """Return the erasure of a person that is not done yet."""
    active = [status for status in ErasureStatus if status.is_active]
    found = select(Erasure).where(Erasure.person_digest == digest, Erasure.status.in_(active))
    return db.session.scalar(found.order_by(Erasure.id.desc()).limit(1))


def list_erasures(number: int) -> Pagination:
    """Return a page of erasures, the newest first."""
    found = select(Erasure).options(joinedload(Erasure.asked_by)).order_by(Erasure.id.desc())
    return db.paginate(found, page=number, per_page=ERASURES_A_PAGE, error_out=False)


def list_due(*, stalled_after: timedelta, now: datetime) -> list[int]:
    """Return the erasures that nobody works at and that are not done."""
    waiting = [ErasureStatus.QUEUED, ErasureStatus.WAITING, ErasureStatus.FAILED]
    is_silent = Erasure.heartbeat_at < now - stalled_after
    found = select(Erasure.id).where(
        or_(
            Erasure.status.in_(waiting),
            (Erasure.status == ErasureStatus.WORKING) & is_silent,
        )
    )
    return list(db.session.scalars(found.order_by(Erasure.id)))


def count_what_goes(person_id: str) -> dict[Place, int]:
    """Return what is there of a person now, in the places that are quickly counted."""
    lake, subject = storage.lake(), tracked.subject_of(person_id)
    return {
        Place.DATASETS: rows.count_rows(lake, person_id),
        Place.EVENTS: erasing.count_rows(lake, events.TABLE, tracked.condition(subject)),
        Place.IDENTITIES: len(subject.owned) + len({s.anonymous_id for s in subject.shared}),
        Place.EXITS: len(changes.looked_up(lake, person_id)),
    }


def report(erasure: Erasure) -> dict[str, Any]:
    """Return an erasure as plain values: what was removed where, what stays, what was found."""
    moments = ("asked_at", "suppressed_at", "finished_at")
    return {
        "erasure": erasure.id,
        "person": erasure.reference,
        "status": erasure.status.value,
        "step": erasure.step.value,
        "waits_for": erasure.waits_for,
        **{name: _text(getattr(erasure, name)) for name in moments},
        "removed": dict(erasure.counts),
        "left": list(erasure.left),
        "found_again": erasure.found_again,
    }


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
