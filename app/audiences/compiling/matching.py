"""The events that a condition speaks of: by name, by window, by what their properties are."""

from datetime import timedelta
from functools import reduce
from typing import Any, cast

import ibis
import ibis.expr.types as ir

from app.audiences.compiling import comparing
from app.audiences.compiling.question import Question
from app.audiences.tree.conditions import AMOUNT, ANYTHING, Attribute, Filter, Match, Since
from app.audiences.tree.windows import TICK, Window
from app.lake import readable
from app.people.world import PERSON
from app.tabular.types import ColumnType

_AT = "anchored_at"
_OTHER = "compared_with"
# Tells apart events of one moment, so that which came first does not change from day to day.
ORDER = ("occurred_at", "message_id", "part", "source_id")


def named(question: Question, event: str) -> ir.Table:
    """Return the events of people that have this name, or all."""
    events = question.world.events
    return events if event == ANYTHING else events.filter(events.event == event)


def matching(question: Question, match: Match, window: Window | Since) -> ir.Table:
    """Return the events that match within the window; raise ValueUnfit, AttributeUnknown."""
    events = within(question, named(question, match.event), window)
    return fitting(question, events, match)


def within(question: Question, events: ir.Table, window: Window | Since) -> ir.Table:
    """Return those of some events that are in the window."""
    joined, is_within = windowed(question, events, window)
    if is_within is None:
        return events
    return cast("ir.Table", joined.filter(is_within).select(*events.columns))


def windowed(question: Question, events: ir.Table, window: Window | Since) -> tuple[ir.Table, Any]:
    """Return the events and whether each is in the window; None where all are."""
    if isinstance(window, Since):
        return _around(question, events, window)
    bounds = window.bounds(question.now, question.zone)
    if bounds.start is None and bounds.end is None:
        return events, None
    return events, comparing.within(events.occurred_at, bounds.start, bounds.end)


def fitting(question: Question, events: ir.Table, match: Match) -> ir.Table:
    """Return those of some events whose properties fit."""
    if not match.filters:
        return events
    joined, conditions = filtered(question, events, match)
    return cast("ir.Table", joined.filter(conditions).select(*events.columns))


def filtered(
    question: Question, events: ir.Table, match: Match, prefix: str = _OTHER
) -> tuple[ir.Table, Any]:
    """Return the events, with what they are compared with beside, and whether their filters fit."""
    for place, each in enumerate(match.filters):
        if isinstance(each.value, Attribute):
            events = _with_attribute(question, events, each.value, f"{prefix}_{place}")
    told = [
        _fits(question, events, each, f"{prefix}_{place}")
        for place, each in enumerate(match.filters)
    ]
    return events, reduce(lambda one, other: one & other, told)


def property_text(question: Question, events: ir.Table, name: str) -> ir.StringValue:
    """Return a property of each event as text; the amount is the event's own."""
    if name == AMOUNT:
        return cast("ir.StringValue", readable.expression(events.amount))
    return question.dialect.text_at(events.properties, name)


def property_number(question: Question, events: ir.Table, name: str) -> Any:
    """Return a property of each event as an exact number, and nothing where it is none."""
    if name == AMOUNT:
        return events.amount
    return comparing.as_number(property_text(question, events, name))


def _fits(question: Question, events: ir.Table, each: Filter, other: str) -> ir.BooleanValue:
    if isinstance(each.value, Attribute):
        text = property_text(question, events, each.property)
        return comparing.pair_fits(text, events[other], each.operator, question)
    if each.property == AMOUNT:
        kind = ColumnType.DECIMAL
        return comparing.fits(events.amount, kind, each.operator, each.value, question)
    if each.operator.is_of_items:
        has = question.dialect.has_item(events.properties, each.property, str(each.value))
        return has if each.operator.is_positive else ~has
    text = property_text(question, events, each.property)
    return comparing.text_fits(text, each.operator, each.value, question)


def _with_attribute(
    question: Question, events: ir.Table, attribute: Attribute, name: str
) -> ir.Table:
    column = question.vocabulary.column(attribute)
    rows = question.world.datasets[column.schema_id]
    own = rows.select(
        **{f"{name}_of": rows[PERSON], name: readable.expression(rows[column.field_name])}
    )
    joined = events.left_join(own, events[PERSON] == own[f"{name}_of"])
    return cast("ir.Table", joined.drop(f"{name}_of"))


def _around(question: Question, events: ir.Table, window: Since) -> tuple[ir.Table, Any]:
    """Tell which events are after the anchor of their person, or before it."""
    anchors = fitting(question, named(question, window.anchor.event), window.anchor)
    at = anchors.occurred_at.min() if window.is_first else anchors.occurred_at.max()
    found = anchors.group_by(anchor_of=anchors[PERSON]).aggregate(**{_AT: at})
    joined = events.left_join(found, events[PERSON] == found.anchor_of)
    moment, anchor = joined.occurred_at, joined[_AT]
    is_within = moment < anchor if window.is_until else moment > anchor
    if window.within:
        length = ibis.interval(microseconds=micros(window.within.length))
        near = moment >= anchor - length if window.is_until else moment <= anchor + length
        is_within &= near
    return joined, is_within.fill_null(False)


def micros(length: timedelta) -> int:
    """Return a length of time in microseconds."""
    return length // TICK
