"""The filled values of a column in one batch: each distinct one once where that saves work."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from app.tabular.columns.words import Words

HEAD = 1_024


@dataclass(frozen=True)
class Values:
    """Texts, none of them null or empty, with how often each is there (once without) and where."""

    texts: pa.Array
    lines: np.ndarray
    counts: np.ndarray | None = None

    @cached_property
    def words(self) -> Words:
        """The bytes of the texts as numbers; there has to be a text."""
        return Words(self.texts)

    @property
    def total(self) -> int:
        """Return how many cells these are."""
        return len(self.texts) if self.counts is None else int(self.counts.sum())

    def where(self, mask: np.ndarray) -> "Values":
        """Return those at which the mask is true."""
        counts = None if self.counts is None else self.counts[mask]
        return Values(self.texts.filter(pa.array(mask)), self.lines[mask], counts)

    def count_where(self, mask: np.ndarray) -> int:
        """Return for how many cells the mask is true."""
        return int(np.count_nonzero(mask) if self.counts is None else self.counts[mask].sum())

    def slice(self, start: int, length: int | None = None) -> "Values":
        """Return some of them, in their order."""
        end = None if length is None else start + length
        counts = None if self.counts is None else self.counts[start:end]
        return Values(self.texts.slice(start, length), self.lines[start:end], counts)


def values_of(
    texts: pa.Array, lines: np.ndarray, *, must_be_distinct: bool
) -> tuple[Values, Values]:
    """Return the values of a batch, and those of its first rows, each distinct one once.

    The former are distinct too, unless they need not be and the first rows say that hardly any
    value comes twice.
    """
    head = distinct_values(texts.slice(0, HEAD), lines[:HEAD])
    if len(texts) <= HEAD:
        return head, head
    if len(head.texts) > HEAD / 2 and not must_be_distinct:
        return Values(texts, lines), head
    return distinct_values(texts, lines), head


def distinct_values(texts: pa.Array, lines: np.ndarray) -> Values:
    """Return each distinct text in order of appearance, how often and in which line first."""
    encoded = texts.dictionary_encode()
    codes = encoded.indices.to_numpy(zero_copy_only=False)
    distinct = encoded.dictionary
    counts = np.bincount(codes, minlength=len(distinct))
    first = np.zeros(len(distinct), dtype=np.int64)
    # Written from the last to the first, so that the first is what stays.
    first[codes[::-1]] = lines[::-1]
    return Values(distinct, first, counts)
