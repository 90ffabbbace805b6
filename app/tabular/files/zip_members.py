"""The one file that a ZIP archive may hold, and the workbooks that only look like an archive."""

import re
import stat
import zipfile
from collections.abc import Sequence
from contextlib import ExitStack
from typing import IO

from app.tabular.files.source import FileUnreadable
from app.tabular.files.unpacking import Bounded, refuse_too_large, refusing_damage

_OFFICE_PARTS = {"[Content_Types].xml", "mimetype"}
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
_MOST_NAMED = 5
_ENCRYPTED = 1


def the_member(
    whole: IO[bytes], open_files: ExitStack, *, is_inside: bool = False
) -> Bounded | None:
    """Return the one file in the archive; None for an office document, which is no archive.

    Raises FileUnreadable for an archive that has none, or several, or one that cannot be read.
    """
    with refusing_damage():
        archive = open_files.enter_context(zipfile.ZipFile(whole))
    members = archive.infolist()
    if _OFFICE_PARTS & {member.filename for member in members}:
        whole.seek(0)
        return None
    if is_inside:
        return Bounded(whole, lambda: 0)
    _refuse_paths(members)
    member = _the_one(members)
    _refuse_unreadable(member)
    with refusing_damage():
        stream = open_files.enter_context(archive.open(member))
    return Bounded(stream, lambda: member.compress_size)


def refuse_large_parts(whole: IO[bytes]) -> None:
    """Raise FileUnreadable where the parts of a workbook are damaged or unpack to too much."""
    with refusing_damage(), zipfile.ZipFile(whole) as archive:
        members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    refuse_too_large(unpacked, sum(member.compress_size for member in members))
    whole.seek(0)


def _the_one(members: Sequence[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    files = [member for member in members if not _is_aside(member)]
    if len(files) == 1:
        return files[0]
    if not files:
        raise _problem("The ZIP archive holds no file.", "Put one file into it.")
    names = ", ".join(f"“{_shown(member.filename)}”" for member in files[:_MOST_NAMED])
    more = f" and {len(files) - _MOST_NAMED:,} more" if len(files) > _MOST_NAMED else ""
    message = f"The ZIP archive holds {len(files):,} files, where one is expected: {names}{more}."
    raise _problem(message, "Put each file into an archive of its own.")


def _is_aside(member: zipfile.ZipInfo) -> bool:
    """Return whether an entry is a folder, or a file for the computer that packed it."""
    parts = member.filename.split("/")
    return not parts[-1] or "__MACOSX" in parts or parts[-1].startswith(".")


def _refuse_paths(members: Sequence[zipfile.ZipInfo]) -> None:
    for member in members:
        path = member.filename.replace("\\", "/")
        is_outside = ".." in path.split("/") or re.match(r"/|[A-Za-z]:", path) is not None
        if is_outside or stat.S_ISLNK(member.external_attr >> 16):
            name = _shown(member.filename)
            message = f"The ZIP archive has an entry that leads out of it: “{name}”."
            raise _problem(message, "Pack the file by its plain name.")


def _refuse_unreadable(member: zipfile.ZipInfo) -> None:
    name = _shown(member.filename)
    if member.flag_bits & _ENCRYPTED:
        message = f"“{name}” in the ZIP archive is locked by a password."
        raise _problem(message, "Pack the file without a password.")
    if member.compress_type not in _METHODS:
        message = f"“{name}” in the ZIP archive is packed by a method that cannot be read."
        raise _problem(message, "Pack the file again by the usual method, Deflate.")


def _shown(name: str) -> str:
    shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in name)
    return shown if len(shown) <= 100 else shown[:99] + "\u2026"


def _problem(message: str, hint: str) -> FileUnreadable:
    return FileUnreadable("archive_problem", message, hint)
