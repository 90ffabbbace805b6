"""Rows whose fields are not told by the names of elements, because each is only called a cell."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from app.tabular.grid.cell_kinds import kind_of
from app.tabular.grid.names import header_names
from app.tabular.json.values import json_text
from app.tabular.naming import named_columns
from app.tabular.options import ParsingOptions
from app.tabular.xml.paths import XmlPath
from app.tabular.xml.records import Node, value_of

_LEAST = 2
# Excel's XML of 2003 leaves out empty cells, and says of the next one which it is.
_PLACE = "Index"


class CellRows:
    """Turns records of cells into records whose fields have names, of one file from its start."""

    def __init__(self, options: ParsingOptions) -> None:
        self._options = options
        self._path = XmlPath.of(options.record_path)
        self._header: list[list[str]] = []
        self._names: tuple[str, ...] | None = None

    def named(self, record: Node) -> Node | None:
        """Return the record with names for its cells; None where it names them for the others."""
        if not self._path.has_cells:
            return record
        naming = self._path.naming
        if naming:
            cells = [(_attribute(cell, naming) or cell.name, cell) for cell in elements_of(record)]
            return _record(record, [(name, _without(cell, naming)) for name, cell in cells])
        if len(self._header) < self._options.header_rows:
            self._header.append(texts_of(record))
            return None
        return _record(record, [(self._name(place), cell) for place, cell in _placed(record)])

    def _name(self, place: int) -> str:
        if self._names is None:
            names = header_names(self._header, self._options, 0) if self._header else ()
            self._names = named_columns(names).names
        return self._names[place] if place < len(self._names) else f"column_{place + 1}"


def naming_of(records: Sequence[Node]) -> str | None:
    """Return which attribute names the cells in records: none (""), where their place does.

    None stands for records that do not consist of cells.
    """
    rows = [cells for cells in map(elements_of, records) if cells]
    repeating = sum(len({cell.name for cell in cells}) < len(cells) for cells in rows)
    are_simple = all(_is_simple(cell) for cells in rows for cell in cells)
    if len(rows) < _LEAST or repeating * 2 <= len(rows) or not are_simple:
        return None
    shared = set.intersection(*(_attributes(cell) for cells in rows for cell in cells))
    namings = [each for each in sorted(shared) if _names_cells(each, rows)]
    if namings:
        return min(namings, key=lambda each: len(_words(each, rows)))
    kinds = {cell.name for cells in rows for cell in cells}
    [(_, usual)] = Counter(map(len, rows)).most_common(1)
    is_even = len(kinds) <= _LEAST and usual * 2 > len(rows)
    cells = list(chain.from_iterable(rows))
    has_fields = any(_is_field(each, cells) for each in shared)
    return "" if is_even and not has_fields and all(map(_has_one_value, cells)) else None


def texts_of(record: Node) -> list[str]:
    """Return the texts of a record's cells by their places, as a header has them."""
    cells = _placed(record)
    texts = [""] * (max((place for place, _ in cells), default=-1) + 1)
    for place, cell in cells:
        texts[place] = _text(cell) or ""
    return texts


def elements_of(node: Node) -> list[Node]:
    """Return the elements that stand in another, without its attributes."""
    return [child for child in node.children if not child.is_attribute]


def _has_one_value(cell: Node) -> bool:
    """Return whether a cell has a text, or no more than one attribute in place of it."""
    return bool(cell.text) or len(cell.children) <= 1 or bool(elements_of(cell))


def _is_field(attribute: str, cells: Sequence[Node]) -> bool:
    """Return whether an attribute tells most of the elements apart that have another one inside."""
    inside = [cell for cell in cells if elements_of(cell)]
    words = {_attribute(cell, attribute) for cell in inside}
    return len(inside) > _LEAST and len(words) * 2 > len(inside)


def _words(attribute: str, rows: Sequence[Sequence[Node]]) -> set[str]:
    return {_attribute(cell, attribute) or "" for cells in rows for cell in cells}


def _names_cells(attribute: str, rows: Sequence[Sequence[Node]]) -> bool:
    """Return whether an attribute tells the cells of each row apart, with the same few words."""
    words = [[_attribute(cell, attribute) or "" for cell in cells] for cells in rows]
    if any(len(set(each)) < len(each) for each in words):
        return False
    every = _words(attribute, rows)
    are_words = not any(kind_of(word).is_value or not word.strip() for word in every)
    is_again = len(every) * 4 < sum(map(len, words)) * 3
    return are_words and is_again and len(every) <= _LEAST * max(map(len, words))


def _is_simple(cell: Node) -> bool:
    """Return whether there is no more than a single value in an element, however deep.

    That is a text; where there is none, an attribute besides one that may name the cell.
    """
    inside = elements_of(cell)
    if not inside and not cell.text and len(cell.children) > _LEAST:
        return False
    return not inside or (len(inside) == 1 and not cell.text and _is_simple(inside[0]))


def _attributes(cell: Node) -> set[str]:
    return {child.name for child in cell.children if child.is_attribute}


def _attribute(cell: Node, name: str) -> str | None:
    found = (child.text for child in cell.children if child.is_attribute and child.name == name)
    return next(found, None)


def _without(cell: Node, attribute: str) -> Node:
    rest = Node(cell.name, cell.line)
    rest.is_nil, rest.parts = cell.is_nil, cell.parts
    rest.children = [
        each for each in cell.children if not (each.is_attribute and each.name == attribute)
    ]
    return rest


def _placed(record: Node) -> list[tuple[int, Node]]:
    """Return the cells with their places; a cell that says its place may leave some out."""
    placed: list[tuple[int, Node]] = []
    place = 0
    for cell in elements_of(record):
        told = _attribute(cell, _PLACE) or ""
        place = max(place, int(told) - 1) if told.isdecimal() and len(told) < 6 else place
        placed.append((place, cell))
        place += 1
    return placed


def _record(record: Node, cells: Sequence[tuple[str, Node]]) -> Node:
    named = Node(record.name, record.line)
    named.parts = []
    named.children = [child for child in record.children if child.is_attribute]
    for name, cell in cells:
        field = Node(name, cell.line, is_attribute=True)
        text = _text(cell)
        field.is_nil = text is None
        field.parts = [text or ""]
        named.children.append(field)
    return named


def _text(cell: Node) -> str | None:
    """Return the text in a cell; where it has none, the only attribute that it has."""
    inside = elements_of(cell)
    if len(inside) == 1 and not cell.text:
        return _text(inside[0])
    if inside:
        return json_text(value_of(cell))
    if not cell.text and len(cell.children) == 1:
        return cell.children[0].text
    return cell.text if cell.is_nil else "".join(cell.parts).strip("\r\n")
