"""Where the records of a person are in a stored file, by the definitions it is or was read by."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.dataflows import identifying, pipeline, suggesting
from app.dataflows import queries as dataflows
from app.dataflows.definition import Definition, Target
from app.dataflows.identifying import Erased
from app.dataflows.models import Dataflow
from app.erasures import rows, words
from app.erasures.subject import Subject
from app.extensions import db
from app.runs.models import Run
from app.schemas.models import Schema
from app.streams.models import FileKind, StreamFile
from app.tabular import reading
from app.tabular.files.opening import compression_of
from app.tabular.files.source import Source
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType

_WRITTEN_AS_THEY_ARE = frozenset({ColumnType.TEXT, ColumnType.EMAIL, ColumnType.INTEGER})


@dataclass(frozen=True)
class Reading:
    """One way a file is read; without a target, nobody said yet whose its rows are."""

    options: ParsingOptions
    definition: Definition | None = None
    target: Target | None = None


def readings_of(file: StreamFile) -> list[Reading]:
    """Return the ways a file is, was or would be read, without those of rows of nobody."""
    dataflow = _dataflow_of(file)
    schemas = rows.names()
    found = [_of_definition(each, schemas) for each in _definitions(file, dataflow)]
    known = [reading for reading in found if reading is not None]
    if file.kind is FileKind.DRAFT and not known and dataflow is not None:
        options = dataflow.parsing_options
        return [Reading(ParsingOptions.from_dict(options))] if options else []
    return known


def lines_of(source: Source, how: Reading, subject: Subject) -> set[int]:
    """Return the lines of the person's records; raise FileUnreadable."""
    if how.definition is None or how.target is None:
        return _lines_with_text(source, how.options, subject.texts)
    if not _may_have(source, how.definition, how.target, subject.person_id):
        return set()
    names = [column.source_name for column in how.definition.columns]
    erased = Erased(how.target, lambda who: who == subject.person_id)
    found: set[int] = set()
    for batch in reading.read(source, how.options, columns=names):
        persons = pipeline.persons(batch, how.definition, how.target)
        lines = batch.lines.tolist()
        found.update(
            line for line, who in zip(lines, persons, strict=True) if who == subject.person_id
        )
        found.update(
            bad.line
            for bad in batch.bad_rows
            if identifying.bad_row_is_of(bad, how.definition, erased)
        )
    return found


def is_written_as_it_is(definition: Definition, target: Target, person_id: str) -> bool:
    """Tell whether a person identifier, where a file has it, stands there as it reads.

    Other signs than these may be written otherwise in a file: doubled, escaped, by their number.
    """
    options = definition.options
    is_column = any(column.name == target.column for column in definition.columns)
    is_plain = target.type in _WRITTEN_AS_THEY_ARE and not options.thousands_mark
    has_marks = any(mark and mark in person_id for mark in (options.quote, options.escape))
    is_simple = re.fullmatch(r"[\w@.+-]+", person_id, re.ASCII) is not None and not has_marks
    return is_column and is_plain and is_simple and not target.fallback


def _may_have(source: Source, definition: Definition, target: Target, person_id: str) -> bool:
    """Tell whether a file is worth parsing: most are of others, and bytes are soon looked through.

    In JSON and XML any sign may stand by its number, and what is packed says nothing.
    """
    is_told = definition.options.format.is_text_table and compression_of(source) is None
    if not is_told or not is_written_as_it_is(definition, target, person_id):
        return True
    try:
        wanted = person_id.encode(definition.options.encoding.removesuffix("-sig"))
    except (LookupError, UnicodeError):
        return True
    if definition.options.encoding.startswith(("utf-16", "utf-32")):
        return True
    with source.open() as stream:
        # No text has a zero byte: what is another kind of file is to be told of.
        return words.has_any(stream, wanted, b"\0")


def _lines_with_text(source: Source, options: ParsingOptions, texts: Sequence[str]) -> set[int]:
    """Return the lines of records with a cell that is one of these texts."""
    found: set[int] = set()
    for batch in reading.read(source, options) if texts else ():
        has_text = batch.frame.isin(list(texts)).any(axis=1).to_numpy(dtype=bool)
        found.update(batch.lines[has_text].tolist())
    return found


def _definitions(file: StreamFile, dataflow: Dataflow | None) -> Iterator[Definition]:
    """Yield the definitions of the file's runs, the newest first, and what would read it now."""
    own = select(Run.definition).where(Run.stream_file_id == file.id).order_by(Run.id.desc())
    seen: list[object] = []
    for definition in db.session.scalars(own):
        parts = ("options", "columns", "transformations", "targets")
        how = [definition[part] for part in parts]
        if how not in seen:
            seen.append(how)
            yield Definition.from_dict(definition)
    if dataflow is None:
        return
    if (active := dataflows.active_version(dataflow)) is not None:
        yield active.value
    if file.kind is FileKind.DRAFT and dataflow.schema is not None and dataflow.parsing_options:
        yield suggesting.definition(dataflow, dataflow.schema)


def _of_definition(definition: Definition, schemas: dict[str, Schema]) -> Reading | None:
    schema = schemas.get(definition.table_name)
    target = identifying.person_target(definition, schema) if schema is not None else None
    return Reading(definition.options, definition, target) if target is not None else None


def _dataflow_of(file: StreamFile) -> Dataflow | None:
    found = select(Dataflow.id).where(Dataflow.stream_pk == file.stream_pk)
    dataflow_id = db.session.scalar(found)
    return dataflows.find_dataflow(dataflow_id) if dataflow_id is not None else None
