"""Adding, changing and removing the custom columns of a draft."""

from datetime import datetime

from app.dataflows import drawing, suggesting
from app.dataflows import services as dataflows
from app.dataflows.custom_columns import placing
from app.dataflows.definition import Conversion
from app.dataflows.fallbacks import refuse_wrong_fallback
from app.dataflows.models import Dataflow, DataflowTransformation
from app.dataflows.racing import refusing_races
from app.extensions import db
from app.tabular.columns import transforming
from app.tabular.columns.transforming import Transformation
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType


class CustomColumnGone(Exception):
    """The draft has no such custom column."""


@refusing_races
def add_transformation(
    *, dataflow_id: int, version: int, step: Transformation, type_: ColumnType, now: datetime
) -> Dataflow:
    """Add a custom column; raise TransformationImpossible, FallbackInvalid or EditedElsewhere."""
    dataflow = dataflows.editable(dataflow_id=dataflow_id, version=version)
    before, names = suggesting.steps(dataflow), [column.name for column in dataflow.columns]
    steps = placing.in_place(names, before, len(before), step)
    refuse_wrong_fallback(steps, step, type_, _options(dataflow))
    drawing.add_step(dataflow, step, Conversion(type_))
    dataflows.touch(dataflow, now)
    db.session.commit()
    return dataflow


@refusing_races
def change_transformation(
    *,
    dataflow_id: int,
    version: int,
    transformation_id: int,
    step: Transformation,
    type_: ColumnType,
    now: datetime,
) -> Dataflow:
    """Make a custom column another way, in its place; what hangs on it follows its new name.

    Raises CustomColumnGone, TransformationImpossible, FallbackInvalid or EditedElsewhere.
    """
    dataflow = dataflows.editable(dataflow_id=dataflow_id, version=version)
    row = _row(dataflow, transformation_id)
    names = [column.name for column in dataflow.columns]
    place = dataflow.transformations.index(row)
    steps = placing.in_place(names, suggesting.steps(dataflow), place, step)
    refuse_wrong_fallback(steps, step, type_, _options(dataflow))
    suggesting.rename(dataflow, row.output, step.output)
    drawing.change_step(row, step, Conversion(type_))
    dataflows.touch(dataflow, now)
    db.session.commit()
    return dataflow


@refusing_races
def remove_transformation(
    *, dataflow_id: int, version: int, transformation_id: int, now: datetime
) -> Dataflow:
    """Take a custom column out; raise TransformationImpossible while another is made of it.

    Raises CustomColumnGone or EditedElsewhere, too.
    """
    dataflow = dataflows.editable(dataflow_id=dataflow_id, version=version)
    gone = _row(dataflow, transformation_id)
    left = [row for row in dataflow.transformations if row is not gone]
    names = [column.name for column in dataflow.columns]
    transforming.refuse_impossible(names, [suggesting.step_of(row) for row in left])
    dataflow.transformations[:] = left
    for position, row in enumerate(left):
        row.position = position
    known = {*names, *(row.output for row in left)}
    dataflow.mappings[:] = [m for m in dataflow.mappings if m.column_name in known]
    dataflows.touch(dataflow, now)
    db.session.commit()
    return dataflow


def _row(dataflow: Dataflow, transformation_id: int) -> DataflowTransformation:
    for row in dataflow.transformations:
        if row.id == transformation_id:
            return row
    raise CustomColumnGone(transformation_id)


def _options(dataflow: Dataflow) -> ParsingOptions:
    return ParsingOptions.from_dict(dataflow.parsing_options or {})
