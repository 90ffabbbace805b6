"""A run as one picture: how many rows came through each stage, and what kept the others back."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.dataflows.pipeline import is_of_values
from app.runs.models import Run

MOST_REASONS = 3


@dataclass(frozen=True)
class Loss:
    """Rows that went no further, and why: a rule that rejected them, or a bucket."""

    what: str
    count: int
    is_rule: bool = True


@dataclass(frozen=True)
class Stage:
    """Rows that came so far, of all received, and those that went no further from here."""

    name: str
    count: int
    losses: Sequence[Loss] = field(default_factory=list)
    more_count: int = 0


def stages(run: Run, rules: Sequence[tuple[str, int]]) -> list[Stage]:
    """Return received, parsed, valid and written, the most frequent losses first.

    `rules` has the number of rows that each rule has rejected.
    """
    unread = [Loss(rule, count) for rule, count in rules if not is_of_values(rule)]
    invalid = [Loss(rule, count) for rule, count in rules if is_of_values(rule)]
    parsed = run.received_count - sum(loss.count for loss in unread)
    last = "would be written" if run.kind.is_dry else "written"
    idle = [
        Loss("same", run.same_count, is_rule=False),
        Loss("superseded", run.superseded_count, is_rule=False),
    ]
    return [
        _stage("received", run.received_count, unread),
        _stage("parsed", parsed, invalid),
        _stage("valid", run.received_count - run.rejected_count, idle),
        Stage(last, run.added_count + run.changed_count),
    ]


def _stage(name: str, count: int, losses: Sequence[Loss]) -> Stage:
    ranked = sorted((loss for loss in losses if loss.count), key=lambda loss: -loss.count)
    rest = sum(loss.count for loss in ranked[MOST_REASONS:])
    return Stage(name, count, ranked[:MOST_REASONS], rest)
