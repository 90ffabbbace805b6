"""Where the records of a person are in a stored file, by the definitions it is or was read by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.dataflows import identifying, pipeline, suggesting
from app.dataflows import queries as dataflows
from app.dataflows.definition import Definition, Target
from app.dataflows.identifying import Erased
from app.dataflows.models import Dataflow
from app.erasures import rows
from app.erasures.subject import Subject
from app.extensions import db
from app.runs.models import Run
from app.schemas.models import Schema
from app.streams.models import FileKind, StreamFile
from app.tabular import reading
from app.tabular.files.source import Source
from app.tabular.options import ParsingOptions


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
