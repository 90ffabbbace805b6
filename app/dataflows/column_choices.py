"""What step 3 says of the columns, and what keeps it from being saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.dataflows import suggesting
from app.dataflows.models import Dataflow, DataflowColumn
from app.tabular.types import ColumnType


class ColumnNameInvalid(Exception):
    """A column has no name, or two have the same."""


class MandatoryImpossible(Exception):
    """A column with empty values in the draft cannot be mandatory."""


@dataclass(frozen=True)
class ColumnChoice:
    """What step 3 says of one column; `reads_as` is a type and its pattern, where one was asked."""

    column_id: int
    name: str
    is_mandatory: bool
    reads_as: tuple[ColumnType, str] | None = None


def take(dataflow: Dataflow, choices: Sequence[ColumnChoice]) -> None:
    """Give the columns what was chosen for them; raise ColumnNameInvalid or MandatoryImpossible."""
    chosen = {choice.column_id: choice for choice in choices}
    _refuse_wrong(dataflow, chosen)
    for column in dataflow.columns:
        if choice := chosen.get(column.id):
            _take(dataflow, column, choice)


def _refuse_wrong(dataflow: Dataflow, chosen: Mapping[int, ColumnChoice]) -> None:
    others = [column.name for column in dataflow.columns if column.id not in chosen]
    taken = {*others, *(step.output for step in dataflow.transformations)}
    for column in dataflow.columns:
        if column.id not in chosen:
            continue
        name = chosen[column.id].name.strip()
        if not name or name in taken:
            raise ColumnNameInvalid(column.source_name)
        if chosen[column.id].is_mandatory and column.profile["empty_count"]:
            raise MandatoryImpossible(column.source_name)
        taken.add(name)


def _take(dataflow: Dataflow, column: DataflowColumn, choice: ColumnChoice) -> None:
    name = choice.name.strip()
    suggesting.rename(dataflow, column.name, name)
    column.name, column.is_mandatory = name, choice.is_mandatory
    if choice.reads_as is not None:
        column.type, column.pattern = choice.reads_as
