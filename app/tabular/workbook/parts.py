"""Which part of an XLSX or XLSB file is which sheet."""

import io
import posixpath
import zipfile
from typing import IO

from app.tabular.workbook.binary_records import records_of_xlsb, text_at
from app.tabular.workbook.kinds import WorkbookKind
from app.tabular.xml.events import PIECE, XmlParser

_LINKS = "xl/_rels/{}.rels"
_SHEET = 0x9C
_MOST = 20_000_000


def sheet_parts(whole: IO[bytes], kind: WorkbookKind) -> dict[str, str]:
    """Return the part's name by the sheet's; raise FileUnreadable for broken XML."""
    book = "workbook.bin" if kind is WorkbookKind.XLSB else "workbook.xml"
    with zipfile.ZipFile(whole) as archive:
        if not {f"xl/{book}", _LINKS.format(book)} <= set(archive.namelist()):
            return {}
        sheets = _SHEETS[kind](archive, f"xl/{book}")
        links = _elements(archive, _LINKS.format(book), "Relationship")
    whole.seek(0)
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    return {
        name: posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        for name, link in sheets
        if (target := targets.get(link, ""))
    }


def _of_xlsx(archive: zipfile.ZipFile, part: str) -> list[tuple[str, str]]:
    """Return each sheet's name and link."""
    sheets = _elements(archive, part, "sheet")
    return [(sheet.get("name", ""), sheet.get("id", "")) for sheet in sheets]


def _of_xlsb(archive: zipfile.ZipFile, part: str) -> list[tuple[str, str]]:
    found = []
    with archive.open(part) as stream:
        for kind, content in records_of_xlsb(stream.read(_MOST)):
            if kind == _SHEET:
                link, end = text_at(content, 8)
                found.append((text_at(content, end)[0], link))
    return found


_SHEETS = {WorkbookKind.XLSX: _of_xlsx, WorkbookKind.XLSB: _of_xlsb}


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
