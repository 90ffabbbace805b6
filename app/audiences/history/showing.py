"""Where the numbers of a history lead: each to who entered and left."""

from typing import Any

from flask import url_for

from app.audiences.history.moves import Total
from app.audiences.history.queries import Told
from app.audiences.history.sizes import Period, Point
from app.formatting import number

KINDS = {"": None, "entered": True, "left": False}


def told(audience_id: int, found: Told) -> dict[str, Any]:
    """Return a history with its links, and those of the last evaluation."""
    history, last = found.history, found.last
    return {
        "history": history,
        "periods": _periods(audience_id, history.period),
        "bars": [_bar(audience_id, point) for point in history.points],
        "moments": [
            {
                "point": point,
                "members": url_for("audiences.members", audience_id=audience_id, until=point.until),
                **_links(audience_id, point.after, point.until),
            }
            for point in history.moments
        ],
        "whole": _links(audience_id, history.whole.after, history.whole.until),
        "last": _links(audience_id, last.first - 1, last.last) if last else None,
    }


def kinds(audience_id: int, total: Total, current: str, after: int, until: int | None) -> list[Any]:
    """Return links to all changes of a span, those who entered and those who left."""
    counts = {"": total.entered + total.exited, "entered": total.entered, "left": total.exited}
    words = {"": "All", "entered": "Entered", "left": "Left"}
    return [
        {
            "label": words[kind],
            "href": address(audience_id, after, until, kind),
            "is_current": kind == current,
            "number": counts[kind],
        }
        for kind in KINDS
    ]


def _periods(audience_id: int, current: Period) -> list[dict[str, Any]]:
    return [
        {
            "label": period.label,
            "href": url_for(
                "audiences.show", audience_id=audience_id, period=period.value, _anchor="history"
            ),
            "is_current": period is current,
        }
        for period in Period
    ]


def _bar(audience_id: int, point: Point) -> dict[str, Any]:
    words = f"{point.label}: {number(point.size)} in"
    if point.is_changed:
        words += f", {number(point.entered)} entered, {number(point.exited)} left"
    return {
        "count": point.size,
        "entered": point.entered,
        "exited": point.exited,
        "label": words,
        "href": address(audience_id, point.after, point.until) if point.is_changed else "",
    }


def _links(audience_id: int, after: int, until: int) -> dict[str, str]:
    return {
        "all": address(audience_id, after, until),
        "entered": address(audience_id, after, until, "entered"),
        "left": address(audience_id, after, until, "left"),
    }


def address(audience_id: int, after: int, until: int | None, only: str = "") -> str:
    """Return where the changes of a span are."""
    return url_for(
        "history.changes", audience_id=audience_id, after=after, until=until, only=only or None
    )
