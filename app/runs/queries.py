"""Reading runs and their rejected rows."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app import storage
from app.dataflows.identifying import ERASED
from app.dataflows.models import DataflowVersion
from app.extensions import db
from app.lake import journal
from app.lake.buckets import Bucket
from app.runs import samples
from app.runs.models import Reject, Run, RunKind, RunStatus
from app.schemas import queries as schemas
from app.schemas.models import Schema
from app.streams.models import FileKind, FileStatus, StreamFile

DRY_KINDS = [kind for kind in RunKind if kind.is_dry]
ROWS_A_PAGE = 50


def find_run(run_id: int) -> Run | None:
    """Return the run with its dataflow and file."""
    return db.session.scalar(
        select(Run)
        .where(Run.id == run_id)
        .options(selectinload(Run.dataflow), selectinload(Run.stream_file))
    )


def list_runs(dataflow_id: int, limit: int = 25) -> list[Run]:
    """Return the runs of a dataflow that were to write, the newest first."""
    return list(
        db.session.scalars(
            select(Run)
            .where(Run.dataflow_id == dataflow_id, Run.kind.not_in(DRY_KINDS))
            .options(selectinload(Run.stream_file))
            .order_by(Run.id.desc())
            .limit(limit)
        )
    )


def list_runs_of_file(dataflow_id: int, file_id: int) -> list[Run]:
    """Return all runs of one file, the newest first."""
    return list(
        db.session.scalars(
            select(Run)
            .where(Run.dataflow_id == dataflow_id, Run.stream_file_id == file_id)
            .order_by(Run.id.desc())
        )
    )


def count_runs(dataflow_id: int) -> int:
    """Return how many runs of a dataflow were to write."""
    runs = select(func.count()).where(Run.dataflow_id == dataflow_id, Run.kind.not_in(DRY_KINDS))
    return db.session.scalars(runs).one()


def last_runs(dataflow_ids: Sequence[int]) -> dict[int, Run]:
    """Return the newest production run of each dataflow, by the dataflow's id."""
    newest = (
        select(func.max(Run.id))
        .where(Run.dataflow_id.in_(dataflow_ids), Run.kind == RunKind.PRODUCTION)
        .group_by(Run.dataflow_id)
    )
    found = db.session.scalars(select(Run).where(Run.id.in_(newest)))
    return {run.dataflow_id: run for run in found}


def oldest_waiting_file(dataflow_id: int, stream_pk: int) -> StreamFile | None:
    """Return the production file that no run of the dataflow has taken yet."""
    taken = select(Run.stream_file_id).where(
        Run.dataflow_id == dataflow_id, Run.kind == RunKind.PRODUCTION
    )
    return db.session.scalar(
        select(StreamFile)
        .where(
            StreamFile.stream_pk == stream_pk,
            StreamFile.kind == FileKind.PRODUCTION,
            StreamFile.status == FileStatus.CLOSED,
            StreamFile.id.not_in(taken),
        )
        .order_by(StreamFile.closed_at, StreamFile.id)
        .limit(1)
    )


def last_dry_run(dataflow_id: int) -> Run | None:
    """Return the newest dry run of a dataflow."""
    return db.session.scalar(
        select(Run)
        .where(Run.dataflow_id == dataflow_id, Run.kind == RunKind.DRY)
        .options(selectinload(Run.stream_file))
        .order_by(Run.id.desc())
        .limit(1)
    )


def count_taken(run_id: int) -> int:
    """Return how many rejected rows of another run this one takes, without those of the erased."""
    taken = (Reject.retried_by_run_id == run_id) & (Reject.rule != ERASED)
    return db.session.scalars(select(func.count()).where(taken)).one()


def same_file_as(repair: Run) -> tuple[int, ...]:
    """Return the runs that took the file of a repair: first the one whose rows it mends."""
    first = repair
    while first.kind is RunKind.REPAIR and first.of_run_id is not None:
        first = db.session.get_one(Run, first.of_run_id)
    since = select(Run.id).where(
        Run.dataflow_id == first.dataflow_id,
        Run.stream_file_id == first.stream_file_id,
        Run.kind.in_([RunKind.PRODUCTION, RunKind.REPLAY, RunKind.REPAIR]),
        Run.id >= first.id,
    )
    return tuple(db.session.scalars(since.order_by(Run.id)))


def list_runs_that_found_rows(table_name: str, *, since: int) -> list[int]:
    """Return the runs that hold, from one on, that found rows of a dataset as they brought them."""
    found = select(Run.id).where(
        Run.definition["table_name"].as_string() == table_name,
        Run.id >= since,
        Run.kind.in_([RunKind.PRODUCTION, RunKind.REPLAY, RunKind.REPAIR]),
        Run.status == RunStatus.FINISHED,
        Run.undone_by_run_id.is_(None),
        Run.same_count > 0,
    )
    return list(db.session.scalars(found))


def has_been_written(table_name: str) -> bool:
    """Tell whether a run has written this dataset."""
    written = select(Run.id).where(
        Run.definition["table_name"].as_string() == table_name,
        Run.kind.not_in(DRY_KINDS),
        Run.status == RunStatus.FINISHED,
        Run.table_version.is_not(None),
    )
    return db.session.scalar(written.limit(1)) is not None


def has_lost_rows(run_id: int | None) -> bool:
    """Tell whether rejected rows that a repair took were taken by a later repair instead."""
    repair = db.session.get(Run, run_id) if run_id is not None else None
    if repair is None or repair.kind is not RunKind.REPAIR:
        return False
    return count_taken(repair.id) < repair.received_count


def journal_of(run: Run) -> Path | None:
    """Return the journal of a run, if there is one, still."""
    path = storage.lake().journal(run.table_name, run.id)
    return path if path.exists() else None


def list_rows(run: Run, bucket: Bucket, number: int) -> list[dict[str, Any]] | None:
    """Return a page of the rows in a bucket, as samples are; None where they are not on record."""
    path = journal_of(run)
    if path is None:
        return None
    schema = schemas.find_by_table(run.table_name)
    names = {column.field_name: column.name for column in schema.columns}
    entries = journal.entries(
        str(path), bucket, limit=ROWS_A_PAGE, offset=(number - 1) * ROWS_A_PAGE
    )
    return [samples.sample(entry, names) for entry in entries]


def dataset_of(run: Run) -> Schema:
    """Return the schema whose dataset the run writes."""
    return schemas.find_by_table(run.table_name)


def is_plan_current(run: Run) -> bool:
    """Tell whether a dry run's counts still hold: neither data nor definition changed since."""
    return is_as_planned(run) and not _is_defined_anew(run)


def is_as_planned(run: Run) -> bool:
    """Tell whether nobody has written the dataset since a run was planned."""
    version = storage.lake().data_version(run.table_name)
    if version is None or run.planned_version is None:
        return version is run.planned_version
    return version <= run.planned_version


def _is_defined_anew(run: Run) -> bool:
    """Tell whether a version of the definition was put in force since a run was queued."""
    since = select(DataflowVersion.id).where(
        DataflowVersion.dataflow_id == run.dataflow_id,
        DataflowVersion.activated_at > run.queued_at,
    )
    return run.kind is RunKind.DRY_REPLAY and db.session.scalar(since.limit(1)) is not None


def has_plan_expired(run: Run) -> bool:
    """Tell whether a dry run has counts that hold no more."""
    return run.status is RunStatus.FINISHED and not is_plan_current(run)


def undo_that_holds(run_id: int) -> Run | None:
    """Return the newest run that has undone another and was not undone itself."""
    return db.session.scalar(
        select(Run)
        .where(
            Run.of_run_id == run_id,
            Run.kind == RunKind.UNDO,
            Run.status == RunStatus.FINISHED,
            Run.undone_by_run_id.is_(None),
        )
        .order_by(Run.id.desc())
        .limit(1)
    )


def repairs_of(run_id: int) -> list[Run]:
    """Return the runs that took up rejected rows of this one, the oldest first."""
    found = select(Run).where(Run.of_run_id == run_id, Run.kind == RunKind.REPAIR)
    return list(db.session.scalars(found.order_by(Run.id)))


def repairs_that_hold(run_id: int) -> list[int]:
    """Return the runs that took up rejected rows of another, or what those rejected, and wrote."""
    holding: list[int] = []
    for repair in repairs_of(run_id):
        has_written = repair.added_count + repair.changed_count > 0
        if repair.status is RunStatus.FINISHED and not repair.undone_by_run_id and has_written:
            holding.append(repair.id)
        holding.extend(repairs_that_hold(repair.id))
    return holding


def find_related(run: Run) -> dict[str, Run | None]:
    """Return the run that this one is of, and the one that has undone it."""
    ids = {"of": run.of_run_id, "undone_by": run.undone_by_run_id}
    return {name: db.session.get(Run, number) if number else None for name, number in ids.items()}


def rows_a_second(run: Run, now: datetime) -> float | None:
    """Return how fast the run reads, once that can be said."""
    if run.started_at is None or not run.received_count:
        return None
    until = run.finished_at or now
    seconds = (until - run.started_at).total_seconds()
    return run.received_count / seconds if seconds > 0 else None


def seconds_left(run: Run, now: datetime) -> float | None:
    """Return how long the reading will still take, going by the bytes read so far."""
    if run.started_at is None or not run.bytes_read or run.bytes_read >= run.bytes_total:
        return None
    elapsed = (now - run.started_at).total_seconds()
    return elapsed * (run.bytes_total - run.bytes_read) / run.bytes_read
