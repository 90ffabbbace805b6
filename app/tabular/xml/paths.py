"""Paths to the records in XML: `catalog/book`, and endings for elements that are cells.

With `[]` at its end, what is in each record are the cells of a row, of which the first may name
the columns; with `[@name]`, an attribute of each cell names its column.
"""

import re
from dataclasses import dataclass

_ENDING = re.compile(r"\[(?:@([^\[\]/]+))?\]\Z")


@dataclass(frozen=True)
class XmlPath:
    """The elements that lead to the records, and how cells in them are named, where they are."""

    elements: tuple[str, ...]
    has_cells: bool = False
    naming: str = ""

    @classmethod
    def of(cls, text: str) -> "XmlPath":
        """Return the path that is written so."""
        ending = _ENDING.search(text)
        if ending is None:
            return cls(tuple(text.split("/")))
        elements = tuple(text[: ending.start()].split("/"))
        return cls(elements, has_cells=True, naming=ending.group(1) or "")

    def __str__(self) -> str:
        ending = f"[@{self.naming}]" if self.naming else "[]"
        return "/".join(self.elements) + (ending if self.has_cells else "")
