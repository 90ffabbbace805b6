"""What is counted of a column for each kind that its values may be of."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

import numpy as np

from app.tabular.columns.histograms import GrowingHistogram
from app.tabular.columns.readings import Reading
from app.tabular.columns.values import Values

MOST_COUNTER_EXAMPLES = 3
# In microseconds, as times are counted.
DAY = 86_400_000_000


@dataclass(frozen=True)
class CounterExample:
    """A value that is not of the type that nearly all others are, and its line."""

    line: int
    value: str


@dataclass
class Tally:
    """How many values fit one kind, the first that do not, and the extent of those that do."""

    fitting: int = 0
    against: list[CounterExample] = field(default_factory=list)
    least: Any = None
    most: Any = None
    histogram: GrowingHistogram = field(default_factory=GrowingHistogram)

    def take(self, values: Values, found: Reading) -> None:
        """Count the values that fit."""
        self.fitting += values.count_where(found.fits)
        self._widen(found.least, found.most)
        if found.numbers is not None:
            counts = None if values.counts is None else values.counts[found.fits]
            self.histogram.add(found.numbers, counts)

    def note(self, values: Values, fits: np.ndarray) -> None:
        """Keep the first values that do not fit, with their lines."""
        if len(self.against) == MOST_COUNTER_EXAMPLES or fits.all():
            return
        against = values.where(~fits).slice(0, MOST_COUNTER_EXAMPLES - len(self.against))
        self.against += [
            CounterExample(int(line), text)
            for line, text in zip(against.lines, against.texts.to_pylist(), strict=True)
        ]

    def with_those_of(self, other: "Tally") -> "Tally":
        """Return this tally together with that of a narrower kind."""
        if not other.fitting:
            return self
        if isinstance(other.least, date):
            other = other._as_midnights()
        both = Tally(self.fitting + other.fitting, self.against)
        for each in (self, other):
            both._widen(each.least, each.most)
            both.histogram.absorb(each.histogram)
        return both

    def _as_midnights(self) -> "Tally":
        """Return a tally of dates as one of times, as which they are the beginnings of days."""
        least, most = (datetime.combine(day, time(), UTC) for day in (self.least, self.most))
        return Tally(self.fitting, self.against, least, most, self.histogram.scaled(DAY))

    def _widen(self, least: Any, most: Any) -> None:
        if least is None:
            return
        self.least = least if self.least is None else min(self.least, least)
        self.most = most if self.most is None else max(self.most, most)
