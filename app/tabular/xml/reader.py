"""The repeated elements of an XML file as batches of rows."""

from collections.abc import Iterator, Sequence, Set

from app.tabular.batches import Batch
from app.tabular.files.decoding import LONGEST_RECORD, decoded
from app.tabular.files.source import FileUnreadable, Source
from app.tabular.naming import Columns, refuse_too_many
from app.tabular.nested import Parsed, RecordRefused, record_batches
from app.tabular.options import ParsingOptions
from app.tabular.xml.cells import CellRows
from app.tabular.xml.events import PIECE, XmlParser
from app.tabular.xml.paths import XmlPath
from app.tabular.xml.records import Node, XmlRow, written


def xml_columns(source: Source, options: ParsingOptions) -> Columns:
    """Return the union of all records' columns, in the order they are met; reads the whole file."""
    names, _ = _surveyed(source, options)
    return Columns(names, names)


def xml_batches(
    source: Source,
    options: ParsingOptions,
    columns: Sequence[str] | None,
    rows_per_batch: int,
    keep_raws: bool,
) -> Iterator[Batch]:
    """Yield the records of XML; at least one batch. Reads the file twice, first to find lists."""
    names, repeated = _surveyed(source, options)
    wanted = names if columns is None else tuple(columns)

    def parsed() -> Iterator[Parsed]:
        for node in _named_records(source, options):
            try:
                yield node.line, written(node) if keep_raws else "", XmlRow(node, repeated)
            except RecordRefused as refused:
                yield node.line, written(node), refused

    yield from record_batches(parsed(), wanted, rows_per_batch, keep_raws)


def _surveyed(source: Source, options: ParsingOptions) -> tuple[tuple[str, ...], Set[str]]:
    """Return the columns of all records, and those among them that hold lists."""
    met: dict[str, None] = {}
    repeated: set[str] = set()
    for node in _named_records(source, options):
        try:
            row = XmlRow(node, repeated)
        except RecordRefused:
            continue
        repeated |= row.repeats
        met.update(dict.fromkeys(row.cells))
        refuse_too_many(len(met))
    return tuple(dict.fromkeys(_column_of(name, repeated) for name in met)), repeated


def _column_of(name: str, repeated: Set[str]) -> str:
    """Return the column that holds what has this name: itself, or the list that it is in."""
    parts = name.split(".")
    above = (".".join(parts[:count]) for count in range(1, len(parts)))
    return next((each for each in above if each in repeated), name)


def _named_records(source: Source, options: ParsingOptions) -> Iterator[Node]:
    rows = CellRows(options)
    named = (rows.named(node) for node in records_of(source, options))
    yield from (node for node in named if node is not None)


def records_of(source: Source, options: ParsingOptions) -> Iterator[Node]:
    """Yield the elements at the path, with all that is in them; raise FileUnreadable.

    Each has a line of its own: that on which it begins, or where one before it has that, the next.
    """
    collector = _Collector(XmlPath.of(options.record_path).elements)
    parser = XmlParser(collector)
    with decoded(source, options.encoding) as text:
        while piece := text.read(PIECE):
            parser.feed(piece)
            yield from collector.taken()
        parser.finish()
        yield from collector.taken()
    if not collector.has_found and not collector.is_place_empty:
        message = f"The file has no element “{options.record_path}”."
        raise FileUnreadable("no_records", message, "Choose another element for the records.")


class _Collector:
    """Gathers the elements at a path, each with all that is in it, and nothing else."""

    def __init__(self, path: tuple[str, ...]) -> None:
        self._path = path
        self._open: list[str] = []
        self._nodes: list[Node] = []
        self._done: list[Node] = []
        self._size = 0
        self._last_line = 0
        self.has_found = False
        self._has_place = self._has_others = False

    @property
    def is_place_empty(self) -> bool:
        """Tell whether what should hold the records is there, and nothing in it."""
        return self._has_place and not self._has_others

    def taken(self) -> list[Node]:
        """Return the records that are complete and not yet taken."""
        done, self._done = self._done, []
        return done

    def begin(self, name: str, attributes: dict[str, str], line: int, *, is_nil: bool) -> None:
        """Take the beginning of an element."""
        self._has_others |= tuple(self._open) == self._path[:-1] != ()
        self._open.append(name)
        self._has_place |= tuple(self._open) == self._path[:-1]
        if not self._nodes and tuple(self._open) != self._path:
            return
        node = Node(name, line)
        node.is_nil = is_nil
        for key, value in attributes.items():
            attribute = Node(key, line, is_attribute=True)
            attribute.parts.append(value)
            self._grow(len(value))
            node.children.append(attribute)
        if self._nodes:
            self._nodes[-1].children.append(node)
        self._nodes.append(node)
        self._grow(len(name))

    def end(self) -> None:
        """Take the end of the last element that is open."""
        self._open.pop()
        if self._nodes:
            node = self._nodes.pop()
            if not self._nodes:
                node.line = self._last_line = max(node.line, self._last_line + 1)
                self._done.append(node)
                self._size, self.has_found = 0, True

    def text(self, content: str) -> None:
        """Take text of the last element that is open."""
        if self._nodes:
            self._nodes[-1].parts.append(content)
            self._grow(len(content))

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > LONGEST_RECORD:
            line = self._nodes[0].line if self._nodes else 1
            message = f"The record that begins in line {line:,} is longer than " \
                f"{LONGEST_RECORD:,} characters."  # fmt: skip
            hint = "Choose another element for the records."
            raise FileUnreadable("field_too_long", message, hint, line=line)
