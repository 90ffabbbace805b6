"""What every save of an audience does before its commit, whichever door it comes through."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from app.audiences.models import Audience, AudienceStatus, AudienceVersion
from app.audiences.tree import checking, reading, references
from app.audiences.tree.checking import Problems
from app.audiences.tree.vocabulary import Known, Vocabulary
from app.audiences.tree.writing import to_json
from app.extensions import db


def change(audience: Audience, version: int, values: dict[str, Any], now: datetime) -> bool:
    """Write values over a version, to be evaluated; False where it is no longer the newest."""
    changed = db.session.scalar(
        update(Audience)
        .where(Audience.id == audience.id, Audience.version == version)
        .values(version=version + 1, status=AudienceStatus.QUEUED, changed_at=now, **values)
        .returning(Audience.id)
    )
    db.session.refresh(audience)
    return changed is not None


def settle(audience: Audience, vocabulary: Vocabulary, *, by: str, now: datetime) -> Problems:
    """Keep the tree of a written audience by ids, and as a version where it is another.

    Returns what of it cannot be evaluated, by path; the caller takes all back then. The vocabulary
    was read after the write, so that of two saves at once the second sees the first.
    """
    tree = references.with_ids(reading.parsed(audience.tree), vocabulary)
    own = Known(audience.public_id, audience.name, tree, audience.zone)
    problems = checking.problems(tree, vocabulary, own)
    if not problems:
        audience.tree = to_json(tree)
        _keep(audience, by, now)
    return problems


def _keep(audience: Audience, by: str, now: datetime) -> None:
    newest = db.session.scalars(
        select(AudienceVersion)
        .where(AudienceVersion.audience_id == audience.id)
        .order_by(AudienceVersion.number.desc())
        .limit(1)
    ).first()
    if newest is not None and (newest.tree, newest.zone) == (audience.tree, audience.zone):
        return
    db.session.add(
        AudienceVersion(
            audience_id=audience.id,
            number=audience.version,
            name=audience.name,
            tree=audience.tree,
            zone=audience.zone,
            saved_at=now,
            saved_by=by,
        )
    )
