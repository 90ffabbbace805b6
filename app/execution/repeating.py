"""Tells a file that was taken before, byte for byte, where taking it again would change nothing."""

from sqlalchemy import ColumnElement, select

from app import storage
from app.dataflows.definition import Definition
from app.execution.notebook import Keep
from app.extensions import db
from app.runs.models import Run, RunKind, RunStatus
from app.streams.models import StreamFile

_NOTHING = {
    **dict.fromkeys(("added_count", "changed_count", "same_count"), 0),
    **dict.fromkeys(("superseded_count", "removed_count"), 0),
    "samples": {},
}


def noted(run: Run, keep: Keep) -> Run | None:
    """Return the run that took the same bytes, and keep that this one repeats it; else none.

    Only files as they come are looked at: who has a file taken once more wants it taken.
    """
    if run.kind is not RunKind.PRODUCTION:
        return None
    before = repeated(run)
    if before is not None:
        keep({**_NOTHING, "repeats_run_id": before.id})
    return before


def repeated(run: Run) -> Run | None:
    """Return the finished run of the dataflow after which the same bytes have nothing to do.

    With a key, it is the last one, by the same version, and nobody wrote the dataset since.
    Rows without a key would be added twice: there, any run that added them, and holds, counts.
    """
    definition = Definition.from_dict(run.definition)
    if definition.key is None:
        return _added_by(run, definition)
    last = _newest(run, Run.kind == RunKind.PRODUCTION)
    is_same = (
        last is not None
        and last.stream_file_id in _files_alike(run)
        and last.definition_version == run.definition_version
        and _is_as_left(last, definition)
    )
    return last if is_same else None


def _is_as_left(run: Run, definition: Definition) -> bool:
    """Tell whether nobody has written the dataset since a run."""
    version = storage.lake().data_version(definition.table_name)
    return version is not None and run.table_version is not None and version <= run.table_version


def _added_by(run: Run, definition: Definition) -> Run | None:
    """Return the run that has added these rows: as they came, or when they were taken once more."""
    tried = (Run.added_count > 0) | (Run.definition_version == run.definition_version)
    before = _newest(
        run,
        Run.kind.in_([RunKind.PRODUCTION, RunKind.REPLAY]),
        Run.stream_file_id.in_(_files_alike(run)),
        tried,
    )
    is_same_table = before is not None and before.table_name == definition.table_name
    return before if is_same_table else None


def _newest(run: Run, *conditions: ColumnElement[bool]) -> Run | None:
    """Return the dataflow's run that finished last, of those that meet conditions.

    One that was undone does not hold, and one that had nothing to do has done nothing.
    """
    return db.session.scalar(
        select(Run)
        .where(
            Run.dataflow_id == run.dataflow_id,
            Run.status == RunStatus.FINISHED,
            Run.undone_by_run_id.is_(None),
            Run.repeats_run_id.is_(None),
            Run.id != run.id,
            *conditions,
        )
        .order_by(Run.finished_at.desc(), Run.id.desc())
        .limit(1)
    )


def _files_alike(run: Run) -> list[int]:
    """Return the files of the same stream with the same bytes."""
    own = db.session.get_one(StreamFile, run.stream_file_id)
    if own.sha256 is None:
        return []
    alike = select(StreamFile.id).where(
        StreamFile.stream_pk == own.stream_pk,
        StreamFile.sha256 == own.sha256,
        StreamFile.kind == own.kind,
    )
    return list(db.session.scalars(alike))
