"""Reading the history of an audience, and the people behind each number of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app import storage
from app.audiences.history import moves, sizes
from app.audiences.history.moves import Evaluation, Span, Total
from app.audiences.history.sizes import History, Period
from app.audiences.models import Audience

CHANGES_A_PAGE = 50


@dataclass(frozen=True)
class Told:
    """The history of a period, and the last evaluation where that one changed something."""

    history: History
    last: Evaluation | None


@dataclass(frozen=True)
class ChangesPage:
    """One page of the changes of a span."""

    rows: list[dict[str, Any]]
    total: Total
    matching_count: int
    number: int
    last: int


def history_of(audience: Audience, period: Period | None, *, now: datetime) -> Told:
    """Return the history of an audience; without a period, of one that suits it."""
    found = moves.evaluations(storage.lake(), audience.public_id)
    period = period or sizes.fitting(found, now=now)
    return Told(sizes.drawn(found, period, now=now), _last(audience, found))


def page_of(span: Span, number: int) -> ChangesPage:
    """Return a page of the changes of a span, the last where there are fewer."""
    lake = storage.lake()
    total = moves.count(lake, span)
    counts = {None: total.entered + total.exited, True: total.entered, False: total.exited}
    matching_count = counts[span.membership]
    last = max(1, -(-matching_count // CHANGES_A_PAGE))
    number = min(number, last)
    rows = moves.listed(lake, span, limit=CHANGES_A_PAGE, offset=(number - 1) * CHANGES_A_PAGE)
    return ChangesPage(rows, total, matching_count, number, last)


def _last(audience: Audience, found: list[Evaluation]) -> Evaluation | None:
    """Return what the last evaluation recorded: between its beginning and its end."""
    if audience.claimed_at is None or audience.evaluated_at is None:
        return None
    begin, end = audience.claimed_at, audience.evaluated_at
    inside = [each for each in found if begin <= each.at <= end]
    counts = (audience.entered_count, audience.exited_count)
    # Somebody may have been taken out meanwhile, or their changes removed since.
    same = [each for each in inside if (each.entered, each.exited) == counts]
    fitting = same or inside
    return fitting[-1] if fitting else None
