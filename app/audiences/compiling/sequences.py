"""Who did one thing after another: each step finds the latest start that it can follow.

Of several events that a step may follow, the latest one is the best: it is nearest, and least lies
between. So one pass in order of time, which looks back only, is exact. Times are whole
microseconds; what happened at the same moment did not happen after.
"""

from functools import reduce
from typing import Any, cast

import ibis
import ibis.expr.types as ir

from app.audiences.compiling import matching
from app.audiences.compiling.question import Question
from app.audiences.compiling.sets import People
from app.audiences.tree.conditions import ANYTHING, Did, Match, Step
from app.people.world import PERSON

AT = "at_micros"
_REACHED = "reached"


def those_who_did(question: Question, did: Did) -> People:
    """Return who went through all steps, whether or not it is asked who did not."""
    events = completed(question, did)
    return People(events.select(PERSON).distinct())


def completed(question: Question, did: Did) -> ir.Table:
    """Return the events with which somebody went through all steps.

    Where the last step is one that did not come, they are those it did not come after.
    """
    events = _told(question, did)
    reached = events["is_0"] & events["in_window"]
    # What looks at other events is a column before it is filtered by: of a filter that asks for
    # both, the engine would take away events first and look at what is left.
    for number, step in enumerate(did.steps, start=1):
        events = events.mutate(**{_REACHED: reached})
        if step.is_negated:
            events = _with_next(events, step, number)
            reached = events[_REACHED] & _never_came(question, events, step)
        else:
            events = _with_last(events, step, number)
            reached = events[f"is_{number}"] & _follows(events, step)
    return cast("ir.Table", events.filter(reached))


def _told(question: Question, did: Did) -> ir.Table:
    """Return the events of all steps with what each may be, in columns is_0, is_1, not_1_0, …"""
    names = sorted({match.event for match in _flags(did).values()})
    events = question.world.events
    if ANYTHING not in names:
        events = events.filter(events.event.isin(names))
    columns = [*events.columns, AT]
    events = events.mutate(**{AT: question.dialect.micros(events.occurred_at)})
    events, is_within = matching.windowed(question, events, did.window)
    wanted = _flags(did)
    events = events.mutate(in_window=ibis.literal(True) if is_within is None else is_within)
    for name, match in wanted.items():
        events = _flagged(question, events, match, name)
    return cast("ir.Table", events.select(*columns, "in_window", *wanted))


def _flags(did: Did) -> dict[str, Match]:
    wanted = {"is_0": did.match}
    for number, step in enumerate(did.steps, start=1):
        wanted[f"is_{number}"] = step.match
        wanted |= {f"not_{number}_{place}": each for place, each in enumerate(step.without)}
    return wanted


def _flagged(question: Question, events: ir.Table, match: Match, name: str) -> ir.Table:
    joined, fits = events, None
    if match.filters:
        joined, fits = matching.filtered(question, events, match, name)
    flag = ibis.literal(True) if match.event == ANYTHING else joined.event == match.event
    return cast("ir.Table", joined.mutate(**{name: flag if fits is None else flag & fits}))


def _with_last(events: ir.Table, step: Step, number: int) -> ir.Table:
    """Add the latest moment the step may follow, and the latest of what must not be between."""
    gap = matching.micros(step.after.length) if step.after else 1
    told = {"last_at": _latest(events, events[_REACHED], gap)}
    if step.without:
        flags = [events[f"not_{number}_{place}"] for place in range(len(step.without))]
        either = reduce(lambda one, other: one | other, flags)
        told["disturbed_at"] = _latest(events, either, 1)
    return cast("ir.Table", events.mutate(**told))


def _latest(events: ir.Table, is_meant: Any, gap: int) -> Any:
    frame = ibis.range_window(preceding=(None, gap), group_by=PERSON, order_by=AT)
    moment = ibis.ifelse(is_meant, events[AT], ibis.null("int64"))
    return moment.max().over(frame)


def _follows(events: ir.Table, step: Step) -> Any:
    found = events["last_at"].notnull()
    if step.within:
        length = matching.micros(step.within.length)
        found &= events[AT] - events["last_at"] <= length
    if step.without:
        disturbed = events["disturbed_at"]
        found &= disturbed.isnull() | (disturbed <= events["last_at"])
    return found.fill_null(False)


def _with_next(events: ir.Table, step: Step, number: int) -> ir.Table:
    """Add when the step came next, within its time."""
    length = matching.micros(step.within.length) if step.within else None
    frame = ibis.range_window(following=(1, length), group_by=PERSON, order_by=AT)
    moment = ibis.ifelse(events[f"is_{number}"], events[AT], ibis.null("int64"))
    return cast("ir.Table", events.mutate(next_at=moment.min().over(frame)))


def _never_came(question: Question, events: ir.Table, step: Step) -> Any:
    never = events["next_at"].isnull()
    if step.within is None:
        return never
    over = ibis.literal(question.now - step.within.length, "timestamp('UTC', 6)")
    return never & (events.occurred_at <= over)
