"""A saved dataflow as what its file would say."""

from app.dataflows import queries, suggesting
from app.dataflows.as_code.describing import (
    Described,
    DescribedColumn,
    DescribedSchema,
    DescribedSchemaColumn,
    DescribedStep,
    Standing,
    parts_of,
)
from app.dataflows.definition import Conversion, FileColumn
from app.dataflows.models import Dataflow
from app.dataflows.reject_limits import RejectLimit
from app.dataflows.states import DataflowState
from app.schemas.models import Schema
from app.tabular.options import ParsingOptions


def described(dataflow: Dataflow, *, is_draft: bool) -> Described | None:
    """Return the active version, or the draft where that is asked for or nothing is active.

    None for a draft that has no schema yet: there is too little to write down.
    """
    active = None if is_draft else queries.active_version(dataflow)
    if active is None or active.schema is None:
        return _draft(dataflow)
    is_paused = dataflow.state is DataflowState.PAUSED
    definition = active.value
    columns, steps, mapping = parts_of(definition)
    return Described(
        name=dataflow.name,
        description=dataflow.description,
        standing=Standing.PAUSED if is_paused else Standing.ACTIVE,
        schema=schema_described(active.schema),
        write_mode=definition.write_mode,
        options=definition.options,
        columns=columns,
        transformations=steps,
        mapping=mapping,
        reject_limit=definition.reject_limit,
        drift_policy=definition.drift_policy,
    )


def _draft(dataflow: Dataflow) -> Described | None:
    if dataflow.schema is None:
        return None
    names = {column.id: column.name for column in dataflow.schema.columns}
    filled = {row.schema_column_id: row.column_name for row in dataflow.mappings}
    return Described(
        name=dataflow.name,
        description=dataflow.description,
        standing=Standing.DRAFT,
        schema=schema_described(dataflow.schema),
        write_mode=dataflow.write_mode,
        options=ParsingOptions.from_dict(dataflow.parsing_options or {}),
        columns=tuple(
            DescribedColumn(FileColumn(row.source_name, row.name, row.is_mandatory), row.conversion)
            for row in dataflow.columns
        ),
        transformations=tuple(
            DescribedStep(suggesting.step_of(row), Conversion(row.type, row.fallback))
            for row in dataflow.transformations
        ),
        mapping={names[key]: filled[key] for key in names if key in filled},
        reject_limit=RejectLimit(dataflow.reject_limit_count, dataflow.reject_limit_percent),
        drift_policy=dataflow.drift_policy,
    )


def schema_described(schema: Schema) -> DescribedSchema:
    """Return a schema as a file says it."""
    return DescribedSchema(
        name=schema.name,
        parent=schema.parent,
        description=schema.description,
        columns=tuple(
            DescribedSchemaColumn(column.name, column.type, column.is_identifier, column.role)
            for column in schema.columns
        ),
        event_name=schema.event_name,
    )
