"""How the columns of a file differ from those a dataflow was made for, as plain values."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from app.dataflows.definition import Definition, DriftPolicy
from app.tabular.types import ColumnType


@dataclass(frozen=True)
class Rename:
    """A column that is missing, the new one that likely is the same, and how sure that is."""

    missing: str
    new: str
    confidence: float


@dataclass(frozen=True)
class Retyping:
    """A column whose values mostly cannot be read any more: what as, the share, some of them."""

    column: str
    reads_as: ColumnType
    share: float
    examples: tuple[str, ...]


@dataclass(frozen=True)
class OtherReading:
    """A parsing option that the file wants otherwise, with both values as people say them."""

    option: str
    found: str
    expected: str


@dataclass(frozen=True)
class Drift:
    """What differs; columns go by their names in the file, and missing are those that go somewhere.

    `needed` are those missing that no run can do without: they are mandatory, or make up the
    identifier, or with them nothing would be left to fill.
    """

    new: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    renamed: tuple[Rename, ...] = ()
    retyped: tuple[Retyping, ...] = ()
    readings: tuple[OtherReading, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.missing or self.retyped or self.readings)

    @property
    def is_stopping(self) -> bool:
        """Tell whether no policy lets a run go on: rows would be misread, or have no place."""
        return bool(self.needed or self.readings)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values that JSON can hold."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Return the drift that `to_dict` gave."""
        return cls(
            new=tuple(values["new"]),
            missing=tuple(values["missing"]),
            needed=tuple(values["needed"]),
            renamed=tuple(Rename(**each) for each in values["renamed"]),
            retyped=tuple(_retyping(each) for each in values["retyped"]),
            readings=tuple(OtherReading(**each) for each in values["readings"]),
        )


class FileDrifted(Exception):
    """The file differs, and the dataflow's policy stops the run; `drift` says how."""

    def __init__(self, drift: Drift) -> None:
        super().__init__(drift)
        self.drift = drift


def allowed(definition: Definition, drift: Drift) -> Definition:
    """Return what a run follows for a file that differs so, by the policy; raise FileDrifted.

    Values that do not fit their type any more stop nothing but under `stop`: each rejects its row.
    """
    if not drift:
        return definition
    if drift.is_stopping or definition.drift_policy is DriftPolicy.STOP:
        raise FileDrifted(drift)
    return without(definition, set(drift.missing))


def without(definition: Definition, missing: set[str]) -> Definition:
    """Return the definition without the targets that any of these columns of the file fills.

    One that is made of several, some of them missing, is left out as a whole: half a value is none.
    """
    sources = sources_of(definition)
    kept = [target for target in definition.targets if not sources[target.column] & missing]
    return replace(definition, targets=tuple(kept))


def needed_among(definition: Definition, missing: set[str]) -> tuple[str, ...]:
    """Return which of the missing columns no run can do without, in the definition's order."""
    sources = sources_of(definition)
    needed = {column.source_name for column in definition.columns if column.is_mandatory}
    if definition.key is not None:
        needed |= sources[definition.key.column]
    if not without(definition, missing).targets:
        needed |= {name for target in definition.targets for name in sources[target.column]}
    lost = needed & missing
    return tuple(c.source_name for c in definition.columns if c.source_name in lost)


def sources_of(definition: Definition) -> dict[str, set[str]]:
    """Return for each column, custom ones too, the columns of the file that it is made of."""
    made = {column.name: {column.source_name} for column in definition.columns}
    for step in definition.transformations:
        made[step.output] = {source for name in step.inputs for source in made[name]}
    return made


def _retyping(values: Mapping[str, Any]) -> Retyping:
    return Retyping(
        column=values["column"],
        reads_as=ColumnType(values["reads_as"]),
        share=values["share"],
        examples=tuple(values["examples"]),
    )
