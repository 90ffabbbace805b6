"""What a dataset is by a model of dictionaries: each row is a pile of what runs wrote there."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

Value = tuple[str, str]


@dataclass
class Piles:
    """The top of a pile is what there is; undoing a run takes its writes from the tops."""

    piles: dict[str, list[tuple[int, Value]]] = field(default_factory=lambda: defaultdict(list))
    wrote: Counter[int] = field(default_factory=Counter)
    undone: set[int] = field(default_factory=set)

    def write(self, run: int, row: str, value: Value) -> None:
        """Write a row, unless it is so already: that changes nothing, so there is nothing of it."""
        pile = self.piles[row]
        if not pile or pile[-1][1] != value:
            pile.append((run, value))
            self.wrote[run] += 1

    def is_newer(self, row: str, than: int, but_for: set[int]) -> bool:
        """Tell whether what is there is of a run since one, and of none of these."""
        pile = self.piles[row]
        return bool(pile) and pile[-1][0] > than and pile[-1][0] not in but_for

    def undo(self, run: int) -> None:
        """Take back what a run wrote and nobody has written over."""
        for pile in self.piles.values():
            if pile and pile[-1][0] == run:
                pile.pop()
        self.undone.add(run)

    def can_be_undone(self, run: int) -> bool:
        """Tell whether a run wrote something of which some may still be there."""
        is_left = any(number == run for pile in self.piles.values() for number, _ in pile)
        return self.wrote[run] > 0 and (run not in self.undone or is_left)

    @property
    def rows(self) -> dict[str, Value]:
        """The rows there are."""
        return {row: pile[-1][1] for row, pile in self.piles.items() if pile}
