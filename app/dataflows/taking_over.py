"""Takes the mapping of a dataflow over into a draft whose file has the same columns, or back out.

Works within the transaction of a service, and never commits.
"""

from collections.abc import Mapping

from app.dataflows import drawing, queries, remembering, suggesting, versions, widening
from app.dataflows.as_code import queries as code
from app.dataflows.as_code.describing import Described, DescribedColumn
from app.dataflows.definition import Conversion, DriftPolicy
from app.dataflows.models import Dataflow, DataflowColumn
from app.dataflows.remembering import Header, Match, Memory
from app.lake.write_modes import WriteMode
from app.schemas.models import Schema
from app.tabular.columns.profiles import ColumnProfile
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType


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
    dataflow.write_mode, dataflow.drift_policy = WriteMode.APPEND, DriftPolicy.STOP
    dataflow.reject_limit_count, dataflow.reject_limit_percent = None, None
    dataflow.is_file_mapping_saved = False
    dataflow.memory = Memory(is_over=True).to_dict()


def _is_as_found(column: DataflowColumn) -> bool:
    profile = ColumnProfile.from_dict(column.profile)
    found = widening.column_of(profile, position=column.position)
    is_named = column.name != column.source_name or column.is_mandatory
    return not is_named and column.conversion == found.conversion


def _take_over(dataflow: Dataflow, other: Dataflow, match: Match, options: ParsingOptions) -> None:
    """Copy what the other's files follow: its active version, or its draft before the first."""
    whole, schema = code.described(other, is_draft=False), versions.active_schema(other)
    theirs = {column.file.source_name: column for column in whole.columns} if whole else {}
    known = {name: theirs[old] for name, old in match.pairs.items() if old in theirs}
    if whole is None or not _are_names_free(dataflow, whole, known):
        return
    for column in dataflow.columns:
        if before := known.get(column.source_name):
            _name_and_type(column, before, options)
    _copy_transformations(dataflow, whole)
    _map(dataflow, whole, schema or other.schema)
    dataflow.memory = Memory(
        dataflow_id=other.id,
        name=other.name,
        known=len(known),
        total=len(dataflow.columns),
        absent=len(theirs) - len(known),
        confidence=match.confidence,
    ).to_dict()


def _are_names_free(
    dataflow: Dataflow, whole: Described, known: Mapping[str, DescribedColumn]
) -> bool:
    """Tell whether each column would have a name of its own, custom ones too."""
    names = [
        known[column.source_name].file.name if column.source_name in known else column.source_name
        for column in dataflow.columns
    ]
    outputs = [each.step.output for each in whole.transformations]
    return len({*names, *outputs}) == len(names) + len(outputs)


def _name_and_type(
    column: DataflowColumn, before: DescribedColumn, options: ParsingOptions
) -> None:
    profile = ColumnProfile.from_dict(column.profile)
    column.name = before.file.name
    column.is_mandatory = before.file.is_mandatory and profile.empty_count == 0
    read = before.conversion
    if read is not None and remembering.allows(profile, read, options):
        column.type, column.pattern, column.fallback = read.type, read.pattern, read.fallback


def _copy_transformations(dataflow: Dataflow, whole: Described) -> None:
    """Copy the transformations whose inputs are all there."""
    for each in whole.transformations:
        if set(each.step.inputs) <= set(suggesting.column_names(dataflow)):
            drawing.add_step(dataflow, each.step, each.conversion or Conversion(ColumnType.TEXT))


def _map(dataflow: Dataflow, whole: Described, schema: Schema | None) -> None:
    dataflow.schema = schema
    dataflow.drift_policy = whole.drift_policy
    dataflow.reject_limit_count = whole.reject_limit.count
    dataflow.reject_limit_percent = whole.reject_limit.percent
    if schema is not None:
        ids = {column.name: column.id for column in schema.columns}
        mapping = {ids[name]: filler for name, filler in whole.mapping.items() if name in ids}
        drawing.map_to(dataflow, schema, whole.write_mode, mapping)
