"""Starting runs, carrying them out once, and bringing stalled ones back."""

import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from app import storage
from app.dataflows import services as dataflows
from app.dataflows import suggesting
from app.dataflows.definition import Definition, DriftPolicy
from app.dataflows.models import Dataflow, DataflowState
from app.extensions import db
from app.lake import writing
from app.lake.tables import TableBusy
from app.queue import JobName, ring
from app.runs import drifting, execution, queries, repeating, wording
from app.runs.models import Reject, Run, RunKind, RunStatus
from app.runs.notebook import Keep, Notebook
from app.runs.progress import RunPhase
from app.schemas import queries as schemas
from app.schemas.models import Schema
from app.streams import queries as streams
from app.streams.models import StreamFile
from app.tabular.batches import BadRow
from app.tabular.files.source import FileUnreadable

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
Clock = Callable[[], datetime]


class BrokenOff(Exception):
    """Every worker that carried the run out died on the way."""


class RunAlreadyActive(Exception):
    """Another run of this dataflow is under way."""


class DataflowPaused(Exception):
    """The dataflow takes no file at the moment."""


class NothingToTry(Exception):
    """The dataflow has no draft file, or no schema, yet."""


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
    dataflow.state = DataflowState.RUNNING
    try:
        db.session.commit()
    except IntegrityError as failure:
        db.session.rollback()
        raise RunAlreadyActive(dataflow_id) from failure
    ring(JobName.EXECUTE_RUN, run_id=run.id)
    log.info("run.queued", extra={"run_id": run.id, "dataflow_id": dataflow_id})
    return run


def retry_run(*, run_id: int, now: datetime, policy: DriftPolicy | None = None) -> Run:
    """Queue a failed run again, by the definition as it is now, or this once by another policy.

    Raises RunAlreadyActive, DataflowPaused or NothingToTry.
    """
    run = db.session.get_one(Run, run_id)
    if run.status is not RunStatus.FAILED:
        raise RunAlreadyActive(run_id)
    dataflow = dataflows.get(run.dataflow_id)
    if dataflow.schema is None:
        raise NothingToTry(run_id)
    if run.kind is RunKind.PRODUCTION:
        if not dataflow.state.is_active:
            raise DataflowPaused(run_id)
        dataflow.state = DataflowState.RUNNING
    # What failed after it wrote is closed as it was; all else goes by what was mended since.
    if _written_before(run) is None:
        definition = suggesting.definition(dataflow, dataflow.schema)
        run.definition = drifting.once(definition, policy).to_dict()
        run.definition_version = dataflow.version
    run.status, run.attempt, run.queued_at = RunStatus.QUEUED, 0, now
    run.finished_at, run.failure = None, None
    try:
        db.session.commit()
    except IntegrityError as failure:
        db.session.rollback()
        raise RunAlreadyActive(run_id) from failure
    ring(JobName.EXECUTE_RUN, run_id=run_id)
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
        Run.kind == RunKind.PRODUCTION,
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


def execute_run(*, run_id: int, stalled_after: timedelta, clock: Clock) -> None:
    """Carry out one run, once, whoever else was rung for it; a failure is kept on its row."""
    run = _claim(run_id, stalled_after, clock())
    if run is None:
        return
    try:
        version = _written_before(run)
        if version is None and run.attempt > MOST_ATTEMPTS:
            raise BrokenOff(f"It was broken off {MOST_ATTEMPTS} times. Try it again.")
        if version is None:
            version = _carry_out(run, clock)
    except (
        *(FileUnreadable, drifting.CannotFollow, execution.ColumnsMissing),
        *(BrokenOff, TableBusy, OSError),
    ) as failure:
        _end(run_id, clock(), failure=wording.sentence(failure))
    except Exception:
        _end(run_id, clock(), failure="A fault of ours stopped it, and it has been logged.")
        raise
    else:
        _end(run_id, clock(), table_version=version)
    start_if_due(dataflow_id=run.dataflow_id, now=clock())


def _queued(
    dataflow: Dataflow, schema: Schema, file: StreamFile, kind: RunKind, now: datetime
) -> Run:
    run = Run(
        dataflow_id=dataflow.id,
        stream_file_id=file.id,
        kind=kind,
        status=RunStatus.QUEUED,
        phase=RunPhase.READING,
        definition=suggesting.definition(dataflow, schema).to_dict(),
        definition_version=dataflow.version,
        bytes_total=file.size or 0,
        queued_at=now,
    )
    db.session.add(run)
    return run


def _claim(run_id: int, stalled_after: timedelta, now: datetime) -> Run | None:
    """Return the run if it is ours: queued, or left behind by a worker that died."""
    claimed = db.session.scalar(
        update(Run)
        .where(
            Run.id == run_id,
            or_(
                Run.status == RunStatus.QUEUED,
                (Run.status == RunStatus.RUNNING) & (Run.heartbeat_at < now - stalled_after),
            ),
        )
        .values(
            status=RunStatus.RUNNING,
            phase=RunPhase.READING,
            attempt=Run.attempt + 1,
            started_at=now,
            heartbeat_at=now,
        )
        .returning(Run.id)
    )
    if claimed is None:
        db.session.rollback()
        return None
    db.session.commit()
    return db.session.scalar(
        select(Run).where(Run.id == run_id).options(selectinload(Run.stream_file))
    )


def _written_before(run: Run) -> int | None:
    """Return the table's version if a worker wrote this run and died before it said so."""
    definition = Definition.from_dict(run.definition)
    return writing.written_version(
        storage.lake(), definition.table_name, transaction=f"run-{run.id}"
    )


def _carry_out(run: Run, clock: Clock) -> int | None:
    keep = _keeping(run.id, clock)
    _forget_rows(run.id)
    if (before := repeating.noted(run, keep)) is not None:
        return before.table_version
    source = streams.source_of(run.stream_file_id)
    definition = drifting.followed(run, source, keep)
    return execution.execute(
        source=source,
        definition=definition,
        whole=schemas.arrow_schema(definition.table_name),
        lake=storage.lake(),
        folder=storage.staging() / f"run-{run.id}",
        transaction=f"run-{run.id}" if run.kind is RunKind.PRODUCTION else None,
        listener=Notebook(keep),
    )


def _forget_rows(run_id: int) -> None:
    """Forget what an attempt that was broken off has counted and rejected."""
    db.session.execute(delete(Reject).where(Reject.run_id == run_id))
    fresh = dict.fromkeys(("received_count", "rejected_count", "bytes_read"), 0)
    db.session.execute(update(Run).where(Run.id == run_id).values(fresh))
    db.session.commit()


def _keeping(run_id: int, clock: Clock) -> Keep:
    """Return what stores a run's values, with a sign of life."""

    def keep(values: dict[str, Any], rejects: list[BadRow] | None = None) -> None:
        if rejects:
            rows = [{"run_id": run_id, **asdict(reject)} for reject in rejects]
            db.session.execute(insert(Reject), rows)
        heard = {**values, "heartbeat_at": clock()}
        db.session.execute(update(Run).where(Run.id == run_id).values(heard))
        db.session.commit()

    return keep


def _end(
    run_id: int, now: datetime, *, table_version: int | None = None, failure: str | None = None
) -> None:
    """Close the run's row and let its dataflow wait for the next file."""
    db.session.rollback()
    run = db.session.get_one(Run, run_id, populate_existing=True)
    run.status = RunStatus.FAILED if failure else RunStatus.FINISHED
    run.failure, run.finished_at, run.heartbeat_at = failure, now, now
    run.table_version = table_version
    dataflow = db.session.get_one(Dataflow, run.dataflow_id)
    dataflow.state = run.state_after(dataflow)
    db.session.commit()
    log.info("run.ended", extra={"run_id": run_id, "status": run.status.value, **run.buckets})
