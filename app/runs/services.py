"""Starting runs, of files and of what others were; stopping them; bringing stalled ones back."""

import logging
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, or_, select, update
from sqlalchemy.exc import IntegrityError

from app import storage
from app.dataflows import services as dataflows
from app.dataflows import standing, versions
from app.dataflows.definition import Definition
from app.dataflows.models import Dataflow, DataflowState
from app.dataflows.states import Event
from app.extensions import db
from app.lake import writing
from app.queue import JobName, ring
from app.runs import queries
from app.runs.models import Reject, Run, RunKind, RunStatus
from app.runs.progress import RunPhase
from app.schemas.models import Schema
from app.streams.models import StreamFile

log = logging.getLogger(__name__)


class RunAlreadyActive(Exception):
    """Another run of this dataflow is under way."""


class DataflowPaused(Exception):
    """The dataflow takes no file at the moment."""


class NothingToTry(Exception):
    """The dataflow has no draft file, or no schema, yet."""


class NothingToUndo(Exception):
    """The run wrote nothing, was undone already, or what it did is no longer on record."""


class NothingToRetry(Exception):
    """None of the rejected rows waits to be taken once more."""


class RunEnded(Exception):
    """The run has ended already."""


def start_dry_run(*, dataflow_id: int, now: datetime) -> Run:
    """Queue the draft for a run that writes nothing; raise NothingToTry."""
    dataflow = dataflows.get(dataflow_id)
    if dataflow.schema is None or dataflow.draft_file is None:
        raise NothingToTry(dataflow_id)
    run = _queued(dataflow, dataflow.schema, dataflow.draft_file, RunKind.DRY, now)
    db.session.commit()
    ring(JobName.EXECUTE_RUN, run_id=run.id)
    return run


def start_run(*, dataflow_id: int, now: datetime) -> Run | None:
    """Queue the oldest production file that waits; raise RunAlreadyActive."""
    dataflow = dataflows.get(dataflow_id)
    file = (
        queries.oldest_waiting_file(dataflow.id, dataflow.stream_pk)
        if dataflow.state.is_active
        else None
    )
    if file is None or dataflow.schema is None:
        return None
    run = _queued(dataflow, dataflow.schema, file, RunKind.PRODUCTION, now)
    standing.note(dataflow, Event.RUN_STARTED)
    _commit_start(dataflow_id)
    _ring_for(run)
    return run


def start_undo(*, run_id: int, now: datetime) -> Run:
    """Queue taking a run back; raise NothingToUndo or RunAlreadyActive."""
    undone = db.session.get_one(Run, run_id)
    table_name = Definition.from_dict(undone.definition).table_name
    if not undone.can_be_undone or not storage.lake().journal(table_name, run_id).exists():
        raise NothingToUndo(run_id)
    run = _again(undone, RunKind.UNDO, now)
    _commit_start(run_id)
    _ring_for(run)
    return run


def start_repair(*, run_id: int, rule: str, now: datetime) -> Run:
    """Queue the rejected rows of a run, or those of a rule, once more, as things are defined now.

    Raises NothingToRetry, RunAlreadyActive or NothingToTry.
    """
    rejected = db.session.get_one(Run, run_id)
    dataflow = dataflows.get(rejected.dataflow_id)
    if dataflow.schema is None:
        raise NothingToTry(run_id)
    run = _again(rejected, RunKind.REPAIR, now)
    run.definition, run.definition_version = versions.followed(
        dataflow, dataflow.schema, is_draft=False
    )
    waiting = (Reject.run_id == run_id) & Reject.retried_by_run_id.is_(None)
    chosen = waiting & (Reject.rule == rule) if rule else waiting
    try:
        db.session.flush()
        taken = cast(
            "CursorResult[Any]",
            db.session.execute(update(Reject).where(chosen).values(retried_by_run_id=run.id)),
        ).rowcount
    except IntegrityError as failure:
        db.session.rollback()
        raise RunAlreadyActive(run_id) from failure
    if not taken:
        db.session.rollback()
        raise NothingToRetry(run_id)
    db.session.commit()
    _ring_for(run)
    return run


def retry_run(*, run_id: int, now: datetime) -> Run:
    """Queue a failed run again, by the definition as it is now.

    Raises RunAlreadyActive, DataflowPaused or NothingToTry.
    """
    run = db.session.get_one(Run, run_id)
    if run.status not in {RunStatus.FAILED, RunStatus.CANCELLED}:
        raise RunAlreadyActive(run_id)
    dataflow = dataflows.get(run.dataflow_id)
    if dataflow.schema is None:
        raise NothingToTry(run_id)
    if run.kind is RunKind.PRODUCTION:
        if not dataflow.state.is_active:
            raise DataflowPaused(run_id)
        standing.note(dataflow, Event.RUN_STARTED)
    # What failed after it wrote is closed as it was; all else goes by what was mended since.
    if run.kind.reads_a_file and not _is_written(run):
        run.definition, run.definition_version = versions.followed(
            dataflow, dataflow.schema, is_draft=run.kind is RunKind.DRY
        )
    run.status, run.attempt, run.queued_at = RunStatus.QUEUED, 0, now
    run.finished_at, run.failure = None, None
    _commit_start(run_id)
    _ring_for(run)
    return run


def cancel_run(*, run_id: int, now: datetime) -> Run:
    """Stop a run that is under way: at once where it waits, else before it writes.

    Raises RunEnded.
    """
    run = db.session.get_one(Run, run_id)
    if not run.status.is_active:
        raise RunEnded(run_id)
    is_waiting = (Run.id == run_id) & (Run.status == RunStatus.QUEUED)
    ended = {"status": RunStatus.CANCELLED, "finished_at": now}
    stopped = update(Run).where(is_waiting).values(ended).returning(Run.id)
    if db.session.scalar(stopped) is not None:
        db.session.refresh(run)
        dataflow = db.session.get_one(Dataflow, run.dataflow_id)
        if (event := run.event_at_end(dataflow)) is not None:
            standing.note(dataflow, event)
    else:
        run.is_cancelling = True
    db.session.commit()
    log.info("run.cancelled", extra={"run_id": run_id})
    return run


def keep_runs_going(*, stalled_after: timedelta, now: datetime) -> None:
    """Start runs for files that wait, ring again for runs queued or silent for too long."""
    waiting = select(Dataflow.id).where(
        Dataflow.state.in_([state for state in DataflowState if state.is_active])
    )
    for dataflow_id in db.session.scalars(waiting).all():
        start_if_due(dataflow_id=dataflow_id, now=now)
    late = now - stalled_after
    stuck = select(Run.id).where(
        or_(
            (Run.status == RunStatus.QUEUED) & (Run.queued_at < late),
            (Run.status == RunStatus.RUNNING) & (Run.heartbeat_at < late),
        )
    )
    for run_id in db.session.scalars(stuck).all():
        log.warning("run.rung_again", extra={"run_id": run_id})
        ring(JobName.EXECUTE_RUN, run_id=run_id)


def start_if_due(*, dataflow_id: int, now: datetime) -> None:
    """Start the next run, unless one is under way already."""
    busy = select(Run.id).where(
        Run.dataflow_id == dataflow_id,
        Run.kind.not_in([kind for kind in RunKind if kind.is_dry]),
        Run.status.in_([status for status in RunStatus if status.is_active]),
    )
    if db.session.scalar(busy) is not None:
        return
    try:
        start_run(dataflow_id=dataflow_id, now=now)
    except RunAlreadyActive:
        log.info("run.already_active", extra={"dataflow_id": dataflow_id})


def start_for_stream(*, stream_pk: int, now: datetime) -> None:
    """Start the next run of the dataflow that this stream feeds, if it is due."""
    dataflow_id = db.session.scalar(select(Dataflow.id).where(Dataflow.stream_pk == stream_pk))
    if dataflow_id is not None:
        start_if_due(dataflow_id=dataflow_id, now=now)


def _queued(
    dataflow: Dataflow, schema: Schema, file: StreamFile, kind: RunKind, now: datetime
) -> Run:
    definition, number = versions.followed(dataflow, schema, is_draft=kind is RunKind.DRY)
    run = Run(
        dataflow_id=dataflow.id,
        stream_file_id=file.id,
        kind=kind,
        status=RunStatus.QUEUED,
        phase=RunPhase.READING,
        definition=definition,
        definition_version=number,
        bytes_total=file.size or 0,
        queued_at=now,
    )
    db.session.add(run)
    return run


def _again(other: Run, kind: RunKind, now: datetime) -> Run:
    """Return a new run of what another one was."""
    run = Run(
        dataflow_id=other.dataflow_id,
        stream_file_id=other.stream_file_id,
        kind=kind,
        of_run_id=other.id,
        status=RunStatus.QUEUED,
        phase=RunPhase.READING if kind.reads_a_file else RunPhase.PLANNING,
        definition=other.definition,
        definition_version=other.definition_version,
        bytes_total=other.bytes_total if kind.reads_a_file else 0,
        queued_at=now,
    )
    db.session.add(run)
    return run


def _commit_start(what: int) -> None:
    try:
        db.session.commit()
    except IntegrityError as failure:
        db.session.rollback()
        raise RunAlreadyActive(what) from failure


def _ring_for(run: Run) -> None:
    ring(JobName.EXECUTE_RUN, run_id=run.id)
    log.info("run.queued", extra={"run_id": run.id, "dataflow_id": run.dataflow_id})


def _is_written(run: Run) -> bool:
    name = Definition.from_dict(run.definition).table_name
    transaction = run.transaction or ""
    lake = storage.lake()
    return writing.written_version(lake, name, transaction=transaction) is not None
