"""Saved audiences as what their file would say."""

from collections.abc import Sequence

from sqlalchemy import select

from app.audiences import queries
from app.audiences.as_code.describing import Described
from app.audiences.models import Audience
from app.audiences.tree import references
from app.audiences.tree.vocabulary import Vocabulary
from app.extensions import db


def described(audiences: Sequence[Audience]) -> list[Described]:
    """Return what the file of these audiences says."""
    vocabulary = queries.vocabulary()
    return [_described(each, vocabulary) for each in audiences]


def list_all() -> Sequence[Audience]:
    """Return all audiences with conditions, by name; a list has none that a file could say."""
    return db.session.scalars(
        select(Audience).where(~Audience.is_list).order_by(Audience.name)
    ).all()


def _described(audience: Audience, vocabulary: Vocabulary) -> Described:
    return Described(
        name=audience.name,
        description=audience.description,
        tags=tuple(audience.tags),
        zone=audience.zone,
        tree=references.with_names(queries.tree_of(audience), vocabulary),
    )
