"""What the log of changes says of one audience: its evaluations, and the changes of some."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.audiences import changes
from app.lake import engine
from app.lake.tables import Lake


@dataclass(frozen=True)
class Evaluation:
    """People who entered and left at one moment, with the first and last sequence of theirs."""

    at: datetime
    first: int
    last: int
    entered: int
    exited: int


@dataclass(frozen=True)
class Span:
    """The changes after one sequence up to another; `membership` leaves only one kind of them."""

    audience_id: str
    after: int
    until: int
    membership: bool | None = None


@dataclass(frozen=True)
class Total:
    """How many entered and left, from when to when."""

    entered: int
    exited: int
    begins_at: datetime | None
    ends_at: datetime | None


def evaluations(lake: Lake, audience_id: str) -> list[Evaluation]:
    """Return the evaluations that changed something, in order, none earlier than the one before."""
    with engine.connection() as session:
        found = session.execute(
            "SELECT changed_at, min(sequence), max(sequence), count(*) FILTER (membership), "
            f"count(*) FILTER (NOT membership) FROM ({changes.of(lake, [audience_id])}) "
            "GROUP BY changed_at ORDER BY min(sequence)"
        ).fetchall()
    return _in_order(Evaluation(*row) for row in found)


def count(lake: Lake, span: Span) -> Total:
    """Return how many entered and left in a span, whichever kind it leaves."""
    with engine.connection() as session:
        (row,) = session.execute(
            "SELECT count(*) FILTER (membership), count(*) FILTER (NOT membership), "
            f"min(changed_at), max(changed_at) FROM ({_between(lake, span)})"
        ).fetchall()
    return Total(*row)


def listed(lake: Lake, span: Span, *, limit: int, offset: int) -> list[dict[str, Any]]:
    """Return some changes of a span, in order."""
    kind = "" if span.membership is None else f"WHERE membership = {span.membership}"
    with engine.connection() as session:
        found = session.sql(
            "SELECT sequence, person_id, membership, changed_at "
            f"FROM ({_between(lake, span)}) {kind} "
            f"ORDER BY sequence LIMIT {int(limit)} OFFSET {int(offset)}"
        )
        rows: list[dict[str, Any]] = found.to_arrow_table().to_pylist()
    return rows


def _between(lake: Lake, span: Span) -> str:
    return (
        f"{changes.of(lake, [span.audience_id])} "
        f"AND sequence > {int(span.after)} AND sequence <= {int(span.until)}"
    )


def _in_order(found: Iterable[Evaluation]) -> list[Evaluation]:
    """Take together what was recorded at one moment; a clock that was put back stands still."""
    ordered: list[Evaluation] = []
    for each in found:
        last = ordered[-1] if ordered else None
        if last is None or (each.first > last.last and each.at > last.at):
            ordered.append(each)
            continue
        ordered[-1] = Evaluation(
            last.at,
            last.first,
            max(last.last, each.last),
            last.entered + each.entered,
            last.exited + each.exited,
        )
    return ordered
