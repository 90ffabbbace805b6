"""Where the numbers of the page of events lead: each to its rows."""

from datetime import datetime
from typing import Any

from flask import url_for

from app.tracking.arriving import Arrivals
from app.tracking.charts import Chart, Period
from app.tracking.newest import Filter

SHOWN = 12


def periods(current: Period) -> list[dict[str, object]]:
    """Return links to the periods that charts look back."""
    return [
        {
            "label": period.label,
            "href": url_for("tracking.index", period=period.value) + "#charts",
            "is_current": period is current,
        }
        for period in Period
    ]


def linked(chart: Chart, period: Period) -> dict[str, Any]:
    """Return a chart with where each of its numbers leads."""

    def rows(begins_at: datetime, ends_at: datetime) -> str:
        address = url_for(
            "tracking.index",
            event=chart.event or None,
            without=list(chart.without) or None,
            since=begins_at.isoformat(),
            until=ends_at.isoformat(),
            period=period.value,
        )
        return f"{address}#latest"

    bars = [
        {"count": bar.count, "label": bar.label, "href": rows(bar.begins_at, bar.ends_at)}
        for bar in chart.bars
    ]
    whole = rows(chart.bars[0].begins_at, chart.bars[-1].ends_at)
    return {"label": chart.label, "count": chart.count, "href": whole, "bars": bars}


def tabs(arrivals: Arrivals, wanted: Filter) -> list[dict[str, object]]:
    """Return links to the most frequent events and, wherever it stands, the one looked at."""
    shown = dict(arrivals.by_event[:SHOWN])
    if wanted.event:
        shown.setdefault(wanted.event, dict(arrivals.by_event).get(wanted.event, 0))
    is_whole = wanted == Filter(event=wanted.event)
    return [
        {
            "label": name or "All",
            "href": url_for("tracking.index", event=name or None) + "#latest",
            "is_current": is_whole and name == wanted.event,
            "number": number,
        }
        for name, number in {"": arrivals.total_count, **shown}.items()
    ]
