"""Starting runs, of files and of what others were; stopping them; bringing stalled ones back."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from app import storage
from app.dataflows import queries as dataflow_queries
from app.dataflows import services as dataflows
from app.dataflows import standing, versions, widening
from app.dataflows.definition import Definition, DriftPolicy
from app.dataflows.drift import Rename
from app.dataflows.models import Dataflow, DataflowState
from app.dataflows.states import Event
from app.extensions import db
from app.lake import writing
from app.queue import JobName, ring
from app.runs import queries, queueing
from app.runs.models import Run, RunKind, RunStatus
from app.streams import queries as streams

log = logging.getLogger(__name__)


class RunAlreadyActive(Exception):
    """Another run of this dataflow is under way."""


class DataflowPaused(Exception):
    """The dataflow takes no file at the moment."""


class NothingToTry(Exception):
    """The dataflow has no draft file, or no schema, yet."""


class NothingToUndo(Exception):
    """The run wrote nothing, was undone already, or what it did is no longer on record."""


class RepairsHold(Exception):
    """Rows that the run rejected were taken up again, by the runs given, and these hold."""


class RowsTakenElsewhere(Exception):
    """Another run has taken up the rejected rows that this one was to take."""


class PlanExpired(Exception):
    """The dataset, or the definition, changed since the dry run."""


class FileGone(Exception):
    """The bytes of the file are no longer kept."""


class RunEnded(Exception):
    """The run has ended already."""


def start_dry_run(*, dataflow_id: int, now: datetime) -> Run:
    """Queue the draft for a run that writes nothing; raise NothingToTry."""
    dataflow = dataflows.get(dataflow_id)
    if dataflow.schema is None or dataflow.draft_file is None:
        raise NothingToTry(dataflow_id)
    run = queueing.of_file(dataflow, dataflow.schema, dataflow.draft_file, RunKind.DRY, now)
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
    run = queueing.of_file(dataflow, dataflow.schema, file, RunKind.PRODUCTION, now)
    standing.note(dataflow, Event.RUN_STARTED)
    _commit_start(dataflow_id)
    ring_for(run)
    return run


def start_replay(
    *, dataflow_id: int, file_id: int, number: int | None, is_dry: bool, now: datetime
) -> Run:
    """Queue a production file once more, by a version of the definition; without, the active one.

    Raises FileGone, NothingToTry where there is no such version, or RunAlreadyActive.
    """
    dataflow = dataflows.get(dataflow_id)
    file = streams.find_file(dataflow.stream_pk, file_id)
    if file is None or not streams.has_bytes(file_id):
        raise FileGone(file_id)
    found = dataflow_queries.find_version(dataflow, number)
    if found is None:
        raise NothingToTry(dataflow_id)
    kind = RunKind.DRY_REPLAY if is_dry else RunKind.REPLAY
    run = queueing.by_version(found, file, kind, now)
    _commit_start(dataflow_id)
    ring_for(run)
    return run


def start_planned(*, run_id: int, now: datetime) -> Run:
    """Queue what a dry run of a production file has tried, as long as its counts hold.

    Raises PlanExpired, FileGone or RunAlreadyActive.
    """
    tried = db.session.get_one(Run, run_id)
    is_done = tried.kind is RunKind.DRY_REPLAY and tried.status is RunStatus.FINISHED
    if not is_done or not queries.is_plan_current(tried):
        raise PlanExpired(run_id)
    if not streams.has_bytes(tried.stream_file_id):
        raise FileGone(tried.stream_file_id)
    run = queueing.again(tried, RunKind.REPLAY, now)
    run.planned_version = tried.planned_version
    _commit_start(run_id)
    ring_for(run)
    return run


def start_undo(*, run_id: int, now: datetime) -> Run:
    """Queue taking a run back; raise NothingToUndo, RepairsHold or RunAlreadyActive.

    What a repair added to a run goes first: left behind, it would be there twice once the file is
    taken again. A repair that was undone stays so once another has taken up its rows.
    """
    undone = db.session.get_one(Run, run_id)
    table_name = Definition.from_dict(undone.definition).table_name
    if not undone.can_be_undone or not storage.lake().journal(table_name, run_id).exists():
        raise NothingToUndo(run_id)
    if undone.kind is RunKind.UNDO and queries.has_lost_rows(undone.of_run_id):
        raise NothingToUndo(run_id)
    if repairs := queries.repairs_that_hold(run_id):
        raise RepairsHold(*repairs)
    run = queueing.again(undone, RunKind.UNDO, now)
    _commit_start(run_id)
    ring_for(run)
    return run


def retry_run(*, run_id: int, now: datetime, policy: DriftPolicy | None = None) -> Run:
    """Queue a failed run again, by the definition as it is now, or this once by another policy.

    Raises RunAlreadyActive, DataflowPaused, NothingToTry or RowsTakenElsewhere.
    """
    run = db.session.get_one(Run, run_id)
    if run.status not in {RunStatus.FAILED, RunStatus.CANCELLED}:
        raise RunAlreadyActive(run_id)
    dataflow = dataflows.get(run.dataflow_id)
    if dataflow.schema is None:
        raise NothingToTry(run_id)
    if run.kind is RunKind.REPAIR and not queries.count_taken(run_id):
        raise RowsTakenElsewhere(run_id)
    if run.kind is RunKind.PRODUCTION:
        if not dataflow.state.is_active:
            raise DataflowPaused(run_id)
        standing.note(dataflow, Event.RUN_STARTED)
    # What failed after it wrote is closed as it was; all else goes by what was mended since.
    if run.kind.reads_a_file and not _is_written(run):
        followed, run.definition_version = versions.followed(
            dataflow, dataflow.schema, is_draft=run.kind is RunKind.DRY
        )
        run.definition = followed if policy is None else {**followed, "drift_policy": policy.value}
    run.status, run.attempt, run.queued_at = RunStatus.QUEUED, 0, now
    run.finished_at, run.failure, run.is_cancelling = None, None, False
    _commit_start(run_id)
    ring_for(run)
    return run


def take_rename(*, run_id: int, rename: Rename, by: str, now: datetime) -> None:
    """Let the run's dataflow read a column by its new name from now on, in a new active version.

    Raises ColumnGone, or EditedElsewhere where another made a version at the same moment.
    """
    run = db.session.get_one(Run, run_id)
    dataflow = dataflows.get(run.dataflow_id)
    widening.follow_rename(dataflow, rename.missing, rename.new, by=by, now=now)
    dataflows.touch(dataflow, now)
    try:
        db.session.commit()
    except (IntegrityError, StaleDataError) as failure:
        db.session.rollback()
        raise dataflows.EditedElsewhere(run.dataflow_id) from failure
    log.info("run.rename_taken", extra={"run_id": run_id, "number": dataflow.active_number})


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


def _commit_start(what: int) -> None:
    try:
        db.session.commit()
    except IntegrityError as failure:
        db.session.rollback()
        raise RunAlreadyActive(what) from failure


def ring_for(run: Run) -> None:
    """Let a worker carry out a run that is kept."""
    ring(JobName.EXECUTE_RUN, run_id=run.id)
    log.info("run.queued", extra={"run_id": run.id, "dataflow_id": run.dataflow_id})


def _is_written(run: Run) -> bool:
    name = Definition.from_dict(run.definition).table_name
    transaction = run.transaction or ""
    lake = storage.lake()
    return writing.written_version(lake, name, transaction=transaction) is not None
