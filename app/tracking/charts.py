"""Events over time by what they are: the most frequent ones apart, the rest together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from app.tracking import tallies
from app.tracking.tallies import Tally

APART = 7


class Period(StrEnum):
    """How far back a chart looks."""

    DAY = "24h"
    WEEK = "7d"
    MONTH = "30d"

    @property
    def label(self) -> str:
        """The period in words."""
        return {"24h": "24 hours", "7d": "7 days", "30d": "30 days"}[self.value]

    @property
    def hours(self) -> int:
        """How many hours are in a bar."""
        return {"24h": 1, "7d": 6, "30d": 24}[self.value]

    @property
    def a_bar(self) -> str:
        """What a bar stands for, in words."""
        return {"24h": "hour", "7d": "6 hours", "30d": "day"}[self.value]

    @property
    def bar_count(self) -> int:
        """How many bars there are."""
        return {"24h": 24, "7d": 28, "30d": 30}[self.value]


@dataclass(frozen=True)
class Bar:
    """The events of some hours."""

    begins_at: datetime
    ends_at: datetime
    count: int

    @property
    def label(self) -> str:
        """When that was."""
        end = "" if self.ends_at - self.begins_at == timedelta(days=1) else f"–{self.ends_at:%H:%M}"
        begin = f"{self.begins_at.day} {self.begins_at:%b}"
        return f"{begin} {self.begins_at:%H:%M}{end}" if end else begin


@dataclass(frozen=True)
class Chart:
    """The bars of one event; of all that are not `without`, where it is the rest."""

    label: str
    event: str
    without: tuple[str, ...]
    bars: tuple[Bar, ...]

    @property
    def count(self) -> int:
        """How many events there are in all bars."""
        return sum(bar.count for bar in self.bars)

    @property
    def counts(self) -> list[int]:
        """The numbers of the bars."""
        return [bar.count for bar in self.bars]


def drawn(tally: Tally, period: Period, *, now: datetime) -> list[Chart]:
    """Return all events, the most frequent ones of the period, and the rest, where there is one."""
    begins = _begins(period, now)
    numbers = tallies.by_hour(tally, since=begins[0], hours=period.hours)
    totals: dict[str, int] = {}
    for (event, place), number in numbers.items():
        if place < period.bar_count:
            totals[event] = totals.get(event, 0) + number
    ranked = sorted(totals, key=lambda event: (-totals[event], event))
    # A rest of one would be no shorter than its name.
    apart = ranked if len(ranked) <= APART + 1 else ranked[:APART]
    rest = ranked[len(apart) :]
    charts = [_chart("All events", "", (), ranked, numbers, begins, period)]
    charts += [_chart(event, event, (), [event], numbers, begins, period) for event in apart]
    if rest:
        charts.append(_chart("Other", "", tuple(apart), rest, numbers, begins, period))
    return charts


def _begins(period: Period, now: datetime) -> list[datetime]:
    step = period.hours * 3600
    last = int(now.timestamp()) // step
    places = range(last - period.bar_count + 1, last + 1)
    return [datetime.fromtimestamp(place * step, UTC) for place in places]


def _chart(
    label: str,
    event: str,
    without: tuple[str, ...],
    members: Sequence[str],
    numbers: Mapping[tuple[str, int], int],
    begins: Sequence[datetime],
    period: Period,
) -> Chart:
    bars = [
        Bar(
            begin,
            begin + timedelta(hours=period.hours),
            sum(numbers.get((member, place), 0) for member in members),
        )
        for place, begin in enumerate(begins)
    ]
    return Chart(label, event, without, tuple(bars))
