"""How the failures of a run are said to a person."""

import errno

from app.lake.tables import TableBusy
from app.tabular.files.source import FileUnreadable


def sentence(failure: Exception) -> str:
    """Say an anticipated failure to a person."""
    if isinstance(failure, FileUnreadable):
        return failure.sentence
    if isinstance(failure, TableBusy):
        return "Another run was writing this dataset for too long. Try it again."
    if isinstance(failure, OSError) and failure.errno == errno.ENOSPC:
        return "The disk is full. Free some room, then try it again."
    if isinstance(failure, OSError):
        return f"A file could not be read or written ({failure.strerror}). Try it again."
    return str(failure)
