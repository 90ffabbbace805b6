"""Stored files: records of a person cut out exactly, or the bytes of the whole file forgotten.

Works within the caller's transactions, and commits nothing.
"""

import json
from collections.abc import Set
from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from app import storage
from app.dataflows.models import Dataflow, ProfileStatus
from app.erasures import quarantined, reading, words
from app.erasures.places import Place
from app.erasures.reading import Reading
from app.erasures.work import NotYet, Steps, Work
from app.extensions import db
from app.queue import JobName, ring
from app.runs.models import Run, RunKind, RunStatus
from app.streams import queries as streams
from app.streams.models import FileKind, FileStatus, StreamFile
from app.streams.queries import StoredSource
from app.tabular import cutting
from app.tabular.cutting import CannotCut
from app.tabular.files.source import FileUnreadable

UNREADABLE = (
    "The file cannot be read as its dataflow says, so nobody can tell whether they are in it. It "
    "goes with the old files."
)
NOT_TAKEN_IN = (
    "The file allows no cut, and no run has taken it in yet, so that others would lose their rows. "
    "The run will reject this person's row, and the file goes with the old ones."
)


def cut_out(work: Work) -> Steps:
    """Cut the person's records out of every stored file, and empty their rejects by its lines."""
    forget_paths(work)
    yield
    found = select(StreamFile.id).where(
        StreamFile.status == FileStatus.CLOSED, StreamFile.parts.any()
    )
    for file_id in db.session.scalars(found.order_by(StreamFile.id)).all():
        yield from _cut_out_of(work, file_id)


def lines_in(work: Work, file: StreamFile) -> tuple[set[int], Reading | None]:
    """Return the lines of the person's records and a way to read the file by which they count."""
    lines: set[int] = set()
    chosen, was_read = None, False
    ways = reading.readings_of(file)
    for how in ways:
        try:
            found = reading.lines_of(streams.source_of(file.id), how, work.subject)
        except FileUnreadable:
            continue
        was_read = True
        chosen = chosen or (how if found else None)
        lines |= found
    if ways and not was_read:
        work.leave(Place.FILES, _name(file), UNREADABLE)
    return lines, chosen


def has_bytes(file: StreamFile, texts: tuple[str, ...]) -> bool:
    """Tell whether the bytes of a file have one of these texts, in UTF-8 or as JSON writes it."""
    forms = {form for text in texts for form in (text, json.dumps(text)[1:-1])}
    with storage.files().open([part.path for part in file.parts]) as stream:
        return bool(forms) and words.is_in_stream(stream, tuple(sorted(forms)))


def forget_paths(work: Work) -> None:
    """Remove stored bytes that no row names any more."""
    for path in work.erasure.paths:
        storage.files().delete(path)
    work.erasure.paths = []


def _cut_out_of(work: Work, file_id: int) -> Steps:
    file = _file(file_id)
    lines, how = lines_in(work, file)
    is_unread_draft = file.kind is FileKind.DRAFT and not reading.readings_of(file)
    if not lines and not (is_unread_draft and has_bytes(file, work.subject.texts)):
        return
    old, path = [part.path for part in file.parts], f"parts/erased/{uuid4().hex}.zst"
    # Until a row names what is written now, it is to go: who is killed leaves it behind.
    work.erasure.paths = [*work.erasure.paths, path]
    yield
    _refuse_readers(file_id)
    work.count(Place.REJECTS, quarantined.empty_lines(file_id, lines))
    if not _is_replaced(work, file, how, lines, path):
        return
    work.erasure.paths = [each for each in work.erasure.paths if each != path]
    work.count(Place.FILES, len(lines) or 1)
    file.erased_at = work.clock()
    work.erasure.paths = [*work.erasure.paths, *old]
    _profile_anew(work, file)
    # The rows go first: bytes without a row are never read.
    yield
    forget_paths(work)
    yield


def _is_replaced(
    work: Work, file: StreamFile, how: Reading | None, lines: Set[int], path: str
) -> bool:
    """Cut the records out, or forget the file's bytes; False where it has to stay for others."""
    try:
        _write(file, how, lines, path)
        _put(file, path)
    except CannotCut:
        if not _may_be_forgotten(file):
            work.leave(Place.FILES, _name(file), NOT_TAKEN_IN)
            return False
        file.parts.clear()
        work.count(Place.FILES_FORGOTTEN, 1)
    return True


def _write(file: StreamFile, how: Reading | None, lines: Set[int], path: str) -> None:
    """Write the file without these records; raise CannotCut."""
    if how is None:
        raise CannotCut("Nobody said how it is read.")
    store, before = storage.files(), streams.source_of(file.id)
    try:
        with store.writer(path) as into:
            for chunk in cutting.cut(before, how.options, lines):
                into.write(chunk)
        after = StoredSource(before.name, store, (path,))
        cutting.check(before, after, how.options, lines)
    except (FileUnreadable, UnicodeError) as failure:
        store.delete(path)
        raise CannotCut(str(failure)) from failure
    except BaseException:
        store.delete(path)
        raise


def _put(file: StreamFile, path: str) -> None:
    """Let the first part have all bytes and the others none; each keeps the digest it came with."""
    first, *others = file.parts
    first.path = path
    for part in others:
        part.path = f"parts/erased/{uuid4().hex}.zst"
        with storage.files().writer(part.path):
            pass


def _may_be_forgotten(file: StreamFile) -> bool:
    """Tell whether nobody loses rows by it: a draft, or a file that a run has taken in."""
    taken = select(Run.id).where(
        Run.stream_file_id == file.id,
        Run.status == RunStatus.FINISHED,
        Run.kind.not_in([kind for kind in RunKind if kind.is_dry]),
    )
    return file.kind is FileKind.DRAFT or db.session.scalar(taken.limit(1)) is not None


def _refuse_readers(file_id: int) -> None:
    """Raise NotYet while a run reads the file, or somebody parses it as a draft."""
    reader = select(Run.id).where(Run.stream_file_id == file_id, Run.status == RunStatus.RUNNING)
    if (run_id := db.session.scalar(reader.limit(1))) is not None:
        raise NotYet(f"It waits for run {run_id} to end, which reads a file.")
    parser = select(Dataflow.name).where(
        Dataflow.draft_file_id == file_id, Dataflow.profile_status == ProfileStatus.QUEUED
    )
    if (name := db.session.scalar(parser.limit(1))) is not None:
        raise NotYet(f"It waits for the draft of “{name}” to be parsed.")


def _profile_anew(work: Work, file: StreamFile) -> None:
    """Have a draft parsed anew, so that no example of the person is shown; or forget them."""
    for dataflow in db.session.scalars(
        select(Dataflow)
        .where(Dataflow.draft_file_id == file.id)
        .options(selectinload(Dataflow.columns))
    ).all():
        if not file.parts:
            for column in dataflow.columns:
                column.profile = _without_examples(column.profile)
        elif dataflow.profile_status is not ProfileStatus.NONE:
            values = {
                **{"profile_status": ProfileStatus.QUEUED, "profile_problem": None},
                **{"parsed_bytes": None, "parse_beat_at": work.clock(), "parse_attempt": 0},
            }
            db.session.execute(update(Dataflow).where(Dataflow.id == dataflow.id).values(values))
            ring(JobName.PROFILE_DRAFT, dataflow_id=dataflow.id)
        work.count(Place.SAMPLES, 1)


def _without_examples(profile: dict[str, object]) -> dict[str, object]:
    """Return what is known of a column without any value of it."""
    return {
        **profile,
        **{"minimum": None, "maximum": None, "samples": [], "sample_lines": []},
        **{"top_values": [], "counter_examples": [], "histogram": []},
        **{"histogram_from": "", "histogram_to": "", "unit": "", "unit_line": None},
    }


def _file(file_id: int) -> StreamFile:
    found = select(StreamFile).where(StreamFile.id == file_id)
    return db.session.scalars(found.options(selectinload(StreamFile.parts))).one()


def _name(file: StreamFile) -> str:
    return file.original_name or file.client_file_id
