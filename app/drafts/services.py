"""Choosing a dataflow's draft file, and finding out what is in it."""

import logging
from dataclasses import asdict
from datetime import datetime

from app.dataflows import services as dataflows
from app.dataflows.models import Dataflow, DataflowColumn, ProfileStatus
from app.extensions import db
from app.queue import JobName, ring
from app.streams import queries as streams
from app.streams.queries import StoredSource
from app.tabular import profiling, reading, recognising
from app.tabular.options import ParsingOptions
from app.tabular.profiling import ColumnProfile, FileProfile
from app.tabular.source import FileUnreadable
from app.tabular.types import ColumnType

log = logging.getLogger(__name__)


class FileGone(Exception):
    """The draft file is no longer there."""


class NoRows(Exception):
    """The file has a header at most, and no row."""


def choose_draft(
    *, dataflow_id: int, version: int, file_id: int, parse_up_to: int, now: datetime
) -> Dataflow:
    """Take a draft file into the dataflow and recognise it.

    Raises FileGone, FileUnreadable, EditedElsewhere or NotEditable. A file of at most
    `parse_up_to` bytes that is recognised without a question is parsed at once.
    """
    dataflow = dataflows.editable(dataflow_id=dataflow_id, version=version)
    file = streams.find_file(dataflow.stream_pk, file_id)
    if file is None:
        raise FileGone(file_id)
    recognition = recognising.recognise(streams.source_of(file.id))
    dataflow.draft_file = file
    dataflow.recognition = recognition.to_dict()
    dataflow.parsing_options = recognition.options.to_dict()
    dataflow.profile_status = ProfileStatus.NONE
    dataflow.profile_problem = None
    dataflows.touch(dataflow, now)
    db.session.commit()
    if recognition.questions:
        return dataflow
    return save_parsing(
        dataflow_id=dataflow_id,
        version=dataflow.version,
        options=recognition.options,
        parse_up_to=parse_up_to,
        now=now,
    )


def save_parsing(
    *,
    dataflow_id: int,
    version: int,
    options: ParsingOptions,
    parse_up_to: int,
    now: datetime,
) -> Dataflow:
    """Save the options and parse the draft by them: small files now, large ones on a worker.

    Raises FileGone, EditedElsewhere or NotEditable. What is wrong with the file is kept in
    `profile_problem`, so that the page shows it beside the options that can mend it.
    """
    dataflow = dataflows.editable(dataflow_id=dataflow_id, version=version)
    if dataflow.draft_file is None:
        raise FileGone(dataflow_id)
    dataflow.parsing_options = options.to_dict()
    dataflow.profile_status = ProfileStatus.QUEUED
    dataflow.profile_problem = None
    dataflow.is_file_mapping_saved = False
    dataflows.touch(dataflow, now)
    db.session.commit()
    if (dataflow.draft_file.size or 0) <= parse_up_to:
        profile_draft(dataflow_id=dataflow_id)
    else:
        ring(JobName.PROFILE_DRAFT, dataflow_id=dataflow_id)
    return dataflow


def profile_draft(*, dataflow_id: int) -> None:
    """Parse the whole draft and keep its columns; a fault of the file is kept instead."""
    dataflow = dataflows.get(dataflow_id)
    if dataflow.draft_file is None or dataflow.profile_status is not ProfileStatus.QUEUED:
        return
    options = ParsingOptions.from_dict(dataflow.parsing_options or {})
    try:
        found = profile_of(streams.source_of(dataflow.draft_file.id), options)
    except (FileUnreadable, NoRows) as failure:
        dataflow.profile_status = ProfileStatus.FAILED
        dataflow.profile_problem = _problem(failure)
        log.info("draft.unreadable", extra={"dataflow_id": dataflow_id})
    else:
        dataflow.profile_status = ProfileStatus.DONE
        dataflow.row_count, dataflow.bad_row_count = found.row_count, found.bad_row_count
        dataflow.profile_notes = notes(found)
        _keep_columns(dataflow, found.columns)
        log.info("draft.parsed", extra={"dataflow_id": dataflow_id, "rows": found.row_count})
    db.session.commit()


def profile_of(source: StoredSource, options: ParsingOptions) -> FileProfile:
    """Return what is in a file; raise FileUnreadable or NoRows."""
    columns = reading.columns_of(source, options)
    found = profiling.profile(reading.read(source, options), options, columns=columns)
    if found.row_count == 0 and found.bad_row_count == 0:
        raise NoRows
    return found


def notes(found: FileProfile) -> list[str]:
    """Return what a person should know of the file, in sentences."""
    said = []
    if found.padded_count:
        said.append(
            f"{found.padded_count} rows have fewer cells than the header; "
            "the cells they lack are empty."
        )
    said.extend(f"Line {row.line} cannot become a row: {row.message}" for row in found.bad_rows[:5])
    if found.bad_row_count > 5:
        said.append(f"{found.bad_row_count - 5} more lines cannot become rows.")
    return said


def _keep_columns(dataflow: Dataflow, profiles: tuple[ColumnProfile, ...]) -> None:
    """Replace the columns; one seen before keeps what was chosen for it, where that still fits."""
    known = {column.source_name: column for column in dataflow.columns}
    kept = []
    for position, profile in enumerate(profiles):
        column = known.get(profile.name) or DataflowColumn(
            source_name=profile.name,
            name=profile.name,
            type=profile.type,
            pattern=_pattern(profile),
            fallback="",
        )
        column.position = position
        column.is_mandatory = bool(column.is_mandatory) and profile.empty_count == 0
        column.profile = asdict(profile)
        kept.append(column)
    dataflow.columns[:] = kept
    names = {column.name for column in kept}
    outputs = {row.output for row in dataflow.transformations}
    dataflow.transformations[:] = [
        row for row in dataflow.transformations if set(row.inputs) <= names | outputs
    ]
    dataflow.mappings[:] = [m for m in dataflow.mappings if m.column_name in names | outputs]


def _pattern(profile: ColumnProfile) -> str:
    """Return how its dates are written; text that only might be dates is read by no pattern."""
    return (profile.pattern or "") if profile.type is ColumnType.DATE else ""


def _problem(failure: FileUnreadable | NoRows) -> dict[str, object]:
    if isinstance(failure, FileUnreadable):
        return {**failure.to_dict(), "sentence": failure.sentence}
    return {
        "code": "no_rows",
        "sentence": "The file has a header, but no row below it. "
        "Export at least one row, then send the file again.",
    }
