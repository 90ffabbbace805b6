"""Exporting a site's records, for a command or by the schedule."""

import logging
from collections.abc import Callable
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import update

from app.extensions import db
from app.site.exports import exporting, locking, scheduling, sql_sources, uploading, wording
from app.site.exports.models import ExportRun, ExportStatus
from app.site.exports.options import MASK
from app.site.exports.scheduling import Entry, Schedule
from app.site.exports.site import Export, Site
from app.site.exports.uploading import Destination, Sent

log = logging.getLogger(__name__)

DRY_RUN_RECORDS = 5
Clock = Callable[[], datetime]


def stream_export(
    *,
    export: Export,
    destination: Destination,
    part_rows: int,
    progress: Callable[[int], None],
) -> Sent:
    """Send the records as one stream file; raise what `records` and `uploading.send` raise."""
    return uploading.send(export.records(), destination, part_rows=part_rows, progress=progress)


def first_records(*, export: Export) -> list[dict[str, Any]]:
    """Return the first records as they would be sent; nothing is."""
    return list(islice(export.records(), DRY_RUN_RECORDS))


def count_records(*, export: Export) -> int | None:
    """Return how many records there will be, if that can be known beforehand."""
    if "sql" in export.source:
        try:
            return sql_sources.count_of(export.source, export.query)
        except sql_sources.QueryFailed:
            # Not every query can be counted; one that cannot be asked says so when it is.
            return None
    if "count" in export.source:
        return int(exporting.named(export.source["count"])(export.query))
    return None


def run_export(
    *, kind: str, number: int, schedule: Schedule, site: Site, locks: Path, clock: Clock
) -> None:
    """Carry out an entry of the schedule, unless one of it is under way; a row keeps how it went.

    The settings may have changed since it was rung for: an entry they no longer have is left.
    """
    entry = scheduling.find_entry(schedule, kind, number)
    if entry is None:
        log.warning("export.unknown", extra={"kind": kind, "number": number})
        return
    run_id = _queue(entry)
    try:
        with locking.held(locks / f"export-{entry.kind.value}-{entry.number}.lock"):
            _claim(run_id, entry, clock())
            _carry_out(run_id, entry, site, clock)
    except locking.HeldElsewhere:
        _fail(run_id, clock(), wording.OVERLAPPED)


def _queue(entry: Entry) -> int:
    run = ExportRun(
        kind=entry.kind,
        number=entry.number,
        options=entry.options_shown,
        status=ExportStatus.QUEUED,
    )
    db.session.add(run)
    db.session.commit()
    return run.id


def _claim(run_id: int, entry: Entry, now: datetime) -> None:
    """Start a run under its lock: what else of its entry is active, a dead worker left."""
    left = update(ExportRun).where(
        ExportRun.kind == entry.kind,
        ExportRun.number == entry.number,
        ExportRun.status.in_([status for status in ExportStatus if status.is_active]),
        ExportRun.id != run_id,
    )
    failed = {"status": ExportStatus.FAILED, "failure": wording.LEFT_BEHIND, "finished_at": now}
    db.session.execute(left.values(failed))
    _save(run_id, status=ExportStatus.RUNNING, started_at=now, finished_at=None, failure=None)


def _carry_out(run_id: int, entry: Entry, site: Site, clock: Clock) -> None:
    asked = entry.options
    try:
        sent = stream_export(
            export=site.export(entry.kind, asked),
            destination=site.destination(entry.kind, asked, clock()),
            part_rows=asked.part_rows or site.part_rows,
            progress=lambda _rows: None,
        )
    except wording.FAILURES as failure:
        # The platform's own words may name the stream.
        sentence = wording.sentence(failure, entry.kind).replace(asked.stream_id, MASK)
        _fail(run_id, clock(), sentence)
    except Exception:
        _fail(run_id, clock(), wording.FAULT)
        raise
    else:
        done = {"row_count": sent.rows, "part_count": sent.parts, "finished_at": clock()}
        _save(run_id, status=ExportStatus.FINISHED, **done)
        log.info("export.finished", extra={"export_run_id": run_id, "rows": sent.rows})


def _fail(run_id: int, now: datetime, sentence: str) -> None:
    _save(run_id, status=ExportStatus.FAILED, failure=sentence, finished_at=now)
    log.warning("export.failed", extra={"export_run_id": run_id, "failure": sentence})


def _save(run_id: int, **values: Any) -> None:
    db.session.execute(update(ExportRun).where(ExportRun.id == run_id).values(values))
    db.session.commit()
