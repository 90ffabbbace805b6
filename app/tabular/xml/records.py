"""Elements as records: the rules by which attributes, texts and children become columns.

An attribute is a column by its name, and a child's attribute `child.attribute`. The text of a child
is the column `child`, that of its children `child.grandchild`; the record's own text has the
record's name. Children of one name, or a child and an attribute, are a list kept as JSON text, in
every record once it is so in any. An empty element is an empty text; one with `xsi:nil` is nothing.
"""

import re
from collections.abc import Iterator, Set
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from app.tabular.files.decoding import LONGEST_LINE
from app.tabular.json.values import json_text
from app.tabular.naming import displayable
from app.tabular.nested import RecordRefused

# Line ends at the edges of a text, and the space about them, are how the XML is laid out.
_EDGES = re.compile(r"\A\s*\n\s*|\s*\n\s*\Z")


class Node:
    """An element or attribute of a record, with all that is in it."""

    __slots__ = ("children", "is_attribute", "is_nil", "line", "name", "parts")

    def __init__(self, name: str, line: int, *, is_attribute: bool = False) -> None:
        self.name = name
        self.line = line
        self.is_attribute = is_attribute
        self.is_nil = False
        self.parts: list[str] = []
        self.children: list[Node] = []

    @property
    def text(self) -> str | None:
        """Return the text that belongs to the node itself, its lines' layout taken away."""
        if self.is_nil:
            return None
        text = "".join(self.parts)
        if self.is_attribute:
            return text
        if self.children:
            return text.strip()
        return _EDGES.sub("", text) if "\n" in text else text

    def groups(self) -> dict[str, "list[Node]"]:
        """Return the children by name, in the order they are met."""
        found: dict[str, list[Node]] = {}
        for child in self.children:
            found.setdefault(child.name, []).append(child)
        return found


class XmlRow:
    """One element as a row; `repeated` are the columns that hold lists, in this record or another.

    Those that this record adds to them are in `repeats`.
    """

    def __init__(self, record: Node, repeated: Set[str]) -> None:
        self.cells: dict[str, str | None] = {}
        self.notes: list[str] = []
        self.repeats: set[str] = set()
        self._repeated = repeated
        if record.text or not record.children:
            self._put(_shown(record.name), record.text)
        self._take(record, "")

    def _take(self, node: Node, prefix: str) -> None:
        for name, children in node.groups().items():
            column = f"{prefix}{_shown(name)}"
            if len(children) > 1 or column in self._repeated:
                self.repeats.add(column)
                self.notes.append(f"Repeated elements “{column}” are kept as JSON text.")
                self._put(column, json_text([value_of(child) for child in children]))
                continue
            child = children[0]
            if not child.children:
                self._put(column, child.text)
                continue
            if text := child.text:
                self._put(column, text)
            self._take(child, f"{column}.")

    def _put(self, column: str, text: str | None) -> None:
        if column in self.cells:
            message = f"Two elements of the record would both become the column “{column}”."
            raise RecordRefused("duplicate_key", message, column)
        if text is not None and len(text) > LONGEST_LINE:
            message = f"The value of “{column}” has more than {LONGEST_LINE:,} characters."
            raise RecordRefused("field_too_long", message, column)
        self.cells[column] = text


def _shown(name: str) -> str:
    return displayable(name) or "column"


def value_of(node: Node) -> Any:
    """Return a node as JSON has it: a text, or an object of its parts and its own text."""
    if not node.children:
        return node.text
    own: dict[str, Any] = {node.name: node.text} if node.text else {}
    for name, children in node.groups().items():
        values = [value_of(child) for child in children]
        if name in own:
            values.insert(0, own[name])
        own[name] = values if len(values) > 1 else values[0]
    return own


def written(node: Node) -> str:
    """Return the element as XML again, without namespaces and layout."""
    return "".join(_written(node))


def _written(node: Node) -> Iterator[str]:
    attributes = [child for child in node.children if child.is_attribute]
    elements = [child for child in node.children if not child.is_attribute]
    yield f"<{node.name}"
    for each in attributes:
        yield f" {each.name}={quoteattr(each.text or '')}"
    yield f">{escape(node.text or '')}"
    for child in elements:
        yield from _written(child)
    yield f"</{node.name}>"
