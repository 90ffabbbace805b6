"""Which versions a file can be taken by once more, one under which it has its columns first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.dataflows import drift_words
from app.dataflows.definition import Definition
from app.dataflows.drift import Drift
from app.dataflows.models import DataflowVersion
from app.dataflows.pipeline import needed_columns
from app.runs.models import Run, RunKind, RunStatus

_LOOKED_AT = {RunKind.PRODUCTION, RunKind.REPLAY, RunKind.DRY_REPLAY}


@dataclass(frozen=True)
class Offer:
    """A version, with the columns that it reads and the file lacks."""

    number: int
    is_active: bool
    lacking: tuple[str, ...]

    @property
    def label(self) -> str:
        """The version as a person chooses it."""
        named = f"Version {self.number}, {'active now' if self.is_active else 'as it was'}"
        return f"{named}; {_lack(self)}" if self.lacking else named


def offers(
    versions: Sequence[DataflowVersion], runs: Iterable[Run], active_number: int | None
) -> list[Offer]:
    """Return a version for each that there is: first the one to take, then the newest.

    That is the active one; where the file lacks columns under it, the newest under which it has
    them all. What columns the file has is known from its runs, the newest first.
    """
    there = next((names for run in runs if (names := _columns(run)) is not None), None)
    found = [
        Offer(each.number, each.number == active_number, _lacking(each.value, there))
        for each in versions
    ]
    return sorted(found, key=lambda each: (bool(each.lacking), not each.is_active))


def reason(offered: Sequence[Offer]) -> str:
    """Say why the active version is not the first; nothing where it is."""
    active = next((each for each in offered if each.is_active), None)
    if not offered or active is None or offered[0] is active:
        return ""
    return (
        f"Version {offered[0].number} is chosen, since the file has all columns that it reads. "
        f"Under version {active.number}, which is active, {_lack(active)}."
    )


def _lack(offer: Offer) -> str:
    noun = "the column" if len(offer.lacking) == 1 else "columns"
    return f"the file lacks {noun} {drift_words.listed(offer.lacking)}"


def _lacking(definition: Definition, there: set[str] | None) -> tuple[str, ...]:
    if there is None:
        return ()
    return tuple(name for name in needed_columns(definition) if name not in there)


def _columns(run: Run) -> set[str] | None:
    """Return the columns that a run found in its file; None where it does not tell."""
    if run.kind not in _LOOKED_AT:
        return None
    names = {column.source_name for column in Definition.from_dict(run.definition).columns}
    if run.drift:
        drift = Drift.from_dict(run.drift["drift"])
        return names.difference(drift.missing).union(drift.new)
    has_read = run.status is RunStatus.FINISHED and run.repeats_run_id is None
    return names if has_read else None
