"""What a run does about a file whose columns differ, and what its page says of that.

Works within the transactions of a service: what is to last is handed to its `keep`.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from app.dataflows import drift_words, drifting, suggesting, widening
from app.dataflows import services as dataflows
from app.dataflows.definition import Definition, DriftPolicy
from app.dataflows.drift import Drift, FileDrifted, Rename, allowed
from app.dataflows.drift_words import Difference
from app.extensions import db
from app.runs.models import Run, RunKind
from app.runs.notebook import Keep
from app.schemas.growing import ColumnNotAddable
from app.tabular.columns import profiling
from app.tabular.columns.profiles import ColumnProfile
from app.tabular.files.source import Source

CHANGED = "The dataflow was changed while its file was looked at. Try it again."


class CannotFollow(Exception):
    """The file differs from the definition so that the run stops; the sentence says how."""


@dataclass(frozen=True)
class Added:
    """A column that the run added to the schema, with the name of its type."""

    name: str
    type: str


@dataclass(frozen=True)
class Shown:
    """What the page of a run says of a drift, and what it offers to do.

    `renames` come with their places in the list, and are those not taken yet.
    """

    differences: Sequence[Difference]
    policy: DriftPolicy
    added: Sequence[Added]
    is_stopped: bool
    can_go_on: bool
    renames: Sequence[tuple[int, Rename]]


def followed(run: Run, source: Source, keep: Keep) -> Definition:
    """Return what the run follows for this file, and keep how the file differs.

    Raises CannotFollow or FileUnreadable. A dry run's file is the one that was mapped.
    """
    definition = Definition.from_dict(run.definition)
    if run.kind is RunKind.DRY:
        return definition
    drift = drifting.drift_of(source, definition)
    if not drift and not run.drift:
        return definition
    # A worker that died may have added columns: these are no longer new, but stay told.
    note = _note(drift, definition.drift_policy, (run.drift or {}).get("added", []))
    try:
        rest, fresh = _rest(run, source, definition, drift)
    except (FileDrifted, ColumnNotAddable) as failure:
        db.session.rollback()
        keep({"drift": {**note, "is_stopped": True}})
        raise CannotFollow(_sentence(failure)) from failure
    note["added"] += _added(rest, fresh)
    version = run.definition_version + bool(fresh)
    kept = note if drift or note["added"] else None
    keep({"drift": kept, "definition": rest.to_dict(), "definition_version": version})
    return rest


def _rest(
    run: Run, source: Source, definition: Definition, drift: Drift
) -> tuple[Definition, list[str]]:
    """Return what of the definition this file can follow, and the columns newly added to it."""
    rest, fresh = allowed(definition, drift), _to_add(definition, drift)
    if fresh:
        rest = _widened(run, drift, _profiles(source, definition, fresh))
    return rest, fresh


def once(definition: Definition, policy: DriftPolicy | None) -> Definition:
    """Return a definition that follows another policy than its dataflow's, if one is given."""
    return definition if policy is None else replace(definition, drift_policy=policy)


def shown(run: Run) -> Shown | None:
    """Return what the page of a run says of its drift, if there was one."""
    if not run.drift:
        return None
    drift = Drift.from_dict(run.drift["drift"])
    is_stopped = run.drift["is_stopped"]
    read = {column.source_name for column in dataflows.get(run.dataflow_id).columns}
    return Shown(
        differences=drift_words.differences(drift),
        policy=DriftPolicy(run.drift["policy"]),
        added=[Added(**each) for each in run.drift["added"]],
        is_stopped=is_stopped,
        can_go_on=is_stopped and not drift.is_stopping,
        renames=[
            (place, rename)
            for place, rename in enumerate(drift.renamed, start=1)
            if rename.missing in read and rename.new not in read
        ],
    )


def rename_at(run: Run, place: int) -> Rename | None:
    """Return the likely rename at this place, counted from 1, of what a run found."""
    found = Drift.from_dict(run.drift["drift"]).renamed if run.drift else ()
    return found[place - 1] if 1 <= place <= len(found) else None


def _note(drift: Drift, policy: DriftPolicy, added: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "drift": drift.to_dict(),
        "policy": policy.value,
        "added": list(added),
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


def _profiles(source: Source, definition: Definition, names: list[str]) -> list[ColumnProfile]:
    """Return what the first rows tell of the new columns."""
    look = drifting.look_at(source, definition.options)
    found = profiling.profile([look.batch], definition.options, columns=look.columns)
    return [profile for profile in found.columns if profile.name in set(names)]


def _widened(run: Run, drift: Drift, profiles: list[ColumnProfile]) -> Definition:
    """Return the definition with the new columns, which the dataflow has from now on, too.

    Raises ColumnNotAddable or CannotFollow.
    """
    dataflow = dataflows.get(run.dataflow_id)
    schema = dataflow.schema
    if schema is None or dataflow.version != run.definition_version:
        raise CannotFollow(CHANGED)
    try:
        widening.widen(dataflow, schema, profiles)
        dataflows.touch(dataflow, run.started_at or run.queued_at)
        db.session.flush()
    except (IntegrityError, StaleDataError) as failure:
        raise CannotFollow(CHANGED) from failure
    whole = suggesting.definition(dataflow, schema)
    return allowed(whole, replace(drift, new=()))


def _added(rest: Definition, names: list[str]) -> list[dict[str, str]]:
    return [
        asdict(Added(target.name, target.type.label))
        for target in rest.targets
        if target.column in names
    ]
