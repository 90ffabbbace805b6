"""How the failures of a run are said to a person."""

import duckdb
from deltalake.exceptions import DeltaError

from app import disk
from app.lake.tables import TableBusy
from app.lake.writing import PlanOutdated
from app.tabular.files.source import FileUnreadable

DISK_FULL = "The disk is full. Free some room, then try it again."
_SENTENCES: dict[tuple[type[BaseException], ...], str] = {
    (TableBusy, PlanOutdated): ("Another run was writing this dataset for too long. Try it again."),
    (MemoryError, duckdb.OutOfMemoryException): (
        "There was not enough memory to compare its rows with the dataset. Free some memory or "
        "room on the disk, or send the file in smaller parts, then try it again."
    ),
    (duckdb.IOException, DeltaError): (
        "The lake could not be read or written. See that its folder is there and may be written, "
        "then try it again."
    ),
}


def sentence(failure: BaseException) -> str:
    """Say an anticipated failure to a person."""
    if disk.is_full(failure):
        return DISK_FULL
    if isinstance(failure, FileUnreadable):
        return failure.sentence
    for kinds, said in _SENTENCES.items():
        if isinstance(failure, kinds):
            return said
    if isinstance(failure, OSError):
        return f"A file could not be read or written ({_reason(failure)}). Try it again."
    return str(failure)


def unforeseen(failure: BaseException) -> str:
    """Say a failure that nobody anticipated to a person."""
    if disk.is_full(failure):
        return DISK_FULL
    return "A fault of ours stopped it, and it has been logged."


def _reason(failure: OSError) -> str:
    """Return why, in few words: libraries that give no number have long ones, with paths."""
    return failure.strerror or "the lake or the files store did not answer as it should"
