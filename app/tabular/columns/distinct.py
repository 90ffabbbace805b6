"""Counts distinct values in bounded memory: exactly while they are few, then by estimate."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.columns.hashing import hashes_of
from app.tabular.columns.seen_hashes import SeenHashes
from app.tabular.columns.words import Words

MOST_EXACT = 100_000
KEPT = 20_000
# A file may have thousands of columns: together they keep no more than this many hashes.
MOST_TOGETHER = 10_000_000
_HASHES = 2.0**64


class DistinctCounter:
    """Keeps the smallest hashes of all values seen.

    While not one had to be dropped, their number is the count. After that, how close together the
    smallest k lie tells how many there are (k minimum values; 0.7 % standard error at k = 20,000).
    """

    def __init__(self, most_exact: int = MOST_EXACT) -> None:
        self._most_exact = most_exact
        self._smallest = np.array([], dtype=np.uint64)
        self._waiting: list[np.ndarray] = []
        self._waiting_count = 0
        self._is_exact = True
        self._bound = np.uint64(0)
        self._seen: SeenHashes | None = None

    def add(self, words: Words) -> None:
        """Take the values of a batch, distinct or not."""
        hashes = hashes_of(words)
        if not self._is_exact:
            hashes = hashes[hashes < self._bound]
        elif self._seen is not None:
            hashes = self._seen.new_among(hashes)
        self._waiting.append(hashes)
        self._waiting_count += len(hashes)
        if self._waiting_count > self._most_exact:
            self._put_together()

    @property
    def is_exact(self) -> bool:
        """Return whether the count is exact."""
        self._put_together()
        return self._is_exact

    @property
    def count(self) -> int:
        """Return how many distinct values there are, or about how many."""
        if self.is_exact:
            return len(self._smallest)
        return round((len(self._smallest) - 1) / (float(self._smallest.max()) / _HASHES))

    def _put_together(self) -> None:
        if not self._waiting_count:
            return
        together = np.concatenate([self._smallest, *self._new_waiting()])
        if not self._is_exact and len(together) > 2 * KEPT:
            # Only the smallest are wanted: the others need not be told apart.
            together = np.partition(together, 2 * KEPT)[: 2 * KEPT]
        # By a table of what was seen, in less time than sorting takes.
        together = pc.unique(pa.array(together)).to_numpy()
        self._is_exact = self._is_exact and len(together) <= self._most_exact
        if not self._is_exact:
            kept = min(KEPT, self._most_exact)
            together = np.partition(together, kept)[:kept] if len(together) > kept else together
            self._bound, self._seen = together.max(), None
        self._smallest, self._waiting, self._waiting_count = together, [], 0

    def _new_waiting(self) -> list[np.ndarray]:
        """Return what waits, from now on without most of what was seen before."""
        are_many = self._waiting_count > self._most_exact
        # One such table is larger than the hashes kept: wide files have none.
        if self._seen or not (self._is_exact and are_many and self._most_exact == MOST_EXACT):
            return self._waiting
        self._seen = SeenHashes()
        waiting = [self._seen.new_among(hashes) for hashes in self._waiting]
        self._is_exact = self._seen.least_count <= self._most_exact
        return waiting


def most_exact_for(column_count: int) -> int:
    """Return how many values each of so many columns may count exactly."""
    return max(1_000, min(MOST_EXACT, MOST_TOGETHER // max(1, column_count)))
