"""Reading audiences, their members and what changed, as other systems ask for it."""

import re
from collections.abc import Iterable

from sqlalchemy import select

from app import storage
from app.audiences.feed import pages
from app.audiences.feed.pages import ChangesPage, MembersPage
from app.audiences.models import Audience
from app.extensions import db


def list_audiences(*, after: str, limit: int) -> tuple[list[Audience], str | None]:
    """Return audiences by their ids, and the one to go on after where there are more."""
    found = select(Audience).where(Audience.public_id > after).order_by(Audience.public_id)
    rows = list(db.session.scalars(found.limit(limit + 1)))
    return rows[:limit], rows[limit - 1].public_id if len(rows) > limit else None


def find_audience(public_id: str) -> Audience | None:
    """Return the audience that other systems know by this id."""
    return db.session.scalar(select(Audience).where(Audience.public_id == public_id))


def is_deleted(public_id: str) -> bool:
    """Tell whether there was such an audience, by the log, and is not any more."""
    is_id = re.fullmatch("[0-9a-f]{32}", public_id) is not None
    return is_id and find_audience(public_id) is None and pages.is_known(storage.lake(), public_id)


def deleted_of(public_ids: Iterable[str]) -> list[str]:
    """Return those of these audiences of the log that are deleted."""
    asked = set(public_ids)
    there = db.session.scalars(select(Audience.public_id).where(Audience.public_id.in_(asked)))
    return sorted(asked - set(there))


def page_of_members(audience: Audience, *, after: int, limit: int) -> MembersPage:
    """Return members of an audience who entered after a sequence."""
    return pages.members(
        storage.lake(), storage.spill(), audience.public_id, after=after, limit=limit
    )


def page_of_changes(public_id: str | None, *, after: int, limit: int) -> ChangesPage:
    """Return changes after a sequence, of one audience or all; raise SequenceAhead."""
    return pages.changed(storage.lake(), storage.spill(), public_id, after=after, limit=limit)
