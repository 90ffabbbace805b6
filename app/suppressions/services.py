"""Suppressing identifiers of people who were erased, and letting them come back."""

import logging
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select

from app import pseudonyms
from app.accounts import services as accounts
from app.extensions import db
from app.suppressions.models import IdentifierKind, Suppression

log = logging.getLogger(__name__)


class NotSuppressed(Exception):
    """Nothing is suppressed under this identifier."""


def suppress(*, person_id: str, anonymous_ids: Iterable[str], now: datetime) -> int:
    """Take these identifiers in no more; return how many are new. Suppressed twice is once."""
    key = pseudonyms.key()
    wanted = [(IdentifierKind.PERSON, person_id)]
    wanted += [(IdentifierKind.ANONYMOUS, each) for each in anonymous_ids]
    count = 0
    for kind, identifier in wanted:
        digest = pseudonyms.digest(key, kind.value, identifier)
        known = select(Suppression.id).where(Suppression.kind == kind, Suppression.digest == digest)
        if db.session.scalar(known) is None:
            db.session.add(Suppression(kind=kind, digest=digest, created_at=now))
            db.session.flush()
            count += 1
    db.session.commit()
    return count


def lift(*, identifier: str, user_id: int | None, now: datetime) -> int:
    """Take an identifier in again, as a person and as an anonymous id; raise NotSuppressed.

    What was erased does not come back by that: it is sent anew, or it stays away.
    """
    key, given = pseudonyms.key(), identifier.strip()
    digests = [pseudonyms.digest(key, kind.value, given) for kind in IdentifierKind]
    found = list(db.session.scalars(select(Suppression).where(Suppression.digest.in_(digests))))
    if not found:
        raise NotSuppressed
    ids = [each.id for each in found]
    db.session.execute(delete(Suppression).where(Suppression.id.in_(ids)))
    accounts.record(user_id=user_id, action="suppression.lifted", subject=str(ids[0]), now=now)
    db.session.commit()
    log.info("suppression.lifted", extra={"suppression_id": ids[0]})
    return len(found)
