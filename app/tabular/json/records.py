"""The values that are the records of a JSON file, found by path, one after the other."""

from collections.abc import Generator, Iterator
from typing import Any, NamedTuple

from app.tabular.files.decoding import LONGEST_RECORD
from app.tabular.files.source import FileUnreadable
from app.tabular.json.document import PIECE, Document, Readable
from app.tabular.json.paths import COLUMNS, KEYED, LISTS, RecordPath
from app.tabular.json.stream import ArrayScanner
from app.tabular.json.values import RepeatedKey, kind_of

_SPACE = " \t\r\n\ufeff"
_MOST_IN_COLUMNS = 64_000_000


class Record(NamedTuple):
    """A value, its text, its number from 1, and, where records stand under keys, its key."""

    number: int
    raw: str
    value: Any
    key: str | None = None


def records_of(text: Readable, path: RecordPath) -> Iterator[Record]:
    """Yield the records of a document; raise FileUnreadable."""
    start = _first_piece(text)
    is_list = not start.lstrip(_SPACE).startswith("{")
    if is_list and not path.keys and path.ending in ("", LISTS):
        yield from _of_arrays(start, text)
        return
    most = _MOST_IN_COLUMNS if path.ending == COLUMNS else LONGEST_RECORD
    document, number = Document(text, start, most=most), 0
    while document.sign():
        if number and document.sign() not in "{[":
            raise document.broken("the JSON is closed, but other text follows it.")
        for record in _in_document(document, path):
            number += 1
            yield record._replace(number=number)


def _first_piece(text: Readable) -> str:
    """Return the first piece that is more than white space."""
    while piece := text.read(PIECE):
        if piece.strip(_SPACE):
            return piece
    raise FileUnreadable(
        "empty_file", "The file is empty.", "Choose a file with at least one record."
    )


def _of_arrays(start: str, text: Readable) -> Iterator[Record]:
    scanner, piece = ArrayScanner(many_arrays=True), start
    while piece:
        yield from (Record(each.number, each.raw, each.value) for each in scanner.feed(piece))
        piece = text.read(PIECE)
    yield from (Record(each.number, each.raw, each.value) for each in scanner.finish())


def _in_document(document: Document, path: RecordPath, depth: int = 0) -> Iterator[Record]:
    """Yield the records at a path whose first keys, as many as `depth`, led to where we are."""
    if depth == len(path.keys):
        yield from _here(document, path)
        return
    if document.sign() == "[":
        yield from _in_entries(document, path, depth)
        return
    if document.sign() != "{":
        raise _nothing_at(path, document)
    wanted, is_met = path.keys[depth], False
    for name in document.members():
        if name != wanted:
            document.skip()
            continue
        if is_met:
            raise _twice(name, document)
        is_met = True
        yield from _in_document(document, path, depth + 1)
    if not is_met:
        raise _nothing_at(path, document)


def _in_entries(document: Document, path: RecordPath, depth: int) -> Iterator[Record]:
    """Yield the records that are further down in one entry of a list, or in all that have them."""
    wanted, is_met = path.keys[depth], False
    for number, _ in enumerate(document.entries()):
        is_one = isinstance(wanted, int)
        if is_one and number == wanted:
            is_met = True
            yield from _in_document(document, path, depth + 1)
        elif is_one or document.sign() != "{":
            document.skip()
        else:
            met = yield from _in_entry(document, path, depth)
            is_met = is_met or met
    if not is_met:
        raise _nothing_at(path, document)


def _in_entry(document: Document, path: RecordPath, depth: int) -> Generator[Record, None, bool]:
    """Yield the records of an entry, which may have none; return whether it has the key."""
    met: set[str] = set()
    wanted = path.keys[depth]
    for name in document.members():
        if name != wanted or document.sign() not in "{[":
            document.skip()
            continue
        if name in met:
            raise _twice(name, document)
        met.add(name)
        yield from _in_document(document, path, depth + 1)
    return bool(met)


def _here(document: Document, path: RecordPath) -> Iterator[Record]:
    sign = document.sign()
    if path.ending == KEYED and sign == "{":
        for key in document.members():
            value, raw = document.value()
            yield Record(0, raw, value, key)
    elif path.ending == COLUMNS and sign == "{":
        yield from _transposed(document)
    elif sign not in ("{", "[") or (path.ending and (path.ending, sign) != (LISTS, "[")):
        raise _nothing_at(path, document)
    elif sign == "{":
        value, raw = document.value()
        yield Record(0, raw, value)
    else:
        for _ in document.entries():
            value, raw = document.value()
            yield Record(0, raw, value)


def _transposed(document: Document) -> Iterator[Record]:
    line, (columns, _) = document.line, document.value()
    if isinstance(columns, RepeatedKey):
        message = f"The column “{columns.key}” stands twice in the object."
        raise FileUnreadable("bad_syntax", message, "Give each column a name of its own.")
    for name, column in columns.items():
        if not isinstance(column, list):
            message = f"“{name}” is {kind_of(column)}, where a list of its values is expected."
            raise FileUnreadable("no_records", message, "Choose other records.", line=line)
    sizes = {name: len(column) for name, column in columns.items()}
    if len(set(sizes.values())) > 1:
        shortest, longest = min(sizes, key=sizes.__getitem__), max(sizes, key=sizes.__getitem__)
        message = (
            f"The columns differ in length: “{shortest}” has {sizes[shortest]:,} values, "
            f"“{longest}” has {sizes[longest]:,}."
        )
        raise FileUnreadable("no_records", message, "Choose other records.", line=line)
    for values in zip(*columns.values(), strict=True):
        yield Record(0, "", dict(zip(columns, values, strict=True)))


def _twice(name: str, document: Document) -> FileUnreadable:
    message = f"The key “{name}”, under which the records are, stands twice."
    return FileUnreadable("bad_syntax", message, "Export the file again.", line=document.line)


def _nothing_at(path: RecordPath, document: Document) -> FileUnreadable:
    where = f"at “{path}”" if str(path) else "at the top"
    message = f"The file has no records {where}."
    return FileUnreadable("no_records", message, "Choose other records.", line=document.line)
