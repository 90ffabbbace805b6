"""Who is in an audience: its tree compiled to one Ibis expression over what is known of people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import reduce
from typing import Any, cast

import ibis
import ibis.expr.types as ir

from app.audiences.conditions import (
    AMOUNT,
    Aggregate,
    Attribute,
    Did,
    Filter,
    Function,
    Group,
    GroupKind,
    Have,
    Node,
)
from app.audiences.operators import Operator, as_number, fits, fits_nothing
from app.lake.dialects import DUCKDB
from app.people.world import PERSON, World
from app.tabular.types import ColumnType


class AttributeUnknown(Exception):
    """No dataset of people has such a column."""


@dataclass(frozen=True)
class Column:
    """Where an attribute is: the schema's id, its name in the lake, its type."""

    schema_id: int
    field_name: str
    type: ColumnType


Vocabulary = Mapping[Attribute, Column]


def members(tree: Group, world: World, vocabulary: Vocabulary, now: datetime) -> ir.Table:
    """Return the people in the audience, each once, as a table of person_id.

    Raises AttributeUnknown or ValueUnfit.
    """
    return _Compiler(world, vocabulary, now).people(tree)


@dataclass(frozen=True)
class _Compiler:
    """Each method returns a table of person_id in which nobody is twice."""

    world: World
    vocabulary: Vocabulary
    now: datetime

    def people(self, node: Node) -> ir.Table:
        if isinstance(node, Did):
            return self._did(node)
        if isinstance(node, Have):
            return self._have(node)
        parts = [self.people(member) for member in node.members]
        if node.kind is GroupKind.ALL:
            return reduce(lambda one, other: one.semi_join(other, PERSON), parts)
        either = reduce(lambda one, other: one.union(other, distinct=True), parts)
        return self._others(either) if node.kind is GroupKind.NONE else either

    def _others(self, people: ir.Table) -> ir.Table:
        """Return everybody but these."""
        return cast("ir.Table", self.world.people.anti_join(people, PERSON))

    def _did(self, node: Did) -> ir.Table:
        events = self._events(node.event, node.days)
        for each in node.filters:
            events = events.filter(_property_fits(events, each))
        counted = events.group_by(PERSON).aggregate(number=events.count())
        found = counted.filter(counted.number >= node.times).select(PERSON)
        return self._others(found) if node.is_negated else found

    def _have(self, node: Have) -> ir.Table:
        if isinstance(node.subject, Attribute):
            return self._attribute(node, node.subject)
        if node.subject.function is Function.TOP:
            return self._top(node, node.subject)
        return self._figure(node, node.subject)

    def _attribute(self, node: Have, subject: Attribute) -> ir.Table:
        column = self.vocabulary.get(subject)
        if column is None:
            raise AttributeUnknown(f"No dataset has {subject.column} ({subject.schema}).")
        rows = self.world.datasets[column.schema_id]
        condition = fits(rows[column.field_name], column.type, node.operator, node.value)
        return self._those(rows, condition, is_default=fits_nothing(node.operator))

    def _figure(self, node: Have, subject: Aggregate) -> ir.Table:
        """Compare a sum or a count; of somebody without such events it is nothing, that is 0."""
        events = self._events(subject.event, subject.days)
        value = events.count() if subject.function is Function.COUNT else _sum(events, subject)
        figures = events.group_by(PERSON).aggregate(figure=value)
        condition = fits(figures.figure, ColumnType.DECIMAL, node.operator, node.value)
        return self._those(figures, condition, is_default=_fits_zero(node.operator, node.value))

    def _top(self, node: Have, subject: Aggregate) -> ir.Table:
        """Compare the value that came most often, of several the one that came last."""
        events = self._events(subject.event, subject.days)
        named = events.mutate(value=property_text(events, subject.property))
        counted = (
            named.filter(named.value.notnull())
            .group_by([PERSON, "value"])
            .aggregate(number=ibis._.count(), last_at=ibis._.occurred_at.max())
        )
        order = [ibis.desc("number"), ibis.desc("last_at"), "value"]
        ranked = counted.mutate(
            place=ibis.row_number().over(ibis.window(group_by=PERSON, order_by=order))
        )
        first = ranked.filter(ranked.place == 0)
        condition = fits(first["value"], ColumnType.TEXT, node.operator, node.value)
        return self._those(first, condition, is_default=fits_nothing(node.operator))

    def _those(self, rows: ir.Table, condition: Any, *, is_default: bool) -> ir.Table:
        """Return whom the condition fits, with `is_default` also everybody without a row."""
        if is_default:
            return self._others(rows.filter(~condition).select(PERSON))
        return cast("ir.Table", rows.filter(condition).select(PERSON))

    def _events(self, event: str, days: int | None) -> ir.Table:
        events = self.world.events
        found = events.filter(events.event == event)
        if days is not None:
            found = found.filter(found.occurred_at >= self.now - timedelta(days=days))
        return found


def property_text(events: ir.Table, name: str) -> ir.StringValue:
    """Return a property of each event as text; the amount is the event's own."""
    if name == AMOUNT:
        text = events.amount.cast("string").re_replace(r"\.?0+$", "")
        return cast("ir.StringValue", text)
    return DUCKDB.text_at(events.properties, name)


def _property_fits(events: ir.Table, each: Filter) -> ir.BooleanValue:
    if each.property == AMOUNT:
        return fits(events.amount, ColumnType.DECIMAL, each.operator, each.value)
    return fits(property_text(events, each.property), ColumnType.TEXT, each.operator, each.value)


def _sum(events: ir.Table, subject: Aggregate) -> Any:
    if subject.property == AMOUNT:
        return events.amount.sum().coalesce(ibis.literal(Decimal(0), "decimal(38, 9)"))
    numbers = as_number(property_text(events, subject.property))
    return numbers.sum().coalesce(ibis.literal(Decimal(0), "decimal(38, 9)"))


def _fits_zero(operator: Operator, text: str) -> bool:
    value = Decimal(text)
    return {
        Operator.IS: value == 0,
        Operator.IS_NOT: value != 0,
        Operator.AT_LEAST: value <= 0,
        Operator.AT_MOST: value >= 0,
        Operator.MORE_THAN: value < 0,
        Operator.LESS_THAN: value > 0,
    }[operator]
