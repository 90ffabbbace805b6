"""Correcting rejected rows, and taking them up again."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, select, update
from sqlalchemy.exc import IntegrityError

from app.dataflows import services as dataflows
from app.dataflows.definition import Definition
from app.dataflows.picking import Cells
from app.extensions import db
from app.quarantine import cells as row_cells
from app.quarantine import queries, refusals, waiting
from app.quarantine.queries import Standing, Wanted
from app.runs import queueing
from app.runs import services as runs
from app.runs.models import Reject, Run, RunKind
from app.streams import queries as streams

log = logging.getLogger(__name__)

_ROWS_A_STEP = 500


class RowTakenUp(Exception):
    """A run has taken the row up again, so that there is nothing left to correct here."""


class StillWrong(Exception):
    """Values given fail a rule; `sentences` has why, by the column or the value replaced."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        super().__init__(*sentences.values())
        self.sentences = dict(sentences)


class NotAColumn(Exception):
    """The file has no column of this name: a custom column is mended by what it is made of."""


@dataclass(frozen=True)
class Chosen:
    """Which rows that wait are taken up: of a rule, or all; those corrected, or all."""

    rule: str = ""
    only_corrected: bool = False


def start_repair(*, run_id: int, chosen: Chosen, now: datetime) -> Run:
    """Queue the rejected rows of a run that wait once more, as things are defined now.

    Raises RepairRefused or RunAlreadyActive.
    """
    rejected = db.session.get_one(Run, run_id)
    dataflow = dataflows.get(rejected.dataflow_id)
    definition = refusals.refuse(rejected, dataflow)
    run = queueing.again(rejected, RunKind.REPAIR, now)
    run.definition, run.definition_version = definition.to_dict(), dataflow.active_number or 0
    try:
        # From here on no other run of the dataflow starts: rows are chosen once.
        db.session.flush()
        taken = _take(run, chosen, definition)
    except IntegrityError as failure:
        db.session.rollback()
        raise runs.RunAlreadyActive(run_id) from failure
    except refusals.RepairRefused:
        db.session.rollback()
        raise
    db.session.commit()
    runs.ring_for(run)
    log.info("quarantine.taken_up", extra={"run_id": run.id, "of_run_id": run_id, "rows": taken})
    return run


def correct(*, reject_id: int, given: Cells) -> None:
    """Keep cells in place of a row's own, once they pass every rule.

    Raises RepairRefused, RowTakenUp or StillWrong.
    """
    reject = db.session.get_one(Reject, reject_id)
    definition = _definition_of(reject.run_id)
    found = row_cells.fault(given, definition, reject.line)
    if found is not None:
        raise StillWrong({found.column or "": found.message})
    kept = update(Reject).where(Reject.id == reject_id, waiting.is_waiting(reject.run_id))
    if not _rows_of(kept.values(given=dict(given), retried_by_run_id=None)):
        db.session.rollback()
        raise RowTakenUp(reject_id)
    db.session.commit()


def replace_values(
    *, run_id: int, rule: str, column: str, replacements: Mapping[str | None, str]
) -> int:
    """Give a value in place of each of these, in all rows that wait and fail the rule by it.

    Returns how many rows that are. Raises RepairRefused, NotAColumn or StillWrong.
    """
    definition = _definition_of(run_id)
    source = next((c.source_name for c in definition.columns if c.name == column), None)
    if source is None:
        raise NotAColumn(column)
    wrong = {
        old or "": sentence
        for old, new in replacements.items()
        if (sentence := row_cells.value_fault(new, column, definition)) is not None
    }
    if wrong:
        raise StillWrong(wrong)
    failing = queries.matching(run_id, Wanted(rule, Standing.WAITING)) & (Reject.column == column)
    count = sum(_replace(failing & _is(old), source, new) for old, new in replacements.items())
    db.session.commit()
    return count


def _definition_of(run_id: int) -> Definition:
    """Return what rows of a run would follow now; raise RepairRefused."""
    run = db.session.get_one(Run, run_id)
    return refusals.refuse(run, dataflows.get(run.dataflow_id))


def _take(run: Run, chosen: Chosen, definition: Definition) -> int:
    """Let a run hold the rows chosen; raise NothingToRetry or FileGone."""
    of_run = run.of_run_id or 0
    wanted = queries.matching(of_run, Wanted(chosen.rule, Standing.WAITING))
    if chosen.only_corrected:
        wanted &= Reject.given.is_not(None)
    if streams.has_bytes(run.stream_file_id):
        taken = _rows_of(update(Reject).where(wanted).values(retried_by_run_id=run.id))
    else:
        taken = _take_whole(run, wanted, definition)
    if not taken:
        raise refusals.nothing_waits(only_corrected=chosen.only_corrected)
    return taken


def _take_whole(run: Run, wanted: ColumnElement[bool], definition: Definition) -> int:
    """Let a run hold the rows that can be told without the file."""
    names = {column.source_name for column in definition.columns}
    corrected = select(Reject.id, Reject.given).where(wanted, Reject.given.is_not(None))
    whole = [row.id for row in db.session.execute(corrected) if names <= row.given.keys()]
    if not whole:
        raise refusals.file_gone(queries.standing(run.of_run_id or 0).waiting)
    for start in range(0, len(whole), _ROWS_A_STEP):
        some = Reject.id.in_(whole[start : start + _ROWS_A_STEP])
        _rows_of(update(Reject).where(some).values(retried_by_run_id=run.id))
    return len(whole)


def _replace(failing: ColumnElement[bool], source: str, new: str) -> int:
    """Give a cell to the rows, beside those given before; return how many rows they are."""
    fresh = {"given": {source: new}, "retried_by_run_id": None}
    before = list(_given_before(failing))
    count = _rows_of(update(Reject).where(failing, Reject.given.is_(None)).values(fresh))
    for row_id, given in before:
        both = {"given": {**given, source: new}, "retried_by_run_id": None}
        _rows_of(update(Reject).where(Reject.id == row_id).values(both))
    return count + len(before)


def _given_before(failing: ColumnElement[bool]) -> Iterator[tuple[int, dict[str, Any]]]:
    rows = select(Reject.id, Reject.given).where(failing, Reject.given.is_not(None))
    for row in db.session.execute(rows):
        yield row.id, row.given


def _is(value: str | None) -> ColumnElement[bool]:
    return Reject.value.is_(None) if value is None else Reject.value == value


def _rows_of(statement: Any) -> int:
    """Carry out an update and return how many rows it changed."""
    done = cast("CursorResult[Any]", db.session.execute(statement))
    return done.rowcount
