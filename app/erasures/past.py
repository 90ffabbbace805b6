"""Earlier versions of tables: the files that held rows of a person go once no reader has them."""

import math
import shutil

import duckdb

from app import storage
from app.audiences import changes
from app.erasures import copies, rows, sent, tracked
from app.erasures.places import Place
from app.erasures.work import NotYet, Steps, Work
from app.formatting import duration
from app.lake import erasing
from app.retention import services as retention
from app.tracking import events


def remove(work: Work) -> Steps:
    """Remove files of earlier versions, and the log that names smallest and largest values."""
    _refuse_readers(work)
    copies.remove(work)
    names = [*rows.tables(), events.TABLE, changes.TABLE]
    for name in names:
        if not work.lake.exists(name):
            continue
        work.lake.vacuum(name, older_than=work.means.grace)
        with work.lake.writer_lock(name):
            erasing.forget_past(work.lake, name)
    _remove_left_behind(work)
    if count_rows(work):
        raise NotYet("It waits for files of earlier versions to be old enough to be removed.")
    work.tell(Place.PAST, sum(work.lake.exists(name) for name in names))
    yield


def _remove_left_behind(work: Work) -> None:
    """Remove what killed processes left of rows on their way; none lasts as long as that."""
    retention.forget_unnamed(older_than=work.means.grace, now=work.clock())
    before = (work.clock() - work.means.grace).timestamp()
    folder = storage.staging()
    for path in [*folder.glob("run-*"), *folder.glob("spill/*")]:
        if path.stat().st_mtime < before:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def count_rows(work: Work) -> int:
    """Return how many rows of the person are in files of any version that are there still.

    Raises NotYet where a file cannot be read, as it is being written or its writer was killed.
    """
    try:
        return _rows_in_all_files(work)
    except duckdb.Error as failure:
        raise NotYet("It waits for a file of a table that is being written.") from failure


def _rows_in_all_files(work: Work) -> int:
    condition = tracked.condition(work.subject)
    return (
        rows.count_rows(work.lake, work.subject.person_id, is_past=True)
        + erasing.count_rows(work.lake, events.TABLE, condition, is_past=True)
        + sent.count_memberships(work, is_past=True)
        + copies.count_rows(work)
    )


def _refuse_readers(work: Work) -> None:
    """Raise NotYet while a page or a job may have files open that were replaced."""
    if work.erasure.replaced_at is None:
        return
    left = work.erasure.replaced_at + work.means.grace - work.clock()
    if left.total_seconds() > 0:
        raise NotYet(
            "It waits until nobody can have files of earlier versions open any more: "
            f"about {duration(60 * math.ceil(left.total_seconds() / 60))}."
        )
