"""Reading rejected rows: found, counted, and where each of them stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.orm import selectinload

from app.dataflows.definition import Definition
from app.dataflows.identifying import ERASED
from app.extensions import db
from app.lake.write_modes import WriteMode
from app.quarantine.waiting import is_waiting
from app.runs.models import Reject, Run, RunKind, RunStatus

REJECTS_A_PAGE = 50
MOST_VALUES = 200
_ROWS_A_FETCH = 2_000
_SHOWN = (
    *(Reject.id, Reject.line, Reject.column, Reject.value),
    *(Reject.rule, Reject.message, Reject.raw),
)
_WRITES_A_FILE = (RunKind.PRODUCTION, RunKind.REPLAY)


class Standing(StrEnum):
    """Where a rejected row stands: it waits, or a run has taken it up again."""

    ANY = ""
    WAITING = "waiting"
    TAKEN_UP = "taken-up"


@dataclass(frozen=True)
class Counts:
    """How many rejected rows of a run wait, how many of these are corrected, how many are gone."""

    waiting: int
    corrected: int
    taken_up: int


@dataclass(frozen=True)
class Wanted:
    """Which rejected rows are asked for; empty words mean any."""

    rule: str = ""
    standing: Standing = Standing.ANY
    search: str = ""


def find_reject(reject_id: int) -> Reject | None:
    """Return a rejected row."""
    return db.session.get(Reject, reject_id)


def list_rejects(run_id: int, wanted: Wanted = Wanted(), *, number: int = 1) -> list[Reject]:
    """Return one page of rejected rows, by line."""
    # By nothing else: a line is there once, and so an index has the order.
    ordered = select(Reject).where(matching(run_id, wanted)).order_by(Reject.line)
    return list(
        db.session.scalars(ordered.limit(REJECTS_A_PAGE).offset((number - 1) * REJECTS_A_PAGE))
    )


def count_rejects(run_id: int, wanted: Wanted = Wanted()) -> int:
    """Return how many rejected rows match."""
    return db.session.scalars(select(func.count()).where(matching(run_id, wanted))).one()


def stream_rejects(run_id: int, wanted: Wanted) -> Iterator[Row[Any]]:
    """Yield id, line, column, value, rule, message and raw of all that match, by line.

    Memory is that of a few.
    """
    ordered = select(*_SHOWN).where(matching(run_id, wanted)).order_by(Reject.line, Reject.id)
    found: Sequence[Any] = db.session.execute(ordered.limit(_ROWS_A_FETCH)).all()
    while found:
        yield from found
        last = found[-1]
        after = (Reject.line > last.line) | ((Reject.line == last.line) & (Reject.id > last.id))
        found = db.session.execute(
            ordered.where(Reject.line >= last.line, after).limit(_ROWS_A_FETCH)
        ).all()


def count_rejects_by_rule(run_id: int, standing: Standing = Standing.ANY) -> list[tuple[str, int]]:
    """Return the rules that rejected rows, the most frequent first."""
    number = func.count()
    rows = db.session.execute(
        select(Reject.rule, number)
        .where(matching(run_id, Wanted(standing=standing)))
        .group_by(Reject.rule)
        .order_by(number.desc(), Reject.rule)
    ).all()
    return [(rule, count) for rule, count in rows]


def standing(run_id: int, rule: str = "") -> Counts:
    """Return how many rejected rows of a run, or those of a rule, stand where."""
    waiting = count_rejects(run_id, Wanted(rule, Standing.WAITING))
    corrected = select(func.count()).where(
        matching(run_id, Wanted(rule, Standing.WAITING)), Reject.given.is_not(None)
    )
    return Counts(
        waiting=waiting,
        corrected=db.session.scalars(corrected).one(),
        taken_up=count_rejects(run_id, Wanted(rule, Standing.TAKEN_UP)),
    )


def failing_columns(run_id: int, rule: str = "") -> list[tuple[str, str, int]]:
    """Return the columns in which rows that wait fail: rule, column and how many rows."""
    number = func.count()
    rows = db.session.execute(
        select(Reject.rule, Reject.column, number)
        .where(matching(run_id, Wanted(rule, Standing.WAITING)), Reject.column.is_not(None))
        .group_by(Reject.rule, Reject.column)
        .order_by(number.desc(), Reject.rule, Reject.column)
    ).all()
    return [(rule, column or "", count) for rule, column, count in rows]


def wrong_values(run_id: int, rule: str, column: str) -> list[tuple[str | None, int]]:
    """Return the values that fail the rule in a column and wait, the most frequent first."""
    number = func.count()
    rows = db.session.execute(
        select(Reject.value, number)
        .where(matching(run_id, Wanted(rule, Standing.WAITING)), Reject.column == column)
        .group_by(Reject.value)
        .order_by(number.desc(), Reject.value)
        .limit(MOST_VALUES)
    ).all()
    return [(value, count) for value, count in rows]


def count_wrong_values(run_id: int, rule: str, column: str) -> int:
    """Return how many different values fail the rule in a column and wait."""
    values = (
        select(Reject.value)
        .where(matching(run_id, Wanted(rule, Standing.WAITING)), Reject.column == column)
        .distinct()
    )
    return db.session.scalars(select(func.count()).select_from(values.subquery())).one()


def replacing_run(run: Run) -> Run | None:
    """Return a later run whose file replaced the dataset, so that rows of this one are older."""
    table = Definition.from_dict(run.definition).table_name
    later = select(Run).where(
        Run.id > run.id,
        Run.status == RunStatus.FINISHED,
        Run.kind.in_(_WRITES_A_FILE),
        Run.undone_by_run_id.is_(None),
        Run.repeats_run_id.is_(None),
        Run.definition["table_name"].as_string() == table,
        Run.definition["write_mode"].as_string() == WriteMode.OVERWRITE.value,
    )
    return db.session.scalar(later.order_by(Run.id.desc()).limit(1))


def find_with_run(reject_id: int) -> tuple[Reject, Run] | None:
    """Return a rejected row with its run, that run's dataflow and file."""
    row = db.session.execute(
        select(Reject, Run)
        .join(Run, Run.id == Reject.run_id)
        .where(Reject.id == reject_id)
        .options(selectinload(Run.dataflow), selectinload(Run.stream_file))
    ).first()
    return (row[0], row[1]) if row is not None else None


def matching(run_id: int, wanted: Wanted) -> ColumnElement[bool]:
    """Return the condition that a rejected row is one of those asked for."""
    conditions: list[ColumnElement[bool]] = [Reject.run_id == run_id]
    if wanted.rule:
        conditions.append(Reject.rule == wanted.rule)
    if wanted.standing is Standing.WAITING:
        conditions.append(is_waiting(run_id))
    if wanted.standing is Standing.TAKEN_UP:
        conditions.append(~is_waiting(run_id) & (Reject.rule != ERASED))
    if wanted.search:
        conditions.append(
            or_(
                Reject.raw.icontains(wanted.search, autoescape=True),
                Reject.value.icontains(wanted.search, autoescape=True),
            )
        )
    return and_(*conditions)
