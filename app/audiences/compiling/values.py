"""What a condition looks at, of each person: how often, how much, which value."""

from typing import Any, cast

import ibis.expr.types as ir

from app.audiences.compiling import figures, frequencies, matching, sequences
from app.audiences.compiling.question import Question
from app.audiences.tree.conditions import Aggregate, Did, Function, Have, Leaf
from app.lake import readable
from app.people.world import PERSON

VALUE = "value"


def values(leaf: Leaf, question: Question) -> ir.Table | None:
    """Return person_id and value as text, of whoever has one; None where nothing is told."""
    if isinstance(leaf, Did):
        return _often(leaf, question)
    if not isinstance(leaf, Have):
        return None
    if isinstance(leaf.subject, Aggregate):
        return _figure(leaf.subject, question)
    column = question.vocabulary.column(leaf.subject)
    rows = question.world.datasets[column.schema_id]
    return _told(rows, readable.expression(rows[column.field_name]))


def _often(did: Did, question: Question) -> ir.Table:
    if did.steps:
        done = sequences.completed(question, did)
    elif did.place is not None:
        done = frequencies.picked(question, did)
    else:
        events = matching.matching(question, did.match, did.window)
        found = frequencies.counted(question, events, did.frequency)
        return _told(found, found[frequencies.NUMBER].cast("string"))
    counted = done.group_by(PERSON).aggregate(number=done.count())
    return _told(counted, counted.number.cast("string"))


def _figure(subject: Aggregate, question: Question) -> ir.Table:
    found = figures.figures(question, subject)
    figure: Any = found[figures.FIGURE]
    if subject.function is Function.AVERAGE:
        figure = (figure.cast("float64") / found[figures.COUNT]).round(2).cast("string")
    elif subject.function is Function.COUNT:
        figure = figure.cast("string")
    elif subject.function.is_number:
        figure = readable.expression(figure)
    return _told(found, figure)


def _told(rows: ir.Table, value: Any) -> ir.Table:
    told = rows.select(PERSON, **{VALUE: value})
    return cast("ir.Table", told.filter(told[VALUE].notnull()))
