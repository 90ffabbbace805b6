"""How a condition will stand as time goes by, if nothing happens: found by its own compiler."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial
from typing import Any

import ibis
import pyarrow as pa

from app.audiences.compiling import comparing, matching, membership
from app.audiences.compiling.question import Question
from app.audiences.explaining import courses, moments, stilled
from app.audiences.explaining.courses import Course
from app.audiences.explaining.stilled import Moving
from app.audiences.tree import spans, timing, values, windows
from app.audiences.tree.conditions import (
    ANYTHING,
    Aggregate,
    Attribute,
    Did,
    Have,
    Leaf,
    attributes,
    matches,
    window_of,
)
from app.audiences.tree.operators import Operator
from app.audiences.tree.spans import Span
from app.audiences.tree.vocabulary import Column, Vocabulary
from app.audiences.tree.windows import Bounds, Calendar, Rolling
from app.lake import logs
from app.lake.dialects import Dialect
from app.lake.engine import Session, identifier, literal
from app.people.world import PERSON, World
from app.tabular.types import ColumnType

MOST_MOMENTS, MOST_ROWS, MOST_TURNS = 400, 150_000, 5
MOST_AT_ONCE, MOST_EVENTS = 12, 50_000
_OWN = -1
_MOMENT = pa.timestamp("us", tz="UTC")


@dataclass(frozen=True)
class Life:
    """What one person did: the SQL that reads it, and when each kind of event happened.

    Of somebody who did too much to look ahead, only how much it is.
    """

    session: Session
    sql: str
    counts: Mapping[str, int]
    times: Mapping[str, Sequence[datetime]]

    @property
    def is_too_long(self) -> bool:
        """Tell whether it is too much to look ahead."""
        return sum(self.counts.values()) > MOST_EVENTS

    def count(self, names: set[str]) -> int:
        """Return how many events there are of some names."""
        is_any = ANYTHING in names
        return sum(n for name, n in self.counts.items() if is_any or name in names)

    def of(self, event: str) -> set[datetime]:
        """Return when events of a name happened, or any."""
        if event != ANYTHING:
            return set(self.times.get(event, ()))
        return {at for times in self.times.values() for at in times}


def lived(question: Question, session: Session) -> Life:
    """Return what the one person of a world did."""
    events = logs.sql(question.world.events)
    told = f"SELECT event, count(*) AS n FROM ({events}) GROUP BY event"
    counts = {row["event"]: row["n"] for row in session.sql(told).to_arrow_table().to_pylist()}
    life = Life(session, events, counts, {})
    if life.is_too_long:
        return life
    told = f"SELECT event, list(DISTINCT occurred_at) AS times FROM ({events}) GROUP BY event"
    rows = session.sql(told).to_arrow_table().to_pylist()
    return replace(life, times={row["event"]: row["times"] for row in rows})


def course(leaf: Leaf, question: Question, life: Life, is_met: bool) -> Course:
    """Return how a condition that stands so now will stand from now on."""
    session = life.session
    if not timing.moves(leaf) or not isinstance(leaf, Did | Have):
        return Course(is_met)
    if life.is_too_long:
        return Course(is_met, until=question.now)
    if isinstance(leaf, Have) and leaf.operator.takes_span:
        found = sorted(_of_value(leaf, question, life))
        known, until = _first(found, MOST_AT_ONCE)
        truths = [is_true(leaf, replace(question, now=each), session) for each in known]
        return courses.of_truths(is_met, known, truths, until)
    found = sorted(_of_events(leaf, question, life))
    truths = _foreseen(leaf, question, life, found, is_met)
    known, until = _first(found, len(truths))
    return courses.of_truths(is_met, known, truths, until)


def _foreseen(
    leaf: Did | Have, question: Question, life: Life, found: list[datetime], is_met: bool
) -> list[bool]:
    """Return what is true at the first of some moments, some at once until it has changed."""
    number = life.count({match.event for match in matches(leaf)})
    most = max(2, min(MOST_MOMENTS, MOST_ROWS // max(1, number)))
    truths: list[bool] = []
    for begin in range(0, min(len(found), MOST_TURNS * most), most):
        truths += _truths(leaf, question, life, found[begin : begin + most])
        if not all(each is is_met for each in truths):
            break
    return truths


def is_true(leaf: Leaf, question: Question, session: Session) -> bool:
    """Return whether the one person of a world meets a condition, as an evaluation finds it."""
    found = membership.people(leaf, question)
    return bool(logs.frame(session, found.table.limit(1)).num_rows) != found.is_rest


def _first(found: list[datetime], most: int) -> tuple[list[datetime], datetime | None]:
    return found[:most], found[most] if len(found) > most else None


def _of_events(leaf: Did | Have, question: Question, life: Life) -> set[datetime]:
    """Return when events enter or leave the window, are waited for long enough, or days turn."""
    now, zone, found = question.now, question.zone, set()
    window = window_of(leaf)
    if isinstance(window, Rolling | Calendar):
        for at in life.of(next(matches(leaf)).event):
            found |= set(moments.of_window(at, window, zone, now))
    steps = leaf.steps if isinstance(leaf, Did) else ()
    if steps and steps[-1].is_negated and steps[-1].within is not None:
        before = steps[-2].match if len(steps) > 1 else next(matches(leaf))
        found |= {at + steps[-1].within.length for at in life.of(before.event)}
    for match in matches(leaf):
        for each in match.filters:
            if each.operator.takes_span:
                days = _days(question, life.session, match.event, each.property)
                found |= _turns(days, each.operator, str(each.value), question)
    return {each for each in found if now < each < windows.LATEST}


def _of_value(leaf: Have, question: Question, life: Life) -> set[datetime]:
    """Return when an attribute or a figure comes into or goes out of a span of days or time."""
    span, subject = str(leaf.value), leaf.subject
    if isinstance(subject, Aggregate):
        found = _of_events(leaf, question, life)
        days = _days(question, life.session, subject.match.event, subject.property)
        return found | _turns(days, leaf.operator, span, question)
    value = attribute_value(subject, question, life.session)
    if isinstance(value, datetime):
        bounds = partial(_moment_bounds, leaf.operator, span, question)
        may_be = {
            each
            for is_ahead in (False, True)
            for each in moments.passed(value, spans.parsed(span), question.zone, is_ahead=is_ahead)
        }
        ticks = {value, value + windows.TICK}
        return set(moments.crossings(value, may_be | ticks, bounds, question.now))
    days = {value} if isinstance(value, date) else set()
    return _turns(days, leaf.operator, span, question)


def _moment_bounds(operator: Operator, span: str, question: Question, moment: datetime) -> Bounds:
    return values.moments(operator, span, moment, question.zone)


def _turns(days: set[date], operator: Operator, span: str, question: Question) -> set[datetime]:
    """Return the midnights after now at which a day newly fits a span, or no longer does."""
    found, zone = set(), question.zone

    def bounds(moment: datetime) -> Bounds:
        first, end = values.days(operator, span, moment.astimezone(zone).date())
        return Bounds(*(_noonless(each) if each else None for each in (first, end)))

    length: Span = spans.parsed(span)
    for day in days:
        may_be = moments.of_day(day, length, zone)
        found |= set(moments.crossings(_noonless(day), may_be, bounds, question.now))
    return found


def _noonless(day: date) -> datetime:
    return datetime.combine(day, time(), windows.EARLIEST.tzinfo)


def attribute_value(subject: Attribute, question: Question, session: Session) -> Any:
    """Return what the person has as an attribute; None where they have nothing."""
    column = question.vocabulary.column(subject)
    rows = question.world.datasets[column.schema_id]
    found = logs.frame(session, rows.select(value=rows[column.field_name]))
    return next(iter(found["value"].to_pylist()), None)


def _days(question: Question, session: Session, event: str, name: str) -> set[date]:
    named = matching.named(question, event)
    text = matching.property_text(question, named, name)
    found = named.select(day=comparing.day_of(text, question)).distinct()
    return {each for each in logs.frame(session, found)["day"].to_pylist() if each is not None}


def _truths(
    leaf: Did | Have, question: Question, life: Life, known: Sequence[datetime]
) -> list[bool]:
    """Return whether a condition is met at each of some moments."""
    still, moving = stilled.stilled(leaf)
    world = _world(still, moving, question, life, known)
    columns = {
        Attribute(stilled.OWN_SCHEMA, name): Column(_OWN, name, ColumnType.TEXT)
        for name in world.datasets[_OWN].columns
    }
    words = Vocabulary({**question.vocabulary.attributes, **columns}, question.vocabulary.audiences)
    asked = replace(question, world=world, vocabulary=words, now=windows.LATEST)
    found = membership.people(still, asked)
    ids = set(logs.frame(life.session, found.table.select(PERSON))[PERSON].to_pylist())
    return [(str(place) in ids) != found.is_rest for place in range(len(known))]


def _world(
    leaf: Leaf, moving: Moving, question: Question, life: Life, known: Sequence[datetime]
) -> World:
    """Return a world in which each moment is a person who did the same."""
    session = life.session
    made = pa.Table.from_pylist(stilled.rows(moving, known, question.zone), _columns(moving))
    session.register("moments", made)
    backend = ibis.duckdb.from_connection(session)
    marked = _marked(life.sql, {match.event for match in matches(leaf)})
    session.execute(f"CREATE OR REPLACE TEMP TABLE moments_events AS {marked}")
    datasets = {}
    for attribute in attributes(leaf):
        if attribute.schema == stilled.OWN_SCHEMA:
            continue
        schema_id = question.vocabulary.column(attribute).schema_id
        name = f"moments_dataset_{schema_id}"
        rows = logs.sql(question.world.datasets[schema_id])
        session.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {_each(rows)}")
        datasets[schema_id] = backend.table(name)
    people = backend.table("moments").rename({PERSON: "moment_id"})
    dialect = _dialect(question.dialect)
    events = backend.table("moments_events")
    return World(people.select(PERSON), events, {**datasets, _OWN: people}, {}, dialect)


def _columns(moving: Moving) -> pa.Schema:
    texts = [
        (name(place), pa.string())
        for place in range(len(moving.days))
        for name in (stilled.after_column, stilled.before_column)
    ]
    bounds = [(name, _MOMENT) for name in ("starts_at", "ends_at", "over_at")]
    return pa.schema([("moment_id", pa.string()), *bounds, *texts])


def _each(rows: str) -> str:
    of = identifier(PERSON)
    return f"SELECT r.* REPLACE (m.moment_id AS {of}) FROM ({rows}) r CROSS JOIN moments m"


def _marked(events: str, names: set[str]) -> str:
    """Return the SQL for the events of each moment, with two marks before the properties."""
    listed = ", ".join(literal(each) for each in sorted(names))
    are_meant = "true" if ANYTHING in names else f"r.event IN ({listed})"
    after = "(m.starts_at IS NULL OR r.occurred_at >= m.starts_at)"
    before = "(m.ends_at IS NULL OR r.occurred_at < m.ends_at)"
    is_over = "(m.over_at IS NULL OR r.occurred_at <= m.over_at)"
    marks = f"({after} AND {before})::INT::VARCHAR || {is_over}::INT::VARCHAR"
    told = f"{marks} || coalesce(r.properties, '{{}}')"
    return (
        f"SELECT r.* REPLACE (m.moment_id AS {PERSON}, {told} AS properties) "
        f"FROM ({events}) r CROSS JOIN moments m WHERE {are_meant}"
    )


def _dialect(own: Dialect) -> Dialect:
    """Return the dialect that reads the marks as properties."""

    def text_at(document: Any, name: str) -> Any:
        if name in {stilled.IN_WINDOW, stilled.IS_OVER}:
            return document.substr(int(name == stilled.IS_OVER), 1)
        return own.text_at(document.substr(2), name)

    def has_item(document: Any, name: str, item: str) -> Any:
        return own.has_item(document.substr(2), name, item)

    return replace(own, text_at=text_at, has_item=has_item)
