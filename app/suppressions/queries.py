"""Reading what is suppressed, at once and cheaply: usually there is nothing, or little."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from sqlalchemy import func, select

from app import pseudonyms
from app.extensions import db
from app.suppressions.models import IdentifierKind, Suppression
from app.suppressions.suppressed import Suppressed, Who

Given = TypeVar("Given")


def suppressed() -> Suppressed:
    """Return everything that is suppressed now, to be asked without the database."""
    digests = frozenset(db.session.scalars(select(Suppression.digest)))
    return Suppressed(pseudonyms.key(), digests) if digests else Suppressed()


def kept(found: Iterable[Given], who: Callable[[Given], Who]) -> list[Given]:
    """Return what is about nobody suppressed, in order; `who` tells of one whom it is about."""
    return suppressed().kept(found, who)


def count_suppressed() -> dict[IdentifierKind, int]:
    """Return how many identifiers of each kind are suppressed."""
    found = select(Suppression.kind, func.count()).group_by(Suppression.kind)
    counts = {row[0]: row[1] for row in db.session.execute(found)}
    return {kind: counts.get(kind, 0) for kind in IdentifierKind}
