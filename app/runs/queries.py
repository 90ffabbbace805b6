"""Reading runs and their rejected rows."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app.extensions import db
from app.runs.models import Reject, Run, RunKind
from app.streams.models import FileKind, FileStatus, StreamFile

REJECTS_A_PAGE = 50


def find_run(run_id: int) -> Run | None:
    """Return the run with its dataflow and file."""
    return db.session.scalar(
        select(Run)
        .where(Run.id == run_id)
        .options(selectinload(Run.dataflow), selectinload(Run.stream_file))
    )


def list_runs(dataflow_id: int, limit: int = 25) -> list[Run]:
    """Return the production runs of a dataflow, the newest first."""
    return list(
        db.session.scalars(
            select(Run)
            .where(Run.dataflow_id == dataflow_id, Run.kind == RunKind.PRODUCTION)
            .options(selectinload(Run.stream_file))
            .order_by(Run.id.desc())
            .limit(limit)
        )
    )


def count_runs(dataflow_id: int) -> int:
    """Return how many production runs a dataflow had."""
    runs = select(func.count()).where(
        Run.dataflow_id == dataflow_id, Run.kind == RunKind.PRODUCTION
    )
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


def count_rejects_by_rule(run_id: int) -> list[tuple[str, int]]:
    """Return the rules that rejected rows, the most frequent first."""
    number = func.count()
    rows = db.session.execute(
        select(Reject.rule, number)
        .where(Reject.run_id == run_id)
        .group_by(Reject.rule)
        .order_by(number.desc(), Reject.rule)
    ).all()
    return [(rule, count) for rule, count in rows]


def list_rejects(run_id: int, *, rule: str = "", number: int = 1) -> list[Reject]:
    """Return one page of rejected rows, by line."""
    query = select(Reject).where(Reject.run_id == run_id)
    if rule:
        query = query.where(Reject.rule == rule)
    ordered = query.order_by(Reject.line, Reject.id)
    return list(
        db.session.scalars(ordered.limit(REJECTS_A_PAGE).offset((number - 1) * REJECTS_A_PAGE))
    )


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
