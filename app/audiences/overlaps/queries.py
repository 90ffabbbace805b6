"""Reading what several audiences have in common."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app import storage
from app.audiences.models import Audience
from app.audiences.overlaps import counting
from app.audiences.overlaps.counting import Cell, Part
from app.extensions import db

PEOPLE_A_PAGE = 50


@dataclass(frozen=True)
class Pair:
    """Two audiences, and a page of those who are in one part of them."""

    one: Audience
    other: Audience
    counts: dict[Part, int]
    rows: list[str]
    number: int
    last: int


def list_choices() -> list[Audience]:
    """Return all audiences, by name."""
    return list(db.session.scalars(select(Audience).order_by(Audience.name)))


def find_audience(public_id: str) -> Audience | None:
    """Return the audience that other systems know by this id."""
    return db.session.scalar(select(Audience).where(Audience.public_id == public_id))


def matrix_of(audiences: Sequence[Audience]) -> list[list[Cell]]:
    """Return how many are in both of each two audiences, a row for each."""
    ids = [audience.public_id for audience in audiences]
    by_mask = counting.counts(storage.lake(), storage.spill(), ids)
    return counting.matrix(by_mask, len(ids))


def pair_of(one: Audience, other: Audience, part: Part, number: int) -> Pair:
    """Return how two audiences overlap, with a page of one part; the last where there are fewer."""
    lake, spill, ids = storage.lake(), storage.spill(), [one.public_id, other.public_id]
    by_mask = counting.counts(lake, spill, ids)
    counts = {each: by_mask.get(each.mask, 0) for each in Part}
    last = max(1, -(-counts[part] // PEOPLE_A_PAGE))
    number = min(number, last)
    offset = (number - 1) * PEOPLE_A_PAGE
    rows = counting.people(lake, spill, ids, part, limit=PEOPLE_A_PAGE, offset=offset)
    return Pair(one, other, counts, rows, number, last)
