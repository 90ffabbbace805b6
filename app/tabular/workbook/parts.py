"""Which part of an XLSX file is which sheet."""

import io
import posixpath
import zipfile
from typing import IO

from app.tabular.xml.events import PIECE, XmlParser

_BOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_MOST = 20_000_000


def sheet_parts(whole: IO[bytes]) -> dict[str, str]:
    """Return the part's name by the sheet's; raise FileUnreadable for broken XML."""
    with zipfile.ZipFile(whole) as archive:
        names = set(archive.namelist())
        if not {_BOOK, _LINKS} <= names:
            return {}
        sheets = _elements(archive, _BOOK, "sheet")
        links = _elements(archive, _LINKS, "Relationship")
    whole.seek(0)
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    return {
        sheet.get("name", ""): posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        for sheet in sheets
        if (target := targets.get(sheet.get("id", ""), ""))
    }


def _elements(archive: zipfile.ZipFile, part: str, name: str) -> list[dict[str, str]]:
    collected = _Elements(name)
    parser = XmlParser(collected)
    with archive.open(part) as stream:
        text = io.TextIOWrapper(io.BytesIO(stream.read(_MOST)), encoding="utf-8-sig")
        while piece := text.read(PIECE):
            parser.feed(piece)
    parser.finish()
    return collected.found


class _Elements:
    """Gathers the attributes of all elements of one name."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.found: list[dict[str, str]] = []

    def begin(self, name: str, attributes: dict[str, str], line: int, *, is_nil: bool) -> None:
        """Take an element's attributes."""
        if name == self._name:
            self.found.append(attributes)

    def end(self) -> None:
        """Take an element's end."""

    def text(self, content: str) -> None:
        """Take an element's text."""
