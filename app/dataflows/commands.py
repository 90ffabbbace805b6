"""`flask dataflows`: definitions as files, and runs."""

import json
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from app import clock
from app.addresses import LARGEST_ID
from app.dataflows import queries
from app.dataflows.as_code import queries as code
from app.dataflows.as_code import services
from app.dataflows.as_code.documents import LARGEST, CodeInvalid
from app.dataflows.as_code.reading import described_in
from app.dataflows.as_code.writing import as_yaml
from app.dataflows.models import Dataflow
from app.execution import services as execution
from app.extensions import db
from app.runs import queries as run_queries
from app.runs import services as runs
from app.runs.models import Run, RunStatus
from app.terminal import WRONG, for_machines, to_file, write

WAIT_SECONDS = 0.5
BY = "flask dataflows apply"

dataflows = AppGroup("dataflows", help="Dataflows: their definitions as files, and their runs.")


@dataflows.command("export")
@click.argument("name")
@click.option("--draft", "is_draft", is_flag=True, help="The draft, not the active version.")
@to_file
def export(name: str, is_draft: bool, output: Path | None) -> None:
    """Write a dataflow as YAML, which `apply` takes."""
    described = code.described(_named(name), is_draft=is_draft)
    if described is None:
        raise click.ClickException(f"“{name}” has no schema yet, so there is too little to write.")
    text = as_yaml(described)
    write(text, output)


@dataflows.command("apply", epilog="Exit status: 0 done, 2 the file is wrong, 1 anything else.")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--dry-run", "is_dry", is_flag=True, help="Say what would change; write nothing.")
@for_machines
def apply(path: Path, is_dry: bool, is_json: bool) -> None:
    """Make a dataflow what a file says: a new one, or the next version of one."""
    try:
        described = described_in(_read(path))
        applied = services.apply(described=described, by=BY, now=clock.now(), is_dry=is_dry)
    except CodeInvalid as failure:
        click.echo(f"{path}: {failure}", err=True)
        sys.exit(WRONG)
    except services.ChangedMeanwhile:
        sentence = f"“{described.name}” was changed at the same moment. Nothing is done; try again."
        raise click.ClickException(sentence) from None
    if applied.changes and not is_dry and applied.dataflow_id is not None:
        runs.start_if_due(dataflow_id=applied.dataflow_id, now=clock.now())
    said = {
        "name": described.name,
        "changes": applied.changes,
        "version": applied.number,
        "dry_run": is_dry,
    }
    click.echo(json.dumps(said, ensure_ascii=False) if is_json else _report(said))


@dataflows.command("run")
@click.argument("name")
@for_machines
def run(name: str, is_json: bool) -> None:
    """Take the oldest file that waits in, and end when its run has."""
    dataflow = _named(name)
    if not dataflow.state.is_active:
        raise click.ClickException(f"“{name}” is {dataflow.state.label}, so it takes no file.")
    try:
        started = runs.start_run(dataflow_id=dataflow.id, now=clock.now())
    except runs.RunAlreadyActive:
        raise click.ClickException(f"A run of “{name}” is under way.") from None
    if started is None:
        raise click.ClickException(f"No file waits for “{name}”.")
    _tell_end(started.id, is_json)


@dataflows.command("undo")
@click.argument("run_id", metavar="RUN", type=click.IntRange(1, LARGEST_ID))
@for_machines
def undo(run_id: int, is_json: bool) -> None:
    """Take a run back, and end when that is done; rows written since are kept."""
    if run_queries.find_run(run_id) is None:
        raise click.ClickException(f"There is no run {run_id}.")
    try:
        started = runs.start_undo(run_id=run_id, now=clock.now())
    except runs.RunAlreadyActive:
        raise click.ClickException("A run of the same dataflow is under way.") from None
    except runs.RepairsHold as failure:
        listed = ", ".join(str(repair) for repair in failure.args)
        raise click.ClickException(
            f"Rejected rows of run {run_id} were taken up again by run {listed}. Undo that first."
        ) from None
    except runs.NothingToUndo:
        raise click.ClickException(
            f"Run {run_id} wrote nothing that could be taken back, or was taken back already."
        ) from None
    _tell_end(started.id, is_json)


@dataflows.command("runs")
@click.argument("name")
@click.option("--limit", type=click.IntRange(1, 10_000), default=25, show_default=True)
@for_machines
def list_runs(name: str, limit: int, is_json: bool) -> None:
    """List the runs of a dataflow, the newest first."""
    found = run_queries.list_runs(_named(name).id, limit)
    if is_json:
        click.echo(json.dumps([_told(each) for each in found], ensure_ascii=False))
        return
    for each in found:
        click.echo(_line(each))


def _tell_end(run_id: int, is_json: bool) -> None:
    """Carry a run out, or wait for the worker that was first, and say how it ended."""
    stalled_after = timedelta(seconds=current_app.config["RUN_STALLED_SECONDS"])
    execution.execute_run(run_id=run_id, stalled_after=stalled_after, clock=clock.now)
    while (found := run_queries.find_run(run_id)) is not None and found.status.is_active:
        time.sleep(WAIT_SECONDS)
        db.session.expire_all()
    if found is None:
        raise click.ClickException(f"Run {run_id} was deleted meanwhile.")
    click.echo(json.dumps(_told(found), ensure_ascii=False) if is_json else _line(found))
    if found.status is not RunStatus.FINISHED:
        sys.exit(1)


def _line(run: Run) -> str:
    return f"Run {run.id}  {run.status.value}  {_taken(run)}  {_ended(run)}"


_COUNTS = ("received", "added", "changed", "same", "rejected", "superseded", "removed", "kept")


def _taken(run: Run) -> str:
    return (
        run.stream_file.original_name if run.kind.reads_a_file else f"undo of run {run.of_run_id}"
    )


def _ended(run: Run) -> str:
    buckets = ", ".join(f"{count} {bucket}" for bucket, count in run.buckets.items())
    received = f"{run.received_count} received: " if run.kind.reads_a_file else ""
    return run.failure or f"{received}{buckets}"


def _told(run: Run) -> dict[str, Any]:
    return {
        "run": run.id,
        "kind": run.kind.value,
        "of_run": run.of_run_id,
        "file": run.stream_file.original_name,
        "status": run.status.value,
        "version": run.definition_version,
        **{name: getattr(run, f"{name}_count") for name in _COUNTS},
        "failure": run.failure,
        "queued_at": run.queued_at.isoformat(),
        "finished_at": run.finished_at.isoformat() if run.finished_at else None,
    }


def _named(name: str) -> Dataflow:
    found = queries.find_by_name(name)
    if found is None:
        raise click.ClickException(f"There is no dataflow called “{name}”.")
    return found


def _read(path: Path) -> bytes:
    """Return the bytes of a file, no more than can be one; raise CodeInvalid."""
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as failure:
        raise CodeInvalid("", f"The file cannot be read: {failure.strerror}.") from None


def _report(said: dict[str, Any]) -> str:
    if not said["changes"]:
        return f"“{said['name']}” is as the file says. Nothing changes."
    lines = [f"- {sentence}" for sentence in said["changes"]]
    if said["dry_run"]:
        return "\n".join([f"“{said['name']}” would change:", *lines, "Nothing is written."])
    number = f" Version {said['version']} is active." if said["version"] else ""
    return "\n".join([f"“{said['name']}” is changed:", *lines, f"Done.{number}"])
