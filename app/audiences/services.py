"""Saving audiences, finding their members by a job, keeping them fresh."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.audiences.models import Audience, AudienceStatus
from app.audiences.tree.conditions import Group
from app.audiences.tree.writing import to_json
from app.extensions import db
from app.queue import JobName, ring

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


def _commit(name: str) -> None:
    try:
        db.session.commit()
    except IntegrityError as failure:
        db.session.rollback()
        raise AudienceNameTaken(name) from failure
