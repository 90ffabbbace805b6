"""Rows of runs to be: of a file, or of what another run was.

Works within the transaction of a service, and never commits.
"""

from datetime import datetime
from typing import Any

from app.dataflows import versions
from app.dataflows.models import Dataflow, DataflowVersion
from app.extensions import db
from app.runs.models import Run, RunKind, RunStatus
from app.runs.progress import RunPhase
from app.schemas.models import Schema
from app.streams.models import StreamFile


def of_file(
    dataflow: Dataflow, schema: Schema, file: StreamFile, kind: RunKind, now: datetime
) -> Run:
    """Return a run of a file by the draft's definition, for a dry run, or the active one."""
    definition, number = versions.followed(dataflow, schema, is_draft=kind is RunKind.DRY)
    return _added(_of(file, kind, dataflow.id, definition, number), now)


def by_version(version: DataflowVersion, file: StreamFile, kind: RunKind, now: datetime) -> Run:
    """Return a run of a file by a version of its dataflow's definition."""
    run = _of(file, kind, version.dataflow_id, version.definition, version.number)
    return _added(run, now)


def again(other: Run, kind: RunKind, now: datetime) -> Run:
    """Return a new run of what another one was."""
    return _added(
        Run(
            dataflow_id=other.dataflow_id,
            stream_file_id=other.stream_file_id,
            kind=kind,
            of_run_id=other.id,
            phase=RunPhase.READING if kind.reads_a_file else RunPhase.PLANNING,
            definition=other.definition,
            definition_version=other.definition_version,
            bytes_total=other.bytes_total if kind.reads_a_file else 0,
        ),
        now,
    )


def _of(
    file: StreamFile, kind: RunKind, dataflow_id: int, definition: dict[str, Any], number: int
) -> Run:
    return Run(
        dataflow_id=dataflow_id,
        stream_file_id=file.id,
        kind=kind,
        phase=RunPhase.READING,
        definition=definition,
        definition_version=number,
        bytes_total=file.size or 0,
    )


def _added(run: Run, now: datetime) -> Run:
    run.status, run.queued_at = RunStatus.QUEUED, now
    db.session.add(run)
    return run
