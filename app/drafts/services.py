"""Choosing a dataflow's draft file, and finding out what is in it."""

import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm.exc import StaleDataError

from app.dataflows import queries as dataflow_queries
from app.dataflows import services as dataflows
from app.dataflows import taking_over, widening
from app.dataflows.models import Dataflow, ProfileStatus
from app.dataflows.racing import refusing_races
from app.dataflows.remembering import Memory
from app.drafts import findings
from app.extensions import db
from app.queue import JobName, ring
from app.streams import queries as streams
from app.tabular import recognising
from app.tabular.columns.profiling import ColumnProfile, FileProfile
from app.tabular.files.source import FileUnreadable
from app.tabular.options import ParsingOptions

log = logging.getLogger(__name__)

BEAT_EVERY = timedelta(seconds=1)
MOST_ATTEMPTS = 3
Clock = Callable[[], datetime]


class FileGone(Exception):
    """The draft file is no longer there."""


class NoLongerAsked(Exception):
    """While a worker parses the draft, it was handed to another, or asked for otherwise."""


class BrokenOff(Exception):
    """Every worker that parsed the file died on the way."""


@refusing_races
def choose_draft(
    *, dataflow_id: int, version: int, file_id: int, parse_up_to: int, now: datetime
) -> Dataflow:
    """Take a draft file into the dataflow and recognise it.

    Raises FileGone, FileUnreadable or EditedElsewhere. A file of at most
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


@refusing_races
def save_parsing(
    *,
    dataflow_id: int,
    version: int,
    options: ParsingOptions,
    parse_up_to: int,
    now: datetime,
) -> Dataflow:
    """Save the options and parse the draft by them: small files now, others on a worker.

    Raises FileGone or EditedElsewhere. What is wrong with the file is kept in
    `profile_problem`, so that the page shows it beside the options that can mend it.
    """
    dataflow = dataflows.editable(dataflow_id=dataflow_id, version=version)
    if dataflow.draft_file is None:
        raise FileGone(dataflow_id)
    dataflow.parsing_options = options.to_dict()
    dataflow.profile_status = ProfileStatus.QUEUED
    dataflow.profile_problem = None
    dataflow.parsed_bytes, dataflow.parse_beat_at, dataflow.parse_attempt = None, now, 0
    dataflow.is_file_mapping_saved = False
    dataflows.touch(dataflow, now)
    db.session.commit()
    source = streams.source_of(dataflow.draft_file.id)
    if (dataflow.draft_file.size or 0) <= parse_up_to and not findings.is_wide(source, options):
        profile_draft(dataflow_id=dataflow_id, stalled_after=timedelta(0), clock=lambda: now)
    else:
        ring(JobName.PROFILE_DRAFT, dataflow_id=dataflow_id)
    return dataflow


@refusing_races
def start_without_memory(*, dataflow_id: int, version: int, now: datetime) -> Dataflow:
    """Take nothing over from the dataflow that knows these columns.

    Raises EditedElsewhere, also where the dataflow was activated since: what it took is its own.
    """
    dataflow = dataflows.editable(dataflow_id=dataflow_id, version=version)
    if dataflow.activated_at is not None:
        raise dataflows.EditedElsewhere(dataflow_id)
    taking_over.forget(dataflow)
    dataflows.touch(dataflow, now)
    db.session.commit()
    return dataflow


def profile_draft(*, dataflow_id: int, stalled_after: timedelta, clock: Clock) -> None:
    """Parse the whole draft and keep its columns; a fault of the file is kept instead.

    Does nothing while another worker does it, nor where nobody waits for it any more.
    """
    began = clock()
    dataflow = _claim(dataflow_id, stalled_after, began)
    if dataflow is None or dataflow.draft_file is None:
        return
    file_id, options = dataflow.draft_file.id, dataflow.parsing_options or {}
    found: FileProfile | Exception
    try:
        if dataflow.parse_attempt > MOST_ATTEMPTS:
            raise BrokenOff
        found = findings.profile_of(
            streams.source_of(file_id),
            ParsingOptions.from_dict(options),
            progress=_beats(dataflow_id, began, clock),
        )
    except NoLongerAsked:
        log.info("draft.no_longer_asked", extra={"dataflow_id": dataflow_id})
        return
    except (FileUnreadable, findings.NoRows, BrokenOff) as failure:
        found = failure
    except Exception as failure:
        log.exception("draft.broken_off", extra={"dataflow_id": dataflow_id})
        found = failure
    while not _keep(dataflow_id, file_id, options, found):
        log.info("draft.changed_meanwhile", extra={"dataflow_id": dataflow_id})


def keep_drafts_going(*, stalled_after: timedelta, now: datetime) -> None:
    """Ring again for drafts that wait too long to be parsed, or whose worker died."""
    stuck = select(Dataflow.id).where(
        Dataflow.profile_status == ProfileStatus.QUEUED,
        Dataflow.parse_beat_at < now - stalled_after,
    )
    for dataflow_id in db.session.scalars(stuck).all():
        log.warning("draft.rung_again", extra={"dataflow_id": dataflow_id})
        ring(JobName.PROFILE_DRAFT, dataflow_id=dataflow_id)


def _claim(dataflow_id: int, stalled_after: timedelta, now: datetime) -> Dataflow | None:
    """Return the dataflow if its draft is ours to parse: untouched, or left behind."""
    claimed = db.session.execute(
        update(Dataflow)
        .where(
            Dataflow.id == dataflow_id,
            Dataflow.profile_status == ProfileStatus.QUEUED,
            or_(Dataflow.parsed_bytes.is_(None), Dataflow.parse_beat_at < now - stalled_after),
        )
        .values(parsed_bytes=0, parse_beat_at=now, parse_attempt=Dataflow.parse_attempt + 1)
        .returning(Dataflow.id)
    ).all()
    db.session.commit()
    return dataflows.get(dataflow_id) if claimed else None


def _beats(dataflow_id: int, began: datetime, clock: Clock) -> Callable[[int], None]:
    """Return what tells, now and then, how far the parsing is.

    It raises NoLongerAsked once somebody else has set the beat: another worker, or a person who
    had the draft parsed anew.
    """
    last = began

    def beat(bytes_read: int) -> None:
        nonlocal last
        if (now := clock()) - last < BEAT_EVERY:
            return
        ours = db.session.execute(
            update(Dataflow)
            .where(Dataflow.id == dataflow_id, Dataflow.parse_beat_at == last)
            .values(parsed_bytes=bytes_read, parse_beat_at=now)
            .returning(Dataflow.id)
        ).all()
        db.session.commit()
        if not ours:
            raise NoLongerAsked(dataflow_id)
        last = now

    return beat


def _keep(
    dataflow_id: int,
    file_id: int,
    options: dict[str, object],
    found: FileProfile | Exception,
) -> bool:
    """Keep what was found, unless something else is asked for by now; False to do it again."""
    db.session.rollback()
    dataflow = dataflow_queries.find_dataflow(dataflow_id)
    if dataflow is None or dataflow.profile_status is not ProfileStatus.QUEUED:
        return True
    if (dataflow.draft_file_id, dataflow.parsing_options) != (file_id, options):
        return True
    try:
        _note(dataflow, found)
        db.session.commit()
    except StaleDataError:
        return False
    return True


def _note(dataflow: Dataflow, found: FileProfile | Exception) -> None:
    if not isinstance(found, FileProfile):
        dataflow.profile_status = ProfileStatus.FAILED
        dataflow.profile_problem = findings.problem(found)
        log.info("draft.unreadable", extra={"dataflow_id": dataflow.id})
        return
    dataflow.profile_status = ProfileStatus.DONE
    dataflow.row_count, dataflow.bad_row_count = found.row_count, found.bad_row_count
    dataflow.profile_notes = findings.notes(found)
    is_untouched = taking_over.is_untouched(dataflow)
    before = {column.source_name for column in dataflow.columns}
    _keep_columns(dataflow, found.columns)
    if is_untouched:
        taking_over.remember(dataflow)
    elif before != {column.source_name for column in dataflow.columns}:
        dataflow.memory = Memory(is_over=True).to_dict()
    log.info("draft.parsed", extra={"dataflow_id": dataflow.id, "rows": found.row_count})


def _keep_columns(dataflow: Dataflow, profiles: tuple[ColumnProfile, ...]) -> None:
    """Replace the columns; one seen before keeps what was chosen for it, where that still fits."""
    known = {column.source_name: column for column in dataflow.columns}
    kept = []
    for position, profile in enumerate(profiles):
        column = known.get(profile.name) or widening.column_of(profile, position=position)
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
