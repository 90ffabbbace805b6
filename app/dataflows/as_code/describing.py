"""A dataflow with its schema as plain values: what its file says, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from app.dataflows.definition import Conversion, Definition, DriftPolicy, FileColumn, Target
from app.dataflows.reject_limits import RejectLimit
from app.lake.write_modes import WriteMode
from app.schemas.parents import SchemaParent
from app.schemas.roles import ColumnRole
from app.tabular.columns.transforming import Transformation
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType


class Standing(StrEnum):
    """What becomes of the definition: in force, in force but paused, or a draft only."""

    ACTIVE = "active"
    PAUSED = "paused"
    DRAFT = "draft"


@dataclass(frozen=True)
class DescribedSchemaColumn:
    """A column of the schema."""

    name: str
    type: ColumnType
    is_identifier: bool = False
    role: ColumnRole | None = None


@dataclass(frozen=True)
class DescribedSchema:
    """The schema that the rows go to."""

    name: str
    parent: SchemaParent
    description: str
    columns: tuple[DescribedSchemaColumn, ...]
    event_name: str = ""

    @property
    def bare(self) -> "DescribedSchema":
        """The schema without what may change while it has rows: words about it, and roles."""
        columns = tuple(replace(each, role=None) for each in self.columns)
        return replace(self, description="", columns=columns, event_name="")


@dataclass(frozen=True)
class DescribedColumn:
    """A column of the file, and how its text is read; None where that is of no matter."""

    file: FileColumn
    conversion: Conversion | None = None


@dataclass(frozen=True)
class DescribedStep:
    """A transformation, and how the text of its custom column is read."""

    step: Transformation
    conversion: Conversion | None = None


@dataclass(frozen=True)
class Described:
    """All that a dataflow's file says. `mapping` names a column for each schema column filled."""

    name: str
    description: str
    standing: Standing
    schema: DescribedSchema
    write_mode: WriteMode
    options: ParsingOptions
    columns: tuple[DescribedColumn, ...]
    transformations: tuple[DescribedStep, ...]
    mapping: Mapping[str, str]
    reject_limit: RejectLimit = RejectLimit()
    drift_policy: DriftPolicy = DriftPolicy.STOP

    @property
    def conversions(self) -> dict[str, Conversion]:
        """How each column, of the file or custom, is read; as text where nothing is said."""
        plain = Conversion(ColumnType.TEXT)
        return {
            **{each.file.name: each.conversion or plain for each in self.columns},
            **{each.step.output: each.conversion or plain for each in self.transformations},
        }


def parts_of(
    definition: Definition,
) -> tuple[tuple[DescribedColumn, ...], tuple[DescribedStep, ...], dict[str, str]]:
    """Return the columns, the transformations and the mapping of a definition."""
    read = {
        target.column: Conversion(target.reads_as, target.fallback, target.pattern)
        for target in definition.targets
    }
    columns = tuple(DescribedColumn(each, read.get(each.name)) for each in definition.columns)
    steps = tuple(DescribedStep(each, read.get(each.output)) for each in definition.transformations)
    return columns, steps, {target.name: target.column for target in definition.targets}


def definition_of(described: Described, table_name: str) -> Definition:
    """Return the definition that the file describes, as far as that goes without a database."""
    conversions = described.conversions
    targets = tuple(
        Target(
            schema_column_id=position,
            name=column.name,
            type=column.type,
            is_identifier=column.is_identifier,
            column=described.mapping[column.name],
            reads_as=conversions[described.mapping[column.name]].type,
            pattern=conversions[described.mapping[column.name]].pattern,
            fallback=conversions[described.mapping[column.name]].fallback,
        )
        for position, column in enumerate(described.schema.columns, 1)
        if column.name in described.mapping
    )
    return Definition(
        options=described.options,
        columns=tuple(each.file for each in described.columns),
        transformations=tuple(each.step for each in described.transformations),
        targets=targets,
        table_name=table_name,
        write_mode=described.write_mode,
        reject_limit=described.reject_limit,
        drift_policy=described.drift_policy,
    )
