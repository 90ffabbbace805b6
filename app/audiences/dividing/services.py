"""Making several audiences of others at once: all of them, or none."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.audiences import queries as audiences
from app.audiences import saving
from app.audiences.dividing import queries
from app.audiences.dividing.planned import Planned, names_from
from app.audiences.models import Audience, AudienceStatus
from app.audiences.services import AudienceNameTaken
from app.audiences.tree import reading
from app.audiences.tree.writing import to_json
from app.extensions import db
from app.queue import JobName, ring

log = logging.getLogger(__name__)


def create_all(*, planned: Sequence[Planned], now: datetime, by: str = "") -> list[Audience]:
    """Save the audiences and have their members found.

    Raises AudienceNameTaken with the name, or TreeInvalid where what they ask for is gone.
    """
    names = [each.name for each in planned]
    if (taken := queries.first_taken(names)) is not None:
        raise AudienceNameTaken(taken)
    made = [_audience(each, now) for each in planned]
    db.session.add_all(made)
    try:
        db.session.flush()
        _settle(made, by, now)
        db.session.commit()
    except IntegrityError as failure:
        db.session.rollback()
        raise AudienceNameTaken(queries.first_taken(names) or names[0]) from failure
    for audience in made:
        ring(JobName.EVALUATE_AUDIENCE, audience_id=audience.id)
        log.info("audience.created", extra={"audience_id": audience.id})
    return made


def create_named_freely(*, planned: Planned, now: datetime, by: str = "") -> Audience:
    """Save an audience under its name, or under that with the first number that is free."""
    for name in names_from(planned.name):
        try:
            return create_all(planned=[replace(planned, name=name)], now=now, by=by)[0]
        except AudienceNameTaken:
            continue
    raise AssertionError("There is always another name.")


def _settle(made: Sequence[Audience], by: str, now: datetime) -> None:
    vocabulary = audiences.vocabulary()
    for audience in made:
        problems = saving.settle(audience, vocabulary, by=by, now=now)
        if problems:
            db.session.rollback()
            raise reading.TreeInvalid(problems)


def _audience(planned: Planned, now: datetime) -> Audience:
    return Audience(
        name=planned.name,
        description=planned.description[:500],
        tags=[],
        tree=to_json(reading.parsed(planned.tree)),
        zone=planned.zone,
        status=AudienceStatus.QUEUED,
        created_at=now,
        changed_at=now,
    )
