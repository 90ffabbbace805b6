"""Histograms in one pass over numbers whose range is not known beforehand."""

import numpy as np

BINS = 24
_FINE_BINS = 1_536


class GrowingHistogram:
    """Counts numbers in fine bins; what lies outside makes the bins twice as wide, until it fits.

    The memory is that of the fine bins, however many numbers there are. In the end the fine bins
    are put together to a few of equal width between smallest and largest number. At least a
    quarter of the fine bins then lies between these, so a number beside a bin's edge may be counted
    in its neighbour where it is nearer to the edge than about a sixteenth of a bin.
    """

    def __init__(self) -> None:
        self._counts = np.zeros(_FINE_BINS, dtype=np.int64)
        self._start = 0.0
        self._width = 0.0
        self.least = np.inf
        self.most = -np.inf

    def add(self, numbers: np.ndarray, counts: np.ndarray | None = None) -> None:
        """Take numbers, each as often as `counts` says, or once."""
        if not len(numbers):
            return
        least, most = float(numbers.min()), float(numbers.max())
        self.least, self.most = min(self.least, least), max(self.most, most)
        if not self._width:
            self._width = max((most - least) / (_FINE_BINS // 2), abs(least) * 1e-12, 1e-12)
            self._start = least - self._width / 2
        while self.least < self._start or self.most >= self._start + _FINE_BINS * self._width:
            self._double(is_downwards=self.least < self._start)
        places = ((numbers - self._start) / self._width).astype(np.int64)
        np.clip(places, 0, _FINE_BINS - 1, out=places)
        self._counts += np.bincount(places, counts, _FINE_BINS).astype(np.int64)

    def absorb(self, other: "GrowingHistogram") -> None:
        """Take what another one has counted."""
        filled = np.flatnonzero(other._counts)
        middles = other._start + (filled + 0.5) * other._width
        self.add(np.clip(middles, other.least, other.most), other._counts[filled])
        if len(filled):
            self.least, self.most = min(self.least, other.least), max(self.most, other.most)

    def scaled(self, factor: float) -> "GrowingHistogram":
        """Return the histogram of all numbers multiplied by a positive factor."""
        scaled = GrowingHistogram()
        scaled._counts = self._counts.copy()
        scaled._start, scaled._width = self._start * factor, self._width * factor
        scaled.least, scaled.most = self.least * factor, self.most * factor
        return scaled

    def bins(self, *, are_whole: bool) -> tuple[int, ...]:
        """Return counts in bins of equal width; of whole numbers no more bins than numbers."""
        if self.most < self.least:
            return ()
        reach = self.most - self.least
        count = min(BINS, int(reach) + 1) if are_whole else BINS
        if not reach:
            return (int(self._counts.sum()),)
        filled = np.flatnonzero(self._counts)
        middles = self._start + (filled + 0.5) * self._width
        places = ((middles - self.least) / reach * count).astype(np.int64)
        np.clip(places, 0, count - 1, out=places)
        return tuple(int(n) for n in np.bincount(places, self._counts[filled], count))

    def _double(self, *, is_downwards: bool) -> None:
        half = _FINE_BINS // 2
        pairs = self._counts.reshape(half, 2).sum(axis=1)
        self._counts = np.zeros(_FINE_BINS, dtype=np.int64)
        if is_downwards:
            self._counts[half:] = pairs
            self._start -= _FINE_BINS * self._width
        else:
            self._counts[:half] = pairs
        self._width *= 2
