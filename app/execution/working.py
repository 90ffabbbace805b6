"""What a run of each kind does to the lake; reads rows of the database, writes none."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
from sqlalchemy import select

from app import storage
from app.dataflows import identifying
from app.dataflows.definition import Definition, Target
from app.dataflows.identifying import Erased
from app.dataflows.picking import Cells, Picks
from app.execution import loading
from app.execution.committing import Work, commit
from app.execution.loading import Load
from app.extensions import db
from app.lake import undoing, writing
from app.lake.comparing import TakenBefore
from app.lake.planning import Dataset, Plan
from app.lake.write_modes import WriteMode
from app.runs import queries as runs
from app.runs.models import Reject, Run, RunKind
from app.runs.progress import Listener
from app.runs.services import PlanExpired
from app.schemas import queries as schemas
from app.streams import queries as streams
from app.suppressions import queries as suppressions
from app.tabular.batches import BadRow
from app.tabular.types import arrow_type

_NOTHING: Cells = {}


class DatasetGone(Exception):
    """The lake has no table of a dataset that runs have written."""


class JournalForgotten(Exception):
    """What a run did is no longer on record, so it cannot be taken back."""


def written_version(run: Run) -> int | None:
    """Return the table's version if a worker wrote this run and died before it said so."""
    if run.transaction is None:
        return None
    name = Definition.from_dict(run.definition).table_name
    return writing.written_version(storage.lake(), name, transaction=run.transaction)


def carry_out(run: Run, definition: Definition, listener: Listener) -> int | None:
    """Do what the run is for, by this definition; return the version of the table it made."""
    work = _work(run, definition, listener)
    if run.kind is RunKind.UNDO:
        return _undo(run, work)
    return loading.load(work, _load(run, definition))


def forget_journal(run: Run) -> None:
    """Remove what a run that came to nothing would have done; raise OSError."""
    storage.lake().forget_journal(run.table_name, run.id)


def forget_staged(run: Run) -> None:
    """Remove what workers that died have left of the run's rows."""
    for folder in storage.staging().glob(f"run-{run.id}-*"):
        shutil.rmtree(folder, ignore_errors=True)


def _work(run: Run, definition: Definition, listener: Listener) -> Work:
    schema = schemas.find_by_table(definition.table_name)
    key = schema.key_column
    to_come = [target for target in definition.targets if target.is_to_come]
    return Work(
        run=run.id,
        lake=storage.lake(),
        dataset=Dataset(
            name=definition.table_name,
            schema=pa.schema([*schemas.arrow_schema(definition.table_name), *_fields(to_come)]),
            key=key.field_name if key is not None else None,
        ),
        names={
            **{column.field_name: column.name for column in schema.columns},
            **{target.field_name: target.name for target in to_come},
        },
        # Of this worker alone: one given up for dead may still be at it.
        folder=storage.staging() / f"run-{run.id}-{uuid4().hex}",
        transaction=run.transaction,
        listener=listener,
        refuse=_refusing(run),
    )


def _fields(targets: Sequence[Target]) -> list[pa.Field]:
    return [pa.field(target.field_name, arrow_type(target.type)) for target in targets]


def _refusing(run: Run) -> Callable[[Plan], None]:
    """Return what refuses a plan for a lost dataset, or another than a dry run has shown."""
    is_planned = run.kind is RunKind.REPLAY and run.of_run_id

    def refuse(plan: Plan) -> None:
        # A folder that is not mounted looks like a lake that has no rows yet.
        if plan.table_version is None and runs.has_been_written(run.table_name):
            raise DatasetGone(
                "The rows of this dataset are not in the lake, where earlier runs have put them. "
                "See that its folder is there, or put it back from a backup, then try it again."
            )
        if is_planned and not runs.is_as_planned(run):
            raise PlanExpired(
                "The dataset was written since the dry run, so its counts no longer hold. Nothing "
                "was done: try the file once more."
            )

    return refuse


def _load(run: Run, definition: Definition) -> Load:
    """Return the file as this kind of run takes it: a repair never replaces the dataset."""
    source, erased = streams.source_of(run.stream_file_id), _erased(definition)
    if run.kind is not RunKind.REPAIR:
        mode = definition.write_mode
        return Load(source=source, definition=definition, mode=mode, erased=erased)
    return Load(
        source=source if streams.has_bytes(run.stream_file_id) else None,
        definition=definition,
        mode=WriteMode.APPEND,
        picks=Picks(count=runs.count_taken(run.id), within=lambda *ends: _taken(run, *ends)),
        before=_taken_before(run),
        erased=erased,
    )


def _erased(definition: Definition) -> Erased | None:
    """Return whose rows are not taken; none where nobody is suppressed or rows are of nobody.

    Asked once a run: whoever erases somebody waits for the runs that began before.
    """
    suppressed = suppressions.suppressed()
    schema = schemas.find_by_table(definition.table_name) if suppressed else None
    target = identifying.person_target(definition, schema) if schema is not None else None
    return Erased(target, suppressed.has_person) if target is not None else None


def _taken_before(repair: Run) -> TakenBefore:
    """Return the runs that took a repair's file, with what they and others found to be the same."""
    same_file = runs.same_file_as(repair)
    found = runs.list_runs_that_found_rows(repair.table_name, since=same_file[0])
    journals = (storage.lake().journal(repair.table_name, run_id) for run_id in found)
    return TakenBefore(same_file, tuple(path for path in journals if path.exists()))


def given_for(run: Run, rejects: Sequence[BadRow]) -> Mapping[int, Cells | None]:
    """Return what a person gave for these rows of a repair, by line: it is not to be lost."""
    if run.kind is not RunKind.REPAIR or not rejects:
        return {}
    lines = {reject.line for reject in rejects if reject.rule != identifying.ERASED}
    found = _taken(run, min(lines), max(lines)) if lines else {}
    return {line: cells for line, cells in found.items() if cells and line in lines}


def _taken(run: Run, first: int, last: int) -> Mapping[int, Cells]:
    """Return the lines that a repair takes, from one to another, with the cells given for them."""
    rows = db.session.execute(
        select(Reject.line, Reject.given).where(
            Reject.retried_by_run_id == run.id,
            Reject.rule != identifying.ERASED,
            Reject.line.between(first, last),
        )
    )
    return {line: given or _NOTHING for line, given in rows}


def _undo(run: Run, work: Work) -> int | None:
    undone = db.session.get_one(Run, run.of_run_id)
    path, is_again = str(work.lake.journal(work.dataset.name, undone.id)), undone.left_count > 0
    if not Path(path).exists():
        raise JournalForgotten(
            f"What run {undone.id} did is no longer on record, so it cannot be taken back. Nothing "
            "was done."
        )
    folder = Path(work.folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        return commit(
            work,
            lambda: undoing.plan_undo(
                work.lake, work.dataset, path, folder=folder, is_again=is_again
            ),
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
