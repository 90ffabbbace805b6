"""Audiences that many begin with, each as a tree of the language with why it is worth having."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.audiences.tree.conditions import Attribute
from app.audiences.tree.vocabulary import Column
from app.tabular.types import ColumnType
from app.tracking.names import EventKind

_AGREES = re.compile(r"newsletter|subscri|opt.?in|consent|marketing", re.IGNORECASE)
_BUY, _BASKET, _VISIT = EventKind.BUY.value, EventKind.BASKET.value, EventKind.VISIT.value


@dataclass(frozen=True)
class StartingPoint:
    """A tree to begin with, by a word for its address; `why` is one sentence."""

    slug: str
    name: str
    why: str
    raw: dict[str, Any]


def _did(event: str, **asked: Any) -> dict[str, Any]:
    return {"did": {"event": event, **asked}}


def _did_not(event: str, **asked: Any) -> dict[str, Any]:
    return {"did_not": {"event": event, **asked}}


def _figure(function: str, value: str, **asked: Any) -> dict[str, Any]:
    about = {"function": function, "event": _BUY, **asked}
    return {"have": {"aggregate": about, "op": "at_least", "value": value}}


_ALWAYS = (
    StartingPoint(
        "lapsed-buyers",
        "Lapsed buyers",
        "They bought before, but not for three months: remind them of you.",
        {
            "all": [
                _did(_BUY, when={"before": "3mo"}),
                _did_not(_BUY, when={"last": "3mo"}),
            ]
        },
    ),
    StartingPoint(
        "basket-abandoners",
        "Basket abandoners",
        "They put something into the basket this week and did not buy within a day.",
        {
            "all": [
                _did(
                    _BASKET,
                    when={"last": "7d"},
                    then=[{"did_not": {"event": _BUY, "within": "1d"}}],
                )
            ]
        },
    ),
    StartingPoint(
        "big-spenders",
        "Big spenders",
        "They spent 500 or more within a year: your best customers.",
        {"all": [_figure("sum", "500", property="amount", when={"last": "1y"})]},
    ),
    StartingPoint(
        "new-customers",
        "New customers",
        "Their first purchase was within the last 30 days: welcome them.",
        {"all": [_did(_BUY, which="first", when={"last": "30d"})]},
    ),
    StartingPoint(
        "back-after-a-pause",
        "Back after a pause",
        "They came this week, after at least two months without a visit.",
        {
            "all": [
                _did(_VISIT, when={"last": "7d"}),
                _did_not(_VISIT, when={"last": "67d", "before": "7d"}),
                _did(_VISIT, when={"before": "67d"}),
            ]
        },
    ),
    StartingPoint(
        "regulars",
        "Regulars",
        "They were there on five or more days of the last 30.",
        {"all": [_did(_VISIT, times={"n": 5, "of": "days"}, when={"last": "30d"})]},
    ),
)


def starting_points(
    attributes: Iterable[tuple[Attribute, Column]],
) -> list[StartingPoint]:
    """Return all, the one about a newsletter with an attribute that says who agreed, if any."""
    agreed = next((each for each in attributes if _AGREES.search(each[0].column)), None)
    return [*_ALWAYS[:3], _newsletter(agreed), *_ALWAYS[3:]]


def _newsletter(agreed: tuple[Attribute, Column] | None) -> StartingPoint:
    """Return who agreed and never bought; the attribute is left to choose where there is none."""
    attribute, column = agreed or (None, None)
    named = {"schema": attribute.schema, "column": attribute.column} if attribute else {}
    is_truth = column is not None and column.type is ColumnType.BOOLEAN
    said = {"op": "is", "value": "true"} if is_truth else {"op": "is_not_empty"}
    return StartingPoint(
        "newsletter-but-never-bought",
        "Newsletter but never bought",
        "They want to hear from you and bought nothing so far: send them a first offer.",
        {"all": [{"have": {"attribute": named, **said}}, _did_not(_BUY)]},
    )


def found(points: Iterable[StartingPoint], slug: str) -> StartingPoint | None:
    """Return the starting point of this address."""
    return next((each for each in points if each.slug == slug), None)
