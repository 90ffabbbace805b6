"""How many people are in which of several audiences, by one question to the log for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.audiences import changes
from app.lake import engine
from app.lake.tables import Lake

MOST_AUDIENCES = 12
SHADES = 5


class Part(StrEnum):
    """Where somebody is, of two audiences."""

    FIRST = "first"
    BOTH = "both"
    SECOND = "second"

    @property
    def mask(self) -> int:
        """The part as a sum of bits, one for each audience."""
        return {"first": 1, "both": 3, "second": 2}[self.value]


@dataclass(frozen=True)
class Cell:
    """How many are in two audiences, and what share of the row's that is."""

    count: int
    size: int

    @property
    def share(self) -> float:
        """The share of the row's audience."""
        return self.count / self.size if self.size else 0.0

    @property
    def shade(self) -> int:
        """How dark it is drawn; only nobody is not shaded at all."""
        return -(-self.count * SHADES // self.size) if self.count else 0


def counts(lake: Lake, spill: Path, audience_ids: Sequence[str]) -> dict[int, int]:
    """Return how many people are in just these audiences: by the sum of 2 ** their places."""
    with engine.connection(spill) as session:
        found = session.execute(
            f"SELECT mask, count(*) FROM ({_masks(lake, audience_ids)}) GROUP BY mask"
        ).fetchall()
    return {int(mask): int(count) for mask, count in found}


def matrix(by_mask: dict[int, int], number: int) -> list[list[Cell]]:
    """Return the cells of each row, of so many audiences."""

    def both(one: int, other: int) -> int:
        asked = 1 << one | 1 << other
        return sum(count for mask, count in by_mask.items() if mask & asked == asked)

    sizes = [both(place, place) for place in range(number)]
    return [
        [Cell(both(row, column), sizes[row]) for column in range(number)] for row in range(number)
    ]


def people(
    lake: Lake, spill: Path, audience_ids: Sequence[str], part: Part, *, limit: int, offset: int
) -> list[str]:
    """Return some of the people of one part of two audiences."""
    with engine.connection(spill) as session:
        found = session.execute(
            f"SELECT person_id FROM ({_masks(lake, audience_ids)}) WHERE mask = {part.mask} "
            f"ORDER BY length(person_id), person_id LIMIT {int(limit)} OFFSET {int(offset)}"
        ).fetchall()
    return [str(person_id) for (person_id,) in found]


def _masks(lake: Lake, audience_ids: Sequence[str]) -> str:
    """Return the SQL for each person with a bit for each audience they are in."""
    listed = ", ".join(engine.literal(each) for each in audience_ids)
    bit = f"(1 << (list_position([{listed}], audience_id) - 1))"
    return (
        f"SELECT person_id, sum({changes.NET} * {bit}) AS mask "
        f"FROM ({changes.of(lake, audience_ids)}) GROUP BY person_id HAVING mask > 0"
    )
