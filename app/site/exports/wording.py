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


def sentence(failure: Exception, kind: ExportKind) -> str:
    """Say an anticipated failure to a person."""
    if isinstance(failure, NothingToSend):
        return f"There is no {kind.value} to send."
    return str(failure)
