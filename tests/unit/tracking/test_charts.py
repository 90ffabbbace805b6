"""Events over time: bars that add up, the most frequent apart, the rest together."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from app.tracking import charts, tallies
from app.tracking.charts import APART, Period
from app.tracking.tallies import Tally

NOW = datetime(2026, 11, 26, 17, 30, tzinfo=UTC)
HOUR = int(NOW.timestamp()) // 3600


def tally(rows):
    """Return a tally of (event, hours ago, number)."""
    hours = [{"event": event, "hour": HOUR - ago, "number": n} for event, ago, n in rows]
    return Tally(tallies._NAMES.empty_table(), pa.Table.from_pylist(hours, tallies._HOURS))


@pytest.mark.parametrize("period", list(Period))
def test_each_event_of_the_period_is_in_one_bar(period):
    rows = [("visit", ago, 1) for ago in range(24 * 31)]

    whole, visits = charts.drawn(tally(rows), period, now=NOW)

    assert whole.counts == visits.counts
    assert len(whole.bars) == period.bar_count
    assert whole.bars[-1].begins_at <= NOW < whole.bars[-1].ends_at
    assert all(bar.count == period.hours for bar in whole.bars[:-1])
    assert all(b.begins_at == a.ends_at for a, b in zip(whole.bars, whole.bars[1:], strict=False))


def test_what_is_rare_stands_together_and_adds_up():
    rows = [(f"e{n}", n % 5, 100 - n) for n in range(20)]

    whole, *apart, other = charts.drawn(tally(rows), Period.DAY, now=NOW)

    assert [chart.label for chart in apart] == [f"e{n}" for n in range(APART)]
    assert (other.label, other.without) == ("Other", tuple(f"e{n}" for n in range(APART)))
    assert whole.count == sum(chart.count for chart in [*apart, other]) == sum(n for *_, n in rows)


def test_one_that_is_left_over_has_its_own_name():
    rows = [(f"e{n}", 0, 1) for n in range(APART + 1)]

    assert "Other" not in {chart.label for chart in charts.drawn(tally(rows), Period.DAY, now=NOW)}


def test_what_came_later_than_now_is_in_no_bar():
    found = charts.drawn(tally([("visit", -30 * 24, 1)]), Period.WEEK, now=NOW)

    assert [chart.count for chart in found] == [0]


def test_a_bar_says_when_it_was():
    labels = {
        period: charts.drawn(tally([]), period, now=NOW)[0].bars[-1].label for period in Period
    }

    assert labels == {
        Period.DAY: "26 Nov 17:00–18:00",
        Period.WEEK: "26 Nov 12:00–18:00",
        Period.MONTH: "26 Nov",
    }
    assert NOW - charts.drawn(tally([]), Period.DAY, now=NOW)[0].bars[0].begins_at < timedelta(1)
