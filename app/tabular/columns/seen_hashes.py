"""Remembers hashes, as far as there is room, so that most of those that come again are known."""

import numpy as np

_PLACES = 1 << 18
_NUMBERS = np.arange(_PLACES, dtype=np.uint64)


class SeenHashes:
    """A table in which each hash has one place, and the last one to come stays there."""

    def __init__(self) -> None:
        # What has its place elsewhere is no hash that came.
        self._table = ~_NUMBERS

    @property
    def least_count(self) -> int:
        """Return how many different hashes there were at least: each place taken is by one."""
        return int(np.count_nonzero(self._table & _NUMBERS[-1] == _NUMBERS))

    def new_among(self, hashes: np.ndarray) -> np.ndarray:
        """Return hashes without those that are known to have come before this call."""
        places = (hashes & _NUMBERS[-1]).view(np.int64)
        new = np.flatnonzero(self._table.take(places) != hashes)
        found = hashes.take(new)
        self._table[places.take(new)] = found
        return found
