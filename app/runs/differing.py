"""How the columns of a run's file differed, as it is kept with the run and its page says it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.dataflows import drift_words
from app.dataflows import queries as dataflows
from app.dataflows.definition import DriftPolicy
from app.dataflows.drift import Drift, Rename
from app.dataflows.drift_words import Difference
from app.dataflows.models import Dataflow
from app.extensions import db
from app.runs.models import Run


@dataclass(frozen=True)
class Added:
    """A column that the run added to the schema, or a dry one would, with its type's name."""

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

    @property
    def asks_first(self) -> bool:
        """Tell whether trying again as it is would stop again: a rename is to be taken first."""
        return self.is_stopped and bool(self.renames)


def shown(run: Run) -> Shown | None:
    """Return what the page of a run says of its drift, if there was one."""
    if not run.drift:
        return None
    drift = Drift.from_dict(run.drift["drift"])
    is_stopped = run.drift["is_stopped"]
    read = _names_read(run)
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


def _names_read(run: Run) -> set[str]:
    """Return the columns that files of the dataflow are read by now, under their names there."""
    active = dataflows.active_version(db.session.get_one(Dataflow, run.dataflow_id))
    return {column.source_name for column in active.value.columns} if active else set()
