"""Who did something so often: so many times, on so many days, with so many different values."""

from typing import Any, cast

import ibis
import ibis.expr.types as ir

from app.audiences.compiling import matching
from app.audiences.compiling.question import Question
from app.audiences.compiling.sets import People
from app.audiences.tree.conditions import Counted, Did, Frequency, Times
from app.people.world import PERSON

NUMBER = "number"


def those_who_did(question: Question, did: Did) -> People:
    """Return who did it, whether or not it is asked who did not."""
    if did.place is not None:
        return People(picked(question, did).select(PERSON).distinct())
    events = matching.matching(question, did.match, did.window)
    return _often(question, events, did.frequency)


def counted(question: Question, events: ir.Table, frequency: Frequency) -> ir.Table:
    """Return the number of each person who has any: person_id and number."""
    found = events.group_by(PERSON).aggregate(**{NUMBER: _number(question, events, frequency)})
    return cast("ir.Table", found)


def picked(question: Question, did: Did) -> ir.Table:
    """Return the event that counts of each person, where it is in the window and fits."""
    own = matching.named(question, did.match.event)
    place = did.place or 1
    turn = [ibis.asc(name) if place > 0 else ibis.desc(name) for name in matching.ORDER]
    numbered = own.mutate(place=ibis.row_number().over(ibis.window(group_by=PERSON, order_by=turn)))
    chosen = numbered.filter(numbered.place == abs(place) - 1).drop("place")
    fitting = matching.fitting(question, chosen, did.match)
    return matching.within(question, fitting, did.window)


def _often(question: Question, events: ir.Table, frequency: Frequency) -> People:
    number = frequency.number
    if frequency.times is Times.AT_LEAST:
        return _at_least(question, events, frequency, number)
    if frequency.times is Times.AT_MOST:
        return _at_least(question, events, frequency, number + 1).others()
    if number == 0:
        return _at_least(question, events, frequency, 1).others()
    found = counted(question, events, frequency)
    return People(found.filter(found[NUMBER] == number).select(PERSON))


def _at_least(question: Question, events: ir.Table, frequency: Frequency, number: int) -> People:
    if number == 0:
        return People(events.filter(ibis.literal(False)).select(PERSON), is_rest=True)
    if number == 1 and isinstance(frequency.of, Counted):
        return People(events.select(PERSON).distinct())
    found = counted(question, events, frequency)
    return People(found.filter(found[NUMBER] >= number).select(PERSON))


def _number(question: Question, events: ir.Table, frequency: Frequency) -> Any:
    if frequency.of is Counted.TIMES:
        return events.count()
    if frequency.of is Counted.DAYS:
        return question.dialect.day(events.occurred_at, question.zone.key).nunique()
    if isinstance(frequency.of, Counted):
        raise AssertionError(frequency.of)
    return matching.property_text(question, events, frequency.of.property).nunique()
