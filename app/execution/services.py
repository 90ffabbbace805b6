"""Carrying out one run: claimed by one worker, kept alive, and ended whatever happens."""

import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import selectinload

from app.dataflows import standing
from app.dataflows.models import Dataflow
from app.execution import drifting, heart, repeating, wording, working
from app.execution.drifting import CannotFollow
from app.execution.loading import ColumnsMissing, RowsNotFound, TooManyRejects
from app.execution.notebook import Keep, Notebook
from app.extensions import db
from app.lake.tables import TableBusy
from app.runs import services as runs
from app.runs.models import Reject, Run, RunKind, RunStatus
from app.runs.progress import RunPhase, RunStopped
from app.runs.services import PlanExpired
from app.tabular.batches import BadRow
from app.tabular.files.source import FileUnreadable

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
BEAT_SECONDS = 5.0
Clock = Callable[[], datetime]


class BrokenOff(Exception):
    """Every worker that carried the run out died on the way."""


FORESEEN = (
    *(FileUnreadable, ColumnsMissing, RowsNotFound, TooManyRejects, PlanExpired, BrokenOff),
    *(CannotFollow, TableBusy, OSError),
)


def execute_run(*, run_id: int, stalled_after: timedelta, clock: Clock) -> None:
    """Carry out one run, once, whoever else was rung for it; a failure is kept on its row."""
    run = _claim(run_id, stalled_after, clock())
    if run is None:
        return
    try:
        with heart.beating(_beat_of(run, clock), every=BEAT_SECONDS):
            version = _carry_out(run, clock)
    except RunStopped:
        _end_stopped(run, clock())
    except FORESEEN as why:
        _end(run, clock(), failure=wording.sentence(why))
    except Exception:
        _end(run, clock(), failure="A fault of ours stopped it, and it has been logged.")
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
    return db.session.scalar(
        select(Run).where(Run.id == run_id).options(selectinload(Run.stream_file))
    )


def _carry_out(run: Run, clock: Clock) -> int | None:
    """Do what the run is for, or find that a worker that died has done it; return the version."""
    version = working.written_version(run)
    if version is not None:
        return version
    if run.is_cancelling:
        raise RunStopped(run.id)
    if run.attempt > MOST_ATTEMPTS:
        raise BrokenOff(f"It was broken off {MOST_ATTEMPTS} times. Try it again.")
    _forget_rows(run.id)
    keep = _keeping(run, clock)
    if (before := repeating.noted(run, keep)) is not None:
        return before.table_version
    return working.carry_out(run, drifting.followed(run, keep), Notebook(keep))


def _forget_rows(run_id: int) -> None:
    """Forget what an attempt that was broken off has counted and rejected."""
    db.session.execute(delete(Reject).where(Reject.run_id == run_id))
    fresh = dict.fromkeys(("received_count", "rejected_count", "bytes_read"), 0)
    db.session.execute(update(Run).where(Run.id == run_id).values(fresh))
    db.session.commit()


def _keeping(run: Run, clock: Clock) -> Keep:
    """Return what stores a run's values with a sign of life, and stops a run that is not ours."""

    def keep(values: dict[str, Any], rejects: list[BadRow] | None = None) -> None:
        if rejects:
            given = working.given_for(run, rejects)
            rows = [
                {"run_id": run.id, **asdict(reject), "given": given.get(reject.line)}
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
        .where(
            Run.id == run.id,
            Run.status == RunStatus.RUNNING,
            Run.attempt == run.attempt,
            Run.is_cancelling.is_(False),
        )
        .values(values)
        .returning(Run.id)
    )
    return heard is not None


def _beat_of(run: Run, clock: Clock) -> Callable[[], None]:
    """Return what gives a sign of life of the run, from another thread."""
    engine = db.engine
    sign = update(Run).where(Run.id == run.id, Run.attempt == run.attempt)

    def beat() -> None:
        try:
            with engine.begin() as connection:
                connection.execute(sign.values(heartbeat_at=clock()))
        except OperationalError:
            log.warning("run.beat_missed", extra={"run_id": run.id}, exc_info=True)

    return beat


def _end_stopped(run: Run, now: datetime) -> None:
    """Close a cancelled run; leave one alone that another worker has taken over."""
    db.session.rollback()
    found = db.session.get_one(Run, run.id, populate_existing=True)
    if found.attempt == run.attempt and found.is_cancelling:
        _end(run, now, status=RunStatus.CANCELLED)
    else:
        log.warning("run.taken_over", extra={"run_id": run.id})


def _end(
    run: Run,
    now: datetime,
    *,
    table_version: int | None = None,
    failure: str | None = None,
    status: RunStatus | None = None,
) -> None:
    """Close the run's row and let its dataflow wait for the next file."""
    db.session.rollback()
    run = db.session.get_one(Run, run.id, populate_existing=True)
    run.status = status or (RunStatus.FAILED if failure else RunStatus.FINISHED)
    run.failure, run.finished_at, run.heartbeat_at = failure, now, now
    run.table_version, run.is_cancelling = table_version, False
    if run.status is RunStatus.FINISHED:
        _note_on_the_other(run)
    else:
        working.forget_journal(run)
    dataflow = db.session.get_one(Dataflow, run.dataflow_id)
    if (event := run.event_at_end(dataflow)) is not None:
        standing.note(dataflow, event)
    db.session.commit()
    log.info("run.ended", extra={"run_id": run.id, "status": run.status.value, **run.buckets})


def _note_on_the_other(run: Run) -> None:
    """Say on a run that it is undone; on one that was undone, that it holds again."""
    if run.kind is not RunKind.UNDO or run.of_run_id is None:
        return
    undone = db.session.get_one(Run, run.of_run_id)
    undone.undone_by_run_id = run.id
    if undone.kind is RunKind.UNDO and undone.of_run_id is not None:
        db.session.get_one(Run, undone.of_run_id).undone_by_run_id = None
