"""Tells workbooks by their content, and refuses those that are locked, broken or too large."""

import zipfile
from enum import StrEnum
from typing import IO

from app.tabular.files.appearances import OLE
from app.tabular.files.source import FileUnreadable, NotRecognised
from app.tabular.files.zip_members import refuse_large_parts

MOST_BYTES = 300_000_000
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OLD_BOOKS = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book"))
_MANIFEST = "META-INF/manifest.xml"


class WorkbookKind(StrEnum):
    """How a workbook is written, by the usual ending of its name."""

    XLSX = "XLSX"
    XLSB = "XLSB"
    XLS = "XLS"
    ODS = "ODS"


def workbook_kind(head: bytes, whole: IO[bytes]) -> WorkbookKind | None:
    """Return the kind of workbook a file is, or None; raise FileUnreadable for a locked one."""
    if head.startswith(OLE):
        return _kind_of_ole(whole)
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(whole)
    return None


def _kind_of_ole(whole: IO[bytes]) -> WorkbookKind | None:
    content = whole.read(MOST_BYTES)
    whole.seek(0)
    if _LOCKED in content:
        raise locked()
    if not any(name in content for name in _OLD_BOOKS):
        message = "The file looks like an old Microsoft Office file, but is no workbook."
        raise NotRecognised(message, "Save the table as XLSX or CSV and send that.")
    return WorkbookKind.XLS


def _kind_of_zip(whole: IO[bytes]) -> WorkbookKind | None:
    refuse_large_parts(whole)
    try:
        with zipfile.ZipFile(whole) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
            manifest = archive.open(_MANIFEST).read(1_000_000) if _MANIFEST in names else b""
    except Exception:
        # A damaged archive fails in ways of its own at every place.
        raise broken() from None
    whole.seek(0)
    if kind.strip() == _ODS:
        if b"encryption-data" in manifest:
            raise locked()
        return WorkbookKind.ODS
    if "xl/workbook.bin" in names:
        return WorkbookKind.XLSB
    return WorkbookKind.XLSX if any(name.startswith("xl/") for name in names) else None


def refuse_large(whole: IO[bytes]) -> None:
    """Raise FileUnreadable for a workbook that cannot be held in memory."""
    size = whole.seek(0, 2)
    whole.seek(0)
    if size > MOST_BYTES:
        message = f"The workbook has {size:,} bytes; {MOST_BYTES:,} is the most allowed."
        raise FileUnreadable("too_large", message, "Save the sheet as CSV and send that.")


def locked() -> FileUnreadable:
    """Return the failure for a workbook with a password."""
    return FileUnreadable(
        "kind_not_supported",
        "The workbook is locked by a password.",
        "Save it without a password and send it again.",
    )


def broken() -> FileUnreadable:
    """Return the failure for a workbook that cannot be read."""
    return FileUnreadable(
        "bad_syntax",
        "The workbook is damaged: its parts cannot be read.",
        "Open it, save it again as XLSX, and send that.",
    )
