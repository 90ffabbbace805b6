"""How the failures of an export are said to a person."""

from app.site.exports.exporting import ExportKind, NameUnknown, NotScalar
from app.site.exports.sql_sources import QueryFailed
from app.site.exports.uploading import (
    NotConfirmed,
    NothingToSend,
    PlatformUnreachable,
    UploadRefused,
)

FAILURES = (
    UploadRefused,
    PlatformUnreachable,
    NotConfirmed,
    NothingToSend,
    NotScalar,
    NameUnknown,
    QueryFailed,
)
FAULT = "Something broke that nobody foresaw. The log has the reason."
LEFT_BEHIND = "The worker that carried it out ended before it was done."
OVERLAPPED = "The one before was still being sent, so this one was left out."


def sentence(failure: Exception, kind: ExportKind) -> str:
    """Say an anticipated failure to a person."""
    if isinstance(failure, NothingToSend):
        return f"There is no {kind.value} to send."
    return str(failure)
