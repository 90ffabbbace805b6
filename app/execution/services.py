"""Carrying out one run: claimed by one worker, kept alive, and ended whatever happens."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import duckdb
from deltalake.exceptions import DeltaError
from sqlalchemy import ColumnElement, delete, insert, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, selectinload

from app.dataflows import standing
from app.dataflows.models import Dataflow
from app.execution import drifting, heart, repeating, wording, working
from app.execution.drifting import CannotFollow
from app.execution.loading import ColumnsMissing, NothingLeft, RowsNotFound, TooManyRejects
from app.execution.notebook import Keep, Notebook
from app.execution.working import DatasetGone, JournalForgotten
from app.extensions import db
from app.lake import watching
from app.lake.tables import TableBusy
from app.lake.writing import PlanOutdated
from app.runs import queries
from app.runs import services as runs
from app.runs.models import Reject, Run, RunKind, RunStatus
from app.runs.progress import RunPhase, RunStopped
from app.runs.services import PlanExpired
from app.tabular.batches import BadRow
from app.tabular.files.source import FileUnreadable

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
BEAT_SECONDS = 2.0
Clock = Callable[[], datetime]


class BrokenOff(Exception):
    """Every worker that carried the run out died on the way."""


FORESEEN = (
    *(FileUnreadable, ColumnsMissing, RowsNotFound, TooManyRejects, PlanExpired, BrokenOff),
    *(NothingLeft, CannotFollow, TableBusy, PlanOutdated, DatasetGone, OSError, MemoryError),
    *(duckdb.IOException, duckdb.OutOfMemoryException, DeltaError, JournalForgotten),
)


def execute_run(*, run_id: int, stalled_after: timedelta, clock: Clock) -> None:
    """Carry out one run, once, whoever else was rung for it; a failure is kept on its row."""
    run = _claim(run_id, stalled_after, clock())
    if run is None:
        return
    try:
        with heart.beating(_beat_of(run, clock), every=BEAT_SECONDS):
            version = _carry_out(run, clock)
    except (RunStopped, watching.Stopped):
        _end_stopped(run, clock())
    except FORESEEN as why:
        _end(run, clock(), failure=wording.sentence(why))
    except Exception as why:
        _end(run, clock(), failure=wording.unforeseen(why))
        raise
    else:
        _end(run, clock(), table_version=version)
    runs.start_if_due(dataflow_id=run.dataflow_id, now=clock())


def _claim(run_id: int, stalled_after: timedelta, now: datetime) -> Run | None:
    """Return the run if it is ours: queued, or left behind by a worker that died."""
    is_free = or_(
        Run.status == RunStatus.QUEUED,
        (Run.status == RunStatus.RUNNING) & (Run.heartbeat_at < now - stalled_after),
    )
    claim = {
        "status": RunStatus.RUNNING,
        "phase": RunPhase.READING,
        "attempt": Run.attempt + 1,
        "started_at": now,
        "heartbeat_at": now,
    }
    claimed = db.session.scalar(
        update(Run).where(Run.id == run_id, is_free).values(claim).returning(Run.id)
    )
    if claimed is None:
        db.session.rollback()
        return None
    db.session.commit()
    query = select(Run).where(Run.id == run_id).options(selectinload(Run.stream_file))
    # Of a session apart, it goes on saying what was claimed, whatever another worker does.
    with Session(db.engine, expire_on_commit=False) as apart:
        return apart.scalars(query).one()


def _is_ours(run: Run) -> tuple[ColumnElement[bool], ...]:
    """Return what holds of the run's row until it ends or another worker takes it over."""
    return (
        Run.id == run.id,
        Run.status == RunStatus.RUNNING,
        Run.attempt == run.attempt,
        Run.started_at == run.started_at,
    )


def _carry_out(run: Run, clock: Clock) -> int | None:
    """Do what the run is for, or find that another worker has done it; return the version."""
    version = working.written_version(run)
    if version is None:
        _refuse(run)
    elif run.is_accounted_for:
        return version
    # Without its rejects counted it is read again, and then found to be written.
    working.forget_staged(run)
    _forget_rows(run.id)
    keep = _keeping(run, clock)
    if version is None and (before := repeating.noted(run, keep)) is not None:
        return before.table_version
    return working.carry_out(run, drifting.followed(run, keep), Notebook(keep))


def _refuse(run: Run) -> None:
    """Raise RunStopped or BrokenOff where it is not to be carried out."""
    if run.is_cancelling:
        raise RunStopped(run.id)
    if run.attempt > MOST_ATTEMPTS:
        raise BrokenOff(f"It was broken off {MOST_ATTEMPTS} times. Try it again.")


def _forget_rows(run_id: int) -> None:
    """Forget what an attempt that was broken off has counted and rejected."""
    db.session.execute(delete(Reject).where(Reject.run_id == run_id))
    fresh = dict.fromkeys(("received_count", "rejected_count", "bytes_read"), 0)
    db.session.execute(update(Run).where(Run.id == run_id).values(fresh))
    db.session.commit()


def _keeping(run: Run, clock: Clock) -> Keep:
    """Return what stores a run's values with a sign of life, and stops a run that is not ours."""

    def keep(values: dict[str, Any], rejects: list[BadRow] | None = None) -> None:
        heart.progressed()
        if rejects:
            given = working.given_for(run, rejects)
            rows = [
                {"run_id": run.id, **vars(reject), "given": given.get(reject.line)}
                for reject in rejects
            ]
            db.session.execute(insert(Reject), rows)
        if not _is_heard(run, {**values, "heartbeat_at": clock()}):
            db.session.rollback()
            raise RunStopped(run.id)
        db.session.commit()

    return keep


def _is_heard(run: Run, values: dict[str, Any]) -> bool:
    """Store values of the run; tell whether it goes on, not cancelled nor taken over."""
    heard = db.session.scalar(
        update(Run)
        .where(*_is_ours(run), Run.is_cancelling.is_(False))
        .values(values)
        .returning(Run.id)
    )
    return heard is not None


def _beat_of(run: Run, clock: Clock) -> Callable[[], None]:
    """Return what says from another thread that the run goes on, and how far, or has to stop."""
    engine = db.engine
    sign = update(Run).where(*_is_ours(run)).returning(Run.is_cancelling)

    def beat() -> None:
        values = {"heartbeat_at": clock(), "phase_share": watching.share_done()}
        try:
            with engine.begin() as connection:
                is_cancelling = connection.scalar(sign.values(values))
            if is_cancelling:
                watching.stop()
        except SQLAlchemyError:
            log.warning("run.beat_missed", extra={"run_id": run.id}, exc_info=True)

    return beat


def _end_stopped(run: Run, now: datetime) -> None:
    """Close a cancelled run; leave one alone that another worker has taken over or written."""
    db.session.rollback()
    is_cancelling = db.session.scalar(select(Run.is_cancelling).where(*_is_ours(run)))
    if not is_cancelling:
        log.warning("run.taken_over", extra={"run_id": run.id})
    elif working.written_version(run) is None:
        _end(run, now, status=RunStatus.CANCELLED)
    else:
        # Whom it was taken over from has written it meanwhile: whoever is next finds that.
        db.session.execute(update(Run).where(*_is_ours(run)).values(is_cancelling=False))
        db.session.commit()


def _end(
    run: Run,
    now: datetime,
    *,
    table_version: int | None = None,
    failure: str | None = None,
    status: RunStatus | None = None,
) -> None:
    """Close the run's row, unless another worker has taken it over; let its dataflow go on."""
    db.session.rollback()
    status = status or (RunStatus.FAILED if failure else RunStatus.FINISHED)
    end = {
        **{"status": status, "failure": failure, "table_version": table_version},
        **{"finished_at": now, "heartbeat_at": now, "is_cancelling": False},
    }
    ended = update(Run).where(*_is_ours(run)).values(end).returning(Run.id)
    if db.session.scalar(ended) is None:
        db.session.rollback()
        log.warning("run.taken_over", extra={"run_id": run.id})
        return
    run = db.session.scalars(
        select(Run).where(Run.id == run.id).execution_options(populate_existing=True)
    ).one()
    _tidy(run)
    dataflow = db.session.get_one(Dataflow, run.dataflow_id)
    if (event := run.event_at_end(dataflow)) is not None:
        standing.note(dataflow, event)
    db.session.commit()
    log.info("run.ended", extra={"run_id": run.id, "status": run.status.value, **run.buckets})


def _tidy(run: Run) -> None:
    """Note the end on other runs, and leave nothing of one that came to nothing."""
    working.forget_staged(run)
    if run.status is RunStatus.FINISHED:
        _note_on_the_other(run)
        return
    try:
        working.forget_journal(run)
    except OSError:
        # Where the lake is out of reach a run ends all the same.
        log.warning("run.journal_left", extra={"run_id": run.id}, exc_info=True)


def _note_on_the_other(run: Run) -> None:
    """Say on a run that it is undone; on one that was undone, that it holds again."""
    if run.kind is not RunKind.UNDO or run.of_run_id is None:
        return
    undone = db.session.get_one(Run, run.of_run_id)
    _note_undone(undone, run)
    if undone.kind is RunKind.UNDO and undone.of_run_id is not None:
        first = db.session.get_one(Run, undone.of_run_id)
        # What was undone in two steps, as rows were left alone, may be so in part still.
        _note_undone(first, queries.undo_that_holds(first.id))


def _note_undone(run: Run, undo: Run | None) -> None:
    run.undone_by_run_id = undo.id if undo is not None else None
    run.left_count = undo.kept_count if undo is not None else 0
