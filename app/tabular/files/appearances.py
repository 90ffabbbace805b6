"""What a file looks like from its first bytes, when that is no table we can read."""

import re

from app.tabular.files.source import NotRecognised

_ACCEPTED = (
    "Send delimited text (CSV), JSON, NDJSON, XML, a workbook (XLSX, XLSM, XLSB, XLS, ODS) or "
    "Parquet; it may be compressed with gzip, bzip2, ZIP or Zstandard."
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"SQLite format 3\0", "an SQLite database"),
    (OLE, "an old Microsoft Office file"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "a rich text document"),
    (b"-----BEGIN ", "a key or certificate"),
    (b"BEGIN:VCALENDAR", "a calendar"),
    (b"BEGIN:VCARD", "an address card"),
)
_MARKUP = (
    (b"<!doctype html", "an HTML page"),
    (b"<html", "an HTML page"),
)
_DECLARATION = re.compile(rb"\A<\?xml[^>]{0,300}\?>(?:\s|<!--[^>]{0,300}-->)*")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b\x01\x1c\x1d\x1e\x1f"))
_MOST_CONTROLS = 0.02


def refuse_other_kinds(head: bytes) -> None:
    """Raise NotRecognised when the first bytes are those of something else."""
    kind = _kind(head)
    if kind is not None:
        message = f"The file looks like {kind}, which cannot be read as a table."
        raise NotRecognised(message, _ACCEPTED)


def refuse_binary(head: bytes) -> None:
    """Raise NotRecognised when single-byte text has more control characters than text has."""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > len(head) * _MOST_CONTROLS:
        message = "The file is not text: it is full of control characters."
        raise NotRecognised(message, _ACCEPTED)


def _kind(head: bytes) -> str | None:
    if head.startswith(b"PK\x03\x04"):
        return "an Excel workbook" if b"xl/" in head else "an office document"
    if head[257:262] == b"ustar":
        return "a tar archive"
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    start = head[:1_000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    start = _DECLARATION.sub(b"", start)
    return next((kind for signature, kind in _MARKUP if start.startswith(signature)), None)
