"""How far a person went through the steps of a sequence, and what stood in the way."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from app.audiences.compiling import matching, sequences
from app.audiences.compiling.question import Question
from app.audiences.explaining import words
from app.audiences.explaining.explanation import Evidence, Happened
from app.audiences.tree import wording
from app.audiences.tree.conditions import Did, Match, Step
from app.audiences.tree.windows import TICK
from app.lake import logs
from app.lake.engine import Session

MOST_NEAR, MOST_EVENTS = 3, 2_000
_NONE = timedelta()


def of_sequence(did: Did, question: Question, session: Session) -> Evidence:
    """Return the chain of events that is whole, or the longest there is and what did not follow."""
    steps = [step for step in did.steps if not step.is_negated]
    levels = _levels(did, steps, question, session)
    if not levels:
        kind = words.event(did.match.event)
        asked = f"{kind}{wording.when(did.window)}{wording.where(did.match)}"
        return Evidence(
            found=f"There is no {asked} to begin with.", change=f"It begins with such a {kind}."
        )
    is_through = len(levels) == len(steps) + 1
    if is_through and did.steps[-1].is_negated:
        return _not_followed(did, levels, did.steps[-1], question, session)
    chain = _chain(levels, steps, levels[-1][0])
    if is_through:
        found = f"All {len(chain)} steps came one after another."
        return Evidence(found=found, chain=_told(chain), change=words.change_of_chain(did))
    return _cut_short(chain, steps, question, session)


def _cut_short(
    chain: list[dict[str, Any]], steps: list[Step], question: Question, session: Session
) -> Evidence:
    """Tell how far it went, and what came in the place of the next step."""
    missing, at = steps[len(chain) - 1], chain[-1]["occurred_at"]
    came = words.plural(len(chain), "step")
    return Evidence(
        found=f"{came} of {len(steps) + 1} came; the next is missing: {wording.step(missing)}.",
        chain=_told(chain),
        near=tuple(_near(at, missing, question, session)),
        change=_still_to_come(at, missing, question.now),
    )


def _told(chain: list[dict[str, Any]]) -> tuple[Happened, ...]:
    return tuple(_happened(row, f"step {place}") for place, row in enumerate(chain, start=1))


def _levels(
    did: Did, steps: list[Step], question: Question, session: Session
) -> list[list[dict[str, Any]]]:
    """Return the events that each step was reached with, as the compiler finds them."""
    levels = []
    for number in range(len(steps) + 1):
        reached = sequences.completed(question, replace(did, steps=tuple(steps[:number])))
        rows = _rows(session, reached)
        if not rows:
            break
        levels.append(rows)
    return levels


def _rows(session: Session, events: Any) -> list[dict[str, Any]]:
    chosen = events.select(*matching.ORDER, "event")
    newest = [chosen[name].desc() for name in matching.ORDER]
    found = logs.frame(session, chosen.order_by(newest).limit(MOST_EVENTS))
    rows: list[dict[str, Any]] = found.to_pylist()
    return rows


def _chain(
    levels: list[list[dict[str, Any]]], steps: list[Step], last: dict[str, Any]
) -> list[dict[str, Any]]:
    """Return the events that led to one of the last level: before each the latest that may be."""
    chain = [last]
    for number in range(len(levels) - 1, 0, -1):
        after = steps[number - 1].after
        gap = after.length if after is not None else TICK
        until = chain[0]["occurred_at"] - gap
        before = next((row for row in levels[number - 1] if row["occurred_at"] <= until), None)
        if before is None:
            break
        chain.insert(0, before)
    return chain


def _not_followed(
    did: Did,
    levels: list[list[dict[str, Any]]],
    step: Step,
    question: Question,
    session: Session,
) -> Evidence:
    """Tell of a sequence whose last step is not to come."""
    positive = [each for each in did.steps if not each.is_negated]
    whole = _rows(session, sequences.completed(question, did))
    last = whole[0] if whole else levels[-1][0]
    chain = _chain(levels, positive, last)
    told = _told(chain)
    at, kind = last["occurred_at"], words.event(step.match.event)
    within = f" within {wording.span(step.within)}" if step.within else ""
    if whole:
        found = f"No {kind}{wording.where(step.match)} followed{within}."
        return Evidence(found=found, chain=told, change=words.change_of_absence(step))
    came = _after(at, step.match, question, session)
    until = at + step.within.length if step.within else None
    came = [row for row in came if until is None or row["occurred_at"] <= until]
    if came:
        near = tuple(_happened(row, "it followed") for row in came[:MOST_NEAR])
        found = f"{kind} followed each time{within}."
        return Evidence(found=found, chain=told, near=near, change=words.change_of_chain(did))
    found = f"No {kind} followed so far, but its time is not over."
    return Evidence(found=found, chain=told, change="It is met once the time is over without one.")


def _near(at: datetime, step: Step, question: Question, session: Session) -> list[Happened]:
    """Return what came after the last step that was reached, each with why it is not the next."""
    came = _after(at, step.match, question, session)
    blocked = [
        row["occurred_at"] for match in step.without for row in _after(at, match, question, session)
    ]
    first = min(blocked, default=None)
    found = []
    for row in came[:MOST_NEAR]:
        gap = row["occurred_at"] - at
        said = [f"{words.length(gap)} after the step before"]
        if step.within and gap > step.within.length:
            said.append(f"asked is within {wording.span(step.within)}")
        if step.after and gap < step.after.length:
            said.append(f"asked is after at least {wording.span(step.after)}")
        if first is not None and first < row["occurred_at"]:
            said.append("what must not come in between came in between")
        found.append(_happened(row, "; ".join(said)))
    return found


def _after(
    at: datetime, match: Match, question: Question, session: Session
) -> list[dict[str, Any]]:
    """Return the events that match after a moment, the oldest first."""
    fitting = matching.fitting(question, matching.named(question, match.event), match)
    rows = [row for row in _rows(session, fitting) if row["occurred_at"] > at]
    return rows[::-1]


def _still_to_come(at: datetime, step: Step, now: datetime) -> str:
    told = f"{words.event(step.match.event)}{wording.where(step.match)}"
    if step.within is None:
        return f"A {told} from now on would be the next step."
    left = at + step.within.length - now
    if left < _NONE:
        ended = words.ago(at + step.within.length, now)
        return f"The time for the next step, {told}, was over {ended}; it has to begin anew."
    return f"A {told} within {words.length(left)} from now would be the next step."


def _happened(row: dict[str, Any], note: str) -> Happened:
    return Happened(row["occurred_at"], row["event"], (), note)
