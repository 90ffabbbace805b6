"""Reading what audiences made of others would come to."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app.audiences import queries as audiences
from app.audiences.dividing.planned import Planned, Source
from app.audiences.models import Audience
from app.audiences.tree import reading
from app.extensions import db


def source_of(audience: Audience) -> Source:
    """Return an audience as one that others are made of."""
    return Source(audience.public_id, audience.name, audience.zone)


def list_audiences() -> Sequence[Audience]:
    """Return all audiences, by name."""
    return db.session.scalars(select(Audience).order_by(Audience.name)).all()


def counts(planned: Sequence[Planned], now: datetime) -> list[int]:
    """Return how many people each would have now; raise as `audiences.count` does."""
    return [
        audiences.count(reading.parsed(each.tree), zone=each.zone, now=now).member_count
        for each in planned
    ]


def first_taken(names: Sequence[str]) -> str | None:
    """Return the first of the names that an audience has."""
    taken = set(db.session.scalars(select(Audience.name).where(Audience.name.in_(names))))
    return next((name for name in names if name in taken), None)
