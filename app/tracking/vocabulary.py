"""The names that senders use: what each counts as here, and how many events came with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.tracking.names import EventKind

NAMES_A_PAGE = 25
ITSELF = "itself"


@dataclass(frozen=True)
class KnownName:
    """A name, how many events came with it, and what it counts as: nothing of ours, if None."""

    name: str
    number: int
    kind: EventKind | None = None

    @property
    def counts_as(self) -> str:
        """The kind in words; a name that means none of ours stands for itself."""
        return self.kind.value if self.kind else ITSELF


@dataclass(frozen=True)
class NamePage:
    """Some of the names that match."""

    items: Sequence[KnownName]
    count: int
    number: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.count // NAMES_A_PAGE))


def unmapped(
    tracked: Sequence[tuple[str, int]], kinds: Mapping[str, EventKind | None]
) -> list[KnownName]:
    """Return the names that came and that nobody has said a meaning of, in the order given."""
    return [KnownName(name, number) for name, number in tracked if name not in kinds]


def known(numbers: Mapping[str, int], kinds: Mapping[str, EventKind | None]) -> list[KnownName]:
    """Return the names that somebody has said a meaning of, by name."""
    ordered = sorted(kinds, key=lambda name: (name.casefold(), name))
    return [KnownName(name, numbers.get(name, 0), kinds[name]) for name in ordered]


def page(names: Sequence[KnownName], *, search: str, number: int) -> NamePage:
    """Return a page of the names that hold what is searched for; the last where there are fewer."""
    wanted = search.strip().casefold()
    matching = [each for each in names if wanted in each.name.casefold()]
    last = max(1, -(-len(matching) // NAMES_A_PAGE))
    start = (min(number, last) - 1) * NAMES_A_PAGE
    return NamePage(matching[start : start + NAMES_A_PAGE], len(matching), min(number, last))
