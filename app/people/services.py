"""Keeping events as audiences read them."""

import logging

from app import storage
from app.lake.tables import TableBusy
from app.people import events_by_person, prepared
from app.retention.services import LONGEST_READ
from app.tracking import queries as tracking

log = logging.getLogger(__name__)

WAIT_SECONDS = 0.1


def prepare_events() -> int:
    """Prepare files that are not yet, and remove what nobody reads; return how many were.

    While another worker does it, nothing is done.
    """
    lake = storage.lake()
    try:
        with lake.writer_lock(prepared.TABLE, WAIT_SECONDS):
            count = events_by_person.prepare(tracking.meanings())
            prepared.sweep(lake, older_than=LONGEST_READ)
    except TableBusy:
        return 0
    if count:
        log.info("events.prepared", extra={"file_count": count})
    return count
