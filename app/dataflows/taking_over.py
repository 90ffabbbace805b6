"""Takes the mapping of a dataflow over into a draft whose file has the same columns, or back out.

Works within the transaction of a service, and never commits.
"""

from collections.abc import Mapping

from app.dataflows import queries, remembering, widening
from app.dataflows.definition import DriftPolicy
from app.dataflows.models import (
    Dataflow,
    DataflowColumn,
    DataflowMapping,
    DataflowTransformation,
)
from app.dataflows.remembering import Header, Match, Memory
from app.lake.planning import WriteMode
from app.tabular.columns.profiles import ColumnProfile
from app.tabular.options import ParsingOptions


def is_untouched(dataflow: Dataflow) -> bool:
    """Tell whether nobody, and no memory, has named, typed or mapped anything yet."""
    has_more = dataflow.schema_id or dataflow.transformations or dataflow.mappings
    return dataflow.memory is None and not has_more and all(map(_is_as_found, dataflow.columns))


def remember(dataflow: Dataflow) -> None:
    """Map a parsed draft as the dataflow that knows its columns best, if there is one."""
    options = ParsingOptions.from_dict(dataflow.parsing_options or {})
    names = [column.source_name for column in dataflow.columns]
    if not options.has_header or len(names) < remembering.LEAST_COLUMNS:
        return
    known = queries.list_headers(names, sizes=remembering.sizes_alike(len(names)), but=dataflow.id)
    match = remembering.best_match(names, [Header(*each) for each in known])
    other = queries.find_dataflow(match.header.dataflow_id) if match else None
    if match is not None and other is not None:
        _take_over(dataflow, other, match, options)


def forget(dataflow: Dataflow) -> None:
    """Put everything back as parsing the draft found it; nothing is remembered for it again."""
    for column in dataflow.columns:
        found = widening.column_of(ColumnProfile.from_dict(column.profile), position=0)
        column.name, column.is_mandatory = column.source_name, False
        column.type, column.pattern, column.fallback = found.type, found.pattern, ""
    dataflow.transformations.clear()
    dataflow.mappings.clear()
    dataflow.schema = None
    _write(dataflow, WriteMode.APPEND, DriftPolicy.STOP)
    dataflow.is_file_mapping_saved = False
    dataflow.memory = Memory(is_over=True).to_dict()


def _is_as_found(column: DataflowColumn) -> bool:
    profile = ColumnProfile.from_dict(column.profile)
    found = widening.column_of(profile, position=column.position)
    is_named = column.name != column.source_name or column.is_mandatory
    return not is_named and column.conversion == found.conversion


def _take_over(dataflow: Dataflow, other: Dataflow, match: Match, options: ParsingOptions) -> None:
    theirs = {column.source_name: column for column in other.columns}
    known = {name: theirs[before] for name, before in match.pairs.items()}
    if not _are_names_free(dataflow, other, known):
        return
    for column in dataflow.columns:
        if before := known.get(column.source_name):
            _name_and_type(column, before, options)
    _copy_transformations(dataflow, other)
    names = {*(each.name for each in dataflow.columns), *_outputs(dataflow)}
    dataflow.mappings[:] = [
        DataflowMapping(schema_column_id=each.schema_column_id, column_name=each.column_name)
        for each in other.mappings
        if each.column_name in names
    ]
    dataflow.schema = other.schema
    _write(dataflow, other.write_mode, other.drift_policy)
    dataflow.memory = Memory(
        dataflow_id=other.id,
        name=other.name,
        known=len(known),
        total=len(dataflow.columns),
        absent=len(theirs) - len(known),
        confidence=match.confidence,
    ).to_dict()


def _are_names_free(
    dataflow: Dataflow, other: Dataflow, known: Mapping[str, DataflowColumn]
) -> bool:
    """Tell whether each column would have a name of its own, custom ones too."""
    names = [
        known[column.source_name].name if column.source_name in known else column.source_name
        for column in dataflow.columns
    ]
    return len({*names, *_outputs(other)}) == len(names) + len(other.transformations)


def _name_and_type(column: DataflowColumn, before: DataflowColumn, options: ParsingOptions) -> None:
    profile = ColumnProfile.from_dict(column.profile)
    column.name = before.name
    column.is_mandatory = before.is_mandatory and profile.empty_count == 0
    if remembering.allows(profile, before.conversion, options):
        column.type, column.pattern = before.type, before.pattern
        column.fallback = before.fallback


def _copy_transformations(dataflow: Dataflow, other: Dataflow) -> None:
    """Copy the transformations whose inputs are all there."""
    known = {column.name for column in dataflow.columns}
    for row in other.transformations:
        if set(row.inputs) <= known | set(_outputs(dataflow)):
            copy = DataflowTransformation(
                position=len(dataflow.transformations),
                kind=row.kind,
                inputs=list(row.inputs),
                output=row.output,
                params=dict(row.params),
                type=row.type,
                fallback=row.fallback,
            )
            dataflow.transformations.append(copy)


def _outputs(dataflow: Dataflow) -> list[str]:
    return [row.output for row in dataflow.transformations]


def _write(dataflow: Dataflow, mode: WriteMode, policy: DriftPolicy) -> None:
    dataflow.write_mode, dataflow.drift_policy = mode, policy
    dataflow.stream.is_overwriting = mode is WriteMode.OVERWRITE
