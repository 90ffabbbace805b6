"""What a person has, as attributes and figures, which part they fall into: found and asked for."""

import hashlib
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.audiences.compiling import figures, matching
from app.audiences.compiling.question import Question
from app.audiences.explaining import events, foreseeing, words
from app.audiences.explaining.explanation import Evidence
from app.audiences.tree import values, wording
from app.audiences.tree.conditions import Aggregate, Attribute, Function, Have, Split
from app.audiences.tree.operators import Operator
from app.audiences.tree.values import ValueUnfit
from app.lake import logs
from app.lake.engine import Session
from app.lake.readable import as_text

_DIGITS = 12
_HIGH = {Operator.AT_LEAST, Operator.MORE_THAN}
_LOW = {Operator.AT_MOST, Operator.LESS_THAN}


def of_attribute(have: Have, subject: Attribute, question: Question, session: Session) -> Evidence:
    """Return what the person has as an attribute beside what is asked for."""
    column = question.vocabulary.column(subject)
    rows = question.world.datasets[column.schema_id]
    asked = wording.compared(have.operator, have.value)
    change = f"{wording.attribute(subject)} would have to be another in the data."
    if not logs.frame(session, rows.aggregate(n=rows.count()))["n"][0].as_py():
        return Evidence(found=f"No row has this person; asked: {asked}.", change=change)
    value = foreseeing.attribute_value(subject, question, session)
    return Evidence(found=f"{_said(value)}; asked: {asked}.", change=change)


def of_figure(have: Have, subject: Aggregate, question: Question, session: Session) -> Evidence:
    """Return the figure, of how many events, beside what is asked for, and the events."""
    own = matching.named(question, subject.match.event)
    is_count = subject.function is Function.COUNT
    more = [] if is_count else [subject.property]
    looked = events.looked_at(question, session, own, subject.match, subject.window, more)
    rows = logs.frame(session, figures.figures(question, subject)).to_pylist()
    row = rows[0] if rows else None
    figure, number = _figure(subject, row), int(row[figures.COUNT]) if row else 0
    asked = wording.compared(have.operator, have.value)
    counted = looked.counted()
    return Evidence(
        found=f"{_said(figure)}{_of(subject, number)}; asked: {asked}.",
        counted=counted,
        more_count=looked.number() - len(counted),
        near=looked.near() if not counted else (),
        change=_change(have, subject, figure, asked),
    )


def of_split(split: Split, person_id: str) -> Evidence:
    """Return which per cent a person falls on."""
    digest = hashlib.md5(f"{person_id}\n{split.name}".encode(), usedforsecurity=False).hexdigest()
    place = 100 * int(digest[:_DIGITS], 16) / 16**_DIGITS
    low, high = wording.per_cent(split.low), wording.per_cent(split.high)
    return Evidence(
        found=f"They fall on {place:.4f} %; the part is from {low} on and below {high}.",
        change="Nothing changes it: it is the same always.",
    )


def _figure(subject: Aggregate, row: dict[str, Any] | None) -> Any:
    if row is None:
        return Decimal(0) if subject.function.is_never_missing else None
    figure = row[figures.FIGURE]
    if subject.function is Function.AVERAGE and figure is not None:
        return Decimal(figure) / row[figures.COUNT]
    return figure


def _said(value: Any) -> str:
    """Return a value as a sentence has it."""
    if value is None:
        return "Nothing"
    if isinstance(value, Decimal):
        rounded = round(value, values.PLACES)
        return f"{'' if rounded == value else 'about '}{words.number(rounded)}".capitalize()
    if isinstance(value, bool | int | float | date | datetime):
        return as_text(value)
    return f"“{as_text(value)}”"


def _of(subject: Aggregate, number: int) -> str:
    kind = words.event(subject.match.event)
    if subject.function is Function.COUNT:
        return f" of {kind}"
    if subject.function is Function.TOP:
        return f", which came {words.plural(number, 'time')}" if number else ""
    if not subject.function.is_number:
        return ""
    return f" of {words.plural(number, 'value')} of {subject.property}"


def _change(have: Have, subject: Aggregate, figure: Any, asked: str) -> str:
    """Say how far a number is from what is asked, or what would have to be otherwise."""
    wanted, kind = _wanted(have), words.event(subject.match.event)
    if wanted is None or not isinstance(figure, int | Decimal):
        return f"Another {kind} could change it."
    gap = wanted - Decimal(figure)
    by = words.number(round(abs(gap), values.PLACES))
    if have.operator in _HIGH | _LOW and gap:
        side = "below" if gap > 0 else "above"
        return f"It is {by} {side} {words.number(wanted)}; further {kind} can change it."
    return f"It is compared with {words.number(wanted)}; further {kind} can change it."


def _wanted(have: Have) -> Decimal | None:
    if isinstance(have.value, tuple) or not have.operator.needs_value:
        return None
    try:
        return values.number(have.value)
    except ValueUnfit:
        return None
