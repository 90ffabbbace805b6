"""What a run does about a file whose columns differ.

Works within the transactions of a service: what is to last is handed to its `keep`.
"""

from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from app.dataflows import drift_words, drifting, widening
from app.dataflows import services as dataflows
from app.dataflows.definition import Definition, DriftPolicy
from app.dataflows.drift import Drift, FileDrifted, allowed, without
from app.dataflows.models import Dataflow
from app.dataflows.queries import WHOLE
from app.execution.notebook import Keep
from app.extensions import db
from app.runs import queries
from app.runs.differing import Added
from app.runs.models import Run, RunKind
from app.schemas.growing import ColumnNotAddable
from app.streams import queries as streams
from app.tabular.columns import profiling
from app.tabular.columns.profiles import ColumnProfile
from app.tabular.files.source import Source

CHANGED = "The dataflow was changed while its file was looked at. Try it again."
# The draft's file is the one that was mapped.
LOOKED_AT = frozenset({RunKind.PRODUCTION, RunKind.REPLAY, RunKind.DRY_REPLAY})


class CannotFollow(Exception):
    """The file differs from the definition so that the run stops; the sentence says how."""


def followed(run: Run, keep: Keep) -> Definition:
    """Return what the run follows for its file, and keep how the file differs.

    Raises CannotFollow or FileUnreadable.
    """
    definition = Definition.from_dict(run.definition)
    if run.kind not in LOOKED_AT:
        missing = _missing_before(run, definition)
        return without(definition, missing) if missing else definition
    source = streams.source_of(run.stream_file_id)
    drift = drifting.drift_of(source, definition)
    if not drift and not run.drift:
        return definition
    note = _note(run, drift, definition.drift_policy)
    try:
        rest, fresh = _rest(run, source, definition, drift)
    except (FileDrifted, ColumnNotAddable) as failure:
        db.session.rollback()
        keep({"drift": {**note, "is_stopped": True}})
        raise CannotFollow(_sentence(failure)) from failure
    note["policy"] = rest.drift_policy.value
    note["added"] += _added(rest, fresh)
    kept = note if drift or note["added"] else None
    if run.kind.is_dry:
        db.session.rollback()
        keep({"drift": kept})
        return _to_come(rest, fresh)
    number = _active_number(run) if fresh else run.definition_version
    keep({"drift": kept, "definition": rest.to_dict(), "definition_version": number})
    return rest


def _missing_before(run: Run, definition: Definition) -> set[str]:
    """Return the columns that the file of a repair lacked, and those that came up only later."""
    if run.kind is not RunKind.REPAIR:
        return set()
    first = db.session.get_one(Run, queries.same_file_as(run)[0])
    drift = first.drift["drift"] if first.drift else {"missing": [], "new": []}
    then = Definition.from_dict(first.definition)
    known = {column.source_name for column in then.columns} | set(drift["new"])
    later = {column.source_name for column in definition.columns} - known
    return later | set(drift["missing"])


def _rest(
    run: Run, source: Source, definition: Definition, drift: Drift
) -> tuple[Definition, list[str]]:
    """Return what of the definition this file can follow, and the columns newly added to it."""
    rest, fresh = allowed(definition, drift), _to_add(definition, drift)
    if not fresh:
        return rest, []
    if not _may_add(run):
        return replace(rest, drift_policy=DriftPolicy.IGNORE), []
    whole = _widened(run, _profiles(source, definition, fresh))
    whole = replace(whole, drift_policy=definition.drift_policy)
    return allowed(whole, replace(drift, new=())), fresh


def _note(run: Run, drift: Drift, policy: DriftPolicy) -> dict[str, Any]:
    # A worker that died may have added columns: these are no longer new, but stay told.
    before = [] if run.kind.is_dry else (run.drift or {}).get("added", [])
    return {
        "drift": drift.to_dict(),
        "policy": policy.value,
        "added": list(before),
        "is_stopped": False,
    }


def _sentence(failure: FileDrifted | ColumnNotAddable) -> str:
    if isinstance(failure, FileDrifted):
        return drift_words.summary(failure.drift)
    return str(failure)


def _to_add(definition: Definition, drift: Drift) -> list[str]:
    """Return the new columns to add: not those that are likely known ones under other names."""
    if definition.drift_policy is not DriftPolicy.ADD:
        return []
    renamed = {rename.new for rename in drift.renamed}
    return [name for name in drift.new if name not in renamed]


def _may_add(run: Run) -> bool:
    """Tell whether the run follows what is active: an earlier version, tried anew, adds nothing.

    Raises CannotFollow where the run was to add columns, and another version became active.
    """
    if run.definition_version == _active_number(run):
        return True
    if run.kind is RunKind.PRODUCTION or _has_shown_added(run):
        raise CannotFollow(CHANGED)
    return False


def _active_number(run: Run) -> int | None:
    return db.session.scalar(select(Dataflow.active_number).where(Dataflow.id == run.dataflow_id))


def _has_shown_added(run: Run) -> bool:
    """Tell whether the dry run that this one carries out has counted with columns added."""
    tried = db.session.get(Run, run.of_run_id) if run.of_run_id is not None else None
    return tried is not None and bool((tried.drift or {}).get("added"))


def _profiles(source: Source, definition: Definition, names: list[str]) -> list[ColumnProfile]:
    """Return what the first rows tell of the new columns."""
    look = drifting.look_at(source, definition.options)
    found = profiling.profile([look.batch], definition.options, columns=look.columns)
    return [profile for profile in found.columns if profile.name in set(names)]


def _widened(run: Run, profiles: list[ColumnProfile]) -> Definition:
    """Return the new active version, with the columns; raise ColumnNotAddable or CannotFollow."""
    now = run.started_at or run.queued_at
    found = select(Dataflow).where(Dataflow.id == run.dataflow_id).options(*WHOLE)
    dataflow = db.session.scalars(found.execution_options(populate_existing=True)).one()
    try:
        whole = widening.widen(dataflow, profiles, by=f"Run {run.id}", now=now)
        dataflows.touch(dataflow, now)
        db.session.flush()
    except (IntegrityError, StaleDataError) as failure:
        raise CannotFollow(CHANGED) from failure
    return whole


def _added(rest: Definition, names: list[str]) -> list[dict[str, str]]:
    return [
        asdict(Added(target.name, target.type.label))
        for target in rest.targets
        if target.column in names
    ]


def _to_come(definition: Definition, names: list[str]) -> Definition:
    """Return the definition with the columns that a dry run has not added under no real ids."""
    targets = tuple(
        replace(target, schema_column_id=-target.schema_column_id)
        if target.column in names
        else target
        for target in definition.targets
    )
    return replace(definition, targets=targets)
