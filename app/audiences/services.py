"""Saving audiences, taking them back to a version, deleting them."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.audiences import queries, saving
from app.audiences.models import Audience, AudienceStatus, AudienceVersion
from app.audiences.tree import reading
from app.audiences.tree.conditions import Group
from app.audiences.tree.reading import TreeInvalid
from app.audiences.tree.writing import to_json
from app.extensions import db
from app.queue import JobName, ring

log = logging.getLogger(__name__)


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
    zone: str = "UTC",
    now: datetime,
    by: str = "",
) -> Audience:
    """Save a new audience and have its members found; raise AudienceNameTaken, TreeInvalid."""
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
    _settle(audience, name, by, now)
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
    zone: str = "UTC",
    now: datetime,
    by: str = "",
) -> Audience:
    """Change an audience and have its members found.

    Raises EditedElsewhere, AudienceNameTaken or TreeInvalid.
    """
    audience = db.session.get_one(Audience, audience_id)
    values = {
        "name": name.strip(),
        "description": description.strip(),
        "tags": list(tags),
        "tree": to_json(tree),
        "zone": zone,
    }
    if not _written(audience, version, values, now):
        raise EditedElsewhere(audience_id)
    _settle(audience, name, by, now)
    ring(JobName.EVALUATE_AUDIENCE, audience_id=audience_id)
    return audience


def restore_version(
    *, audience_id: int, number: int, version: int, now: datetime, by: str = ""
) -> Audience:
    """Save what an earlier version asked for; raise EditedElsewhere, TreeInvalid."""
    audience = db.session.get_one(Audience, audience_id)
    kept = db.session.scalars(
        select(AudienceVersion).where(
            AudienceVersion.audience_id == audience_id, AudienceVersion.number == number
        )
    ).one()
    return save_audience(
        audience_id=audience_id,
        version=version,
        name=audience.name,
        description=audience.description,
        tags=audience.tags,
        tree=reading.parsed(kept.tree),
        zone=kept.zone,
        now=now,
        by=by,
    )


def delete_audience(*, audience_id: int) -> None:
    """Delete an audience that no activation sends; raise AudienceInUse."""
    db.session.delete(db.session.get_one(Audience, audience_id))
    try:
        db.session.commit()
    except IntegrityError as failure:
        db.session.rollback()
        raise AudienceInUse(audience_id) from failure
    log.info("audience.deleted", extra={"audience_id": audience_id})


def _written(audience: Audience, version: int, values: dict[str, Any], now: datetime) -> bool:
    """Write these values over that version; False where it is no longer the newest."""
    try:
        is_ours = saving.change(audience, version, values, now)
    except IntegrityError as failure:
        db.session.rollback()
        raise AudienceNameTaken(values["name"]) from failure
    if not is_ours:
        db.session.rollback()
    return is_ours


def _settle(audience: Audience, name: str, by: str, now: datetime) -> None:
    """Keep what was written as a version, unless it cannot be evaluated."""
    try:
        db.session.flush()
    except IntegrityError as failure:
        db.session.rollback()
        raise AudienceNameTaken(name) from failure
    problems = saving.settle(audience, queries.vocabulary(), by=by, now=now)
    if problems:
        db.session.rollback()
        raise TreeInvalid(problems)
    db.session.commit()
