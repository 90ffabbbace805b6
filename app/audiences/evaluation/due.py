"""When who is in an audience may next change by time alone."""

from collections.abc import Iterator
from datetime import UTC, datetime

from app.audiences.compiling import expiring
from app.audiences.compiling.question import Question
from app.audiences.tree.conditions import Group
from app.audiences.tree.windows import LATEST


def next_change(tree: Group, question: Question) -> datetime | None:
    """Return the next such moment; None where nothing but what is received changes who is in."""
    found = [*_passing(tree, question)]
    day = expiring.next_day(tree, question)
    return min([*found, day] if day is not None else found, default=None)


def _passing(tree: Group, question: Question) -> Iterator[datetime]:
    now = question.now
    for edge in expiring.edges(tree, question):
        turn = expiring.turns_at(edge, now)
        if turn is not None:
            yield turn
        row = question.world.rows(expiring.upcoming(edge, now)).to_pylist()[0]
        for name, moment in row.items():
            if moment is not None:
                yield expiring.passes_at(edge, name, moment.astimezone(UTC), now, turn or LATEST)
