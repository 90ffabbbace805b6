"""A dataflow's definition as plain values: what a run follows, whatever is edited meanwhile."""

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from app.dataflows.reject_limits import RejectLimit
from app.lake.write_modes import WriteMode
from app.tabular.columns.transforming import Transformation
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType

# What may be written into a column of another type without changing the value.
_ALSO_TAKES = {
    ColumnType.TEXT: frozenset(ColumnType),
    ColumnType.DECIMAL: frozenset({ColumnType.INTEGER}),
    ColumnType.DATETIME: frozenset({ColumnType.DATE}),
}


def takes(target: ColumnType, given: ColumnType) -> bool:
    """Tell whether a schema column of one type can hold a column of another, unchanged."""
    return target is given or given in _ALSO_TAKES.get(target, frozenset())


class DriftPolicy(StrEnum):
    """What a run does about a file whose columns are not those that were mapped."""

    STOP = "stop"
    IGNORE = "ignore"
    ADD = "add"

    @property
    def sentence(self) -> str:
        """Say it to the one who chooses."""
        return {
            DriftPolicy.STOP: "The run stops before it writes, and shows the difference.",
            DriftPolicy.IGNORE: (
                "New columns are left out, and missing ones fill nothing. A file without its "
                "identifier or a mandatory column still stops."
            ),
            DriftPolicy.ADD: (
                "As with ignore, but new columns are added to the schema and filled from then on."
            ),
        }[self]


@dataclass(frozen=True)
class Conversion:
    """How a column's text is read: as which type, dates by which pattern (ISO 8601 without),
    and which value stands in for one that does not fit."""

    type: ColumnType
    fallback: str = ""
    pattern: str = ""


@dataclass(frozen=True)
class FileColumn:
    """A column of the file, under its name there and its name here."""

    source_name: str
    name: str
    is_mandatory: bool


@dataclass(frozen=True)
class Target:
    """A column of the schema and the column that fills it, with how its text is read.

    `type` is what the schema holds, `reads_as` what the text must be: a column of integers may fill
    one of text, but what is no integer does not get there.
    """

    schema_column_id: int
    name: str
    type: ColumnType
    is_identifier: bool
    column: str
    reads_as: ColumnType
    pattern: str = ""
    fallback: str = ""

    @property
    def field_name(self) -> str:
        """The name in the lake: any name people give is allowed, so this one is ours."""
        return (
            f"to_come_{-self.schema_column_id}" if self.is_to_come else f"c{self.schema_column_id}"
        )

    @property
    def is_to_come(self) -> bool:
        """Tell whether the schema lacks the column: a dry run says what would be added."""
        return self.schema_column_id < 0


@dataclass(frozen=True)
class Definition:
    """Everything a run needs to know of its dataflow."""

    options: ParsingOptions
    columns: tuple[FileColumn, ...]
    transformations: tuple[Transformation, ...]
    targets: tuple[Target, ...]
    table_name: str
    write_mode: WriteMode
    reject_limit: RejectLimit = RejectLimit()
    drift_policy: DriftPolicy = DriftPolicy.STOP

    @property
    def key(self) -> Target | None:
        """The target that tells one row from another; none for interactions."""
        return next((target for target in self.targets if target.is_identifier), None)

    def for_files_of(self, older: "Definition") -> "Definition":
        """Return the definition for a file of an older one's time.

        A column that was read under another name then is read under that one.
        """
        known = {column.source_name for column in older.columns}
        before = {column.name: column.source_name for column in older.columns}
        columns = tuple(
            replace(column, source_name=before[column.name])
            if column.source_name not in known and column.name in before
            else column
            for column in self.columns
        )
        return replace(self, columns=columns)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values that JSON can hold."""
        return {
            "options": self.options.to_dict(),
            "columns": [asdict(column) for column in self.columns],
            "transformations": [step.to_dict() for step in self.transformations],
            "targets": [asdict(target) for target in self.targets],
            "table_name": self.table_name,
            "write_mode": self.write_mode.value,
            "reject_limit": asdict(self.reject_limit),
            "drift_policy": self.drift_policy.value,
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "Definition":
        """Return the definition that `to_dict` wrote."""
        return cls(
            options=ParsingOptions.from_dict(values["options"]),
            columns=tuple(FileColumn(**column) for column in values["columns"]),
            transformations=tuple(
                Transformation.from_dict(step) for step in values["transformations"]
            ),
            targets=tuple(
                Target(
                    **{
                        **target,
                        "type": ColumnType(target["type"]),
                        "reads_as": ColumnType(target.get("reads_as", target["type"])),
                    }
                )
                for target in values["targets"]
            ),
            table_name=values["table_name"],
            write_mode=WriteMode(values["write_mode"]),
            reject_limit=RejectLimit(**values.get("reject_limit", {})),
            drift_policy=DriftPolicy(values.get("drift_policy", DriftPolicy.STOP)),
        )
