"""A dataflow's file, read and checked: each thing wrong is named with its place."""

from collections.abc import Iterable
from dataclasses import fields, replace

from app.dataflows.as_code.describing import (
    Described,
    DescribedColumn,
    DescribedSchema,
    DescribedSchemaColumn,
    DescribedStep,
    Standing,
)
from app.dataflows.as_code.documents import document_of
from app.dataflows.as_code.parts import Part
from app.dataflows.as_code.writing import FORMAT
from app.dataflows.definition import Conversion, DriftPolicy, FileColumn, takes
from app.dataflows.fallbacks import is_fallback_right, options_of
from app.dataflows.reject_limits import RejectLimit
from app.lake.write_modes import WriteMode
from app.schemas import roles
from app.schemas.parents import SchemaParent
from app.schemas.roles import ColumnRole, RolesInvalid
from app.tabular.columns import transforming
from app.tabular.columns.transforming import Transformation, TransformationImpossible
from app.tabular.options import OptionsImpossible, ParsingOptions
from app.tabular.types import ColumnType

LONGEST_NAME, LONGEST_COLUMN, LONGEST_PATTERN, LONGEST_TEXT = 120, 300, 60, 10_000
LONGEST_EVENT_NAME = 200
MOST_REJECTS = 10**15
_WHOLE = (
    *("format", "name", "description", "state", "schema", "write_mode", "drift_policy"),
    *("reject_limit", "parsing_options", "columns", "transformations", "mapping"),
)
_READING = ("type", "pattern", "fallback")
_OPTIONS = tuple(field.name for field in fields(ParsingOptions))


def described_in(raw: bytes) -> Described:
    """Return what a dataflow's file describes; raise CodeInvalid."""
    document = document_of(raw)
    whole = Part(document, "", document.values, _WHOLE)
    if whole.has("format"):
        _refuse_other_format(whole, document.values["format"])
    described = Described(
        name=whole.text("name", longest=LONGEST_NAME).strip(),
        description=whole.text("description", longest=LONGEST_TEXT, default="").strip(),
        standing=whole.choice("state", Standing),
        schema=_schema(whole),
        write_mode=whole.choice("write_mode", WriteMode),
        options=_options(whole, document.values),
        columns=_columns(whole),
        transformations=_steps(whole),
        mapping={},
        reject_limit=_reject_limit(whole),
        drift_policy=whole.choice("drift_policy", DriftPolicy, default=DriftPolicy.STOP),
    )
    if described.write_mode is WriteMode.OVERWRITE and not described.schema.parent.has_key:
        whole.refuse("write_mode", "Interactions are always appended: write “append”.")
    _refuse_steps(whole, described)
    _refuse_fallbacks(whole, described)
    mapping = _mapping(whole, described)
    return _settled(replace(described, mapping=mapping))


def _refuse_other_format(whole: Part, value: object) -> None:
    # To Python, `true` is 1, too.
    if type(value) is not int or value != FORMAT:
        whole.refuse("format", f"Only format {FORMAT} is known here.")


def _reject_limit(whole: Part) -> RejectLimit:
    if not whole.has("reject_limit"):
        return RejectLimit()
    part = whole.part("reject_limit", ("count", "percent"))
    percent = part.number("percent", (int, float), most=100)
    count = part.number("count", (int,), most=MOST_REJECTS)
    return RejectLimit(count, None if percent is None else float(percent))


def _schema(whole: Part) -> DescribedSchema:
    part = whole.part("schema", ("name", "parent", "description", "event_name", "columns"))
    found = DescribedSchema(
        name=part.text("name", longest=LONGEST_NAME).strip(),
        parent=part.choice("parent", SchemaParent),
        description=part.text("description", longest=LONGEST_TEXT, default="").strip(),
        columns=tuple(
            DescribedSchemaColumn(
                name=each.text("name", longest=LONGEST_COLUMN).strip(),
                type=each.choice("type", ColumnType),
                is_identifier=each.flag("identifier"),
                role=each.choice("role", ColumnRole) if each.has("role") else None,
            )
            for each in part.parts("columns", ("name", "type", "identifier", "role"))
        ),
        event_name=part.text("event_name", longest=LONGEST_EVENT_NAME, default="").strip(),
    )
    _refuse_twice(part, "columns", [each.name.casefold() for each in found.columns])
    identifiers = [each for each in found.columns if each.is_identifier]
    if len(identifiers) != int(found.parent.has_key):
        wanted = "exactly one column" if found.parent.has_key else "no column"
        part.refuse("columns", f"In {found.parent}, {wanted} has “identifier: true”.")
    _refuse_roles(part, found)
    return found


def _refuse_roles(part: Part, schema: DescribedSchema) -> None:
    if schema.event_name and schema.parent is not SchemaParent.INTERACTION:
        part.refuse("event_name", f"Only schemas of {SchemaParent.INTERACTION} are of events.")
    try:
        roles.refuse_unfit(schema.parent, schema.columns)
    except RolesInvalid as failure:
        part.refuse("columns", str(failure))


def _options(whole: Part, values: dict[str, dict[str, object]]) -> ParsingOptions:
    part = whole.part("parsing_options", _OPTIONS)
    given = values["parsing_options"]
    usual = ParsingOptions().to_dict()
    for name, value in given.items():
        if not _is_like(value, usual[name], name):
            part.refuse(name, f"Write something like {usual[name]!r} here.")
    try:
        return ParsingOptions.from_dict(given)
    except OptionsImpossible as failure:
        part.refuse(failure.option, failure.message)


def _is_like(value: object, usual: object, name: str) -> bool:
    """Tell whether an option is of the type it should be."""
    if name in {"quote", "escape", "comment"}:
        return value is None or isinstance(value, str)
    if name == "column_count":
        return value is None or type(value) is int
    if isinstance(usual, list):
        kind = int if name == "column_starts" else str
        return isinstance(value, list) and all(type(each) is kind for each in value)
    return type(value) is type(usual)


def _columns(whole: Part) -> tuple[DescribedColumn, ...]:
    parts = whole.parts("columns", ("source", "name", "mandatory", *_READING))
    if not parts:
        whole.refuse("columns", "A dataflow has at least one column.")
    found = []
    for part in parts:
        source = part.text("source", longest=LONGEST_COLUMN)
        name = part.text("name", longest=LONGEST_COLUMN) if part.has("name") else source
        column = FileColumn(source, name, part.flag("mandatory"))
        found.append(DescribedColumn(column, _conversion(part, has_pattern=True)))
    _refuse_twice(whole, "columns", [each.file.source_name for each in found])
    _refuse_twice(whole, "columns", [each.file.name for each in found])
    return tuple(found)


def _steps(whole: Part) -> tuple[DescribedStep, ...]:
    keys = ("output", "kind", "inputs", "params", *_READING)
    return tuple(
        DescribedStep(
            Transformation(
                kind=part.text("kind", longest=40),
                inputs=part.texts("inputs"),
                output=part.text("output", longest=LONGEST_COLUMN),
                params=part.plain("params"),
            ),
            _conversion(part, has_pattern=False),
        )
        for part in whole.parts("transformations", keys, is_needed=False)
    )


def _conversion(part: Part, *, has_pattern: bool) -> Conversion | None:
    pattern = part.text("pattern", longest=LONGEST_PATTERN, default="")
    fallback = part.text("fallback", longest=LONGEST_COLUMN, default="")
    if pattern and not has_pattern:
        part.refuse("pattern", "A custom column is read by no pattern.")
    if part.has("type"):
        return Conversion(part.choice("type", ColumnType), fallback, pattern)
    if pattern or fallback:
        part.refuse("type", "This key is missing: pattern and fallback belong to a type.")
    return None


def _mapping(whole: Part, described: Described) -> dict[str, str]:
    """Return the column for each schema column that one fills."""
    schema = {column.name: column for column in described.schema.columns}
    part = whole.part("mapping", tuple(schema))
    conversions = described.conversions
    found = {}
    for name, column in schema.items():
        if not part.has(name):
            if column.is_identifier:
                part.refuse(name, "This key is missing: something fills the identifier.")
            continue
        filler = part.text(name, longest=LONGEST_COLUMN)
        if filler not in conversions:
            part.refuse(name, f"There is no column “{filler}”.")
        if not takes(column.type, conversions[filler].type):
            read = conversions[filler].type.value
            part.refuse(name, f"“{filler}” is {read}, but “{name}” holds {column.type.value}.")
        found[name] = filler
    if not found:
        whole.refuse("mapping", "Map at least one column.")
    return found


def _refuse_steps(whole: Part, described: Described) -> None:
    """Raise CodeInvalid for a transformation that cannot be carried out."""
    names = [each.file.name for each in described.columns]
    steps = [each.step for each in described.transformations]
    for position in range(len(steps)):
        try:
            transforming.refuse_impossible(names, steps[: position + 1])
        except TransformationImpossible as failure:
            whole.refuse(f"transformations[{position + 1}]", failure.message)


def _refuse_fallbacks(whole: Part, described: Described) -> None:
    """Raise CodeInvalid for a fallback that is not of its column's type."""
    steps, options = [each.step for each in described.transformations], described.options
    for position, column in enumerate(described.columns, 1):
        _refuse_fallback(whole, f"columns[{position}]", column.conversion, options)
    for position, each in enumerate(described.transformations, 1):
        key, plain = f"transformations[{position}]", options_of(steps, each.step, options)
        _refuse_fallback(whole, key, each.conversion, plain)
        if each.conversion is not None and each.step.fallback:
            own = replace(each.conversion, fallback=each.step.fallback)
            _refuse_fallback(whole, f"{key}.params", own, plain)


def _refuse_fallback(
    whole: Part, key: str, conversion: Conversion | None, options: ParsingOptions
) -> None:
    if conversion and not is_fallback_right(conversion, options):
        sentence = f"“{conversion.fallback}” cannot be read as {conversion.type.value}."
        whole.refuse(f"{key}.fallback", sentence)


def _refuse_twice(part: Part, key: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for position, name in enumerate(names, 1):
        if name in seen:
            part.refuse(f"{key}[{position}]", f"Two columns are called “{name}”.")
        seen.add(name)


def _settled(described: Described) -> Described:
    """Say of each column that fills one how it is read; in force, nothing of the others."""
    going = set(described.mapping.values())
    is_draft = described.standing is Standing.DRAFT

    def read(name: str, given: Conversion | None) -> Conversion | None:
        if name in going:
            return given or Conversion(ColumnType.TEXT)
        return given if is_draft else None

    return replace(
        described,
        columns=tuple(
            replace(each, conversion=read(each.file.name, each.conversion))
            for each in described.columns
        ),
        transformations=tuple(
            replace(each, conversion=read(each.step.output, _with_its_own(each, is_draft)))
            for each in described.transformations
        ),
    )


def _with_its_own(each: DescribedStep, is_draft: bool) -> Conversion | None:
    """Return how a custom column is read; in force, its transformation's fallback is its own."""
    if is_draft or not each.step.fallback:
        return each.conversion
    given = each.conversion or Conversion(ColumnType.TEXT)
    return replace(given, fallback=given.fallback or each.step.fallback)
