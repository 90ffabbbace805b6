"""JSON arrays and NDJSON as batches of rows."""

import json
from collections.abc import Iterable, Iterator, Sequence

from app.tabular.batches import BadRow, Batch, GrowingBatch, shown_raw
from app.tabular.files.decoding import Lines, decoded
from app.tabular.files.source import FileUnreadable, Source
from app.tabular.json.paths import from_list
from app.tabular.json.stream import ArrayScanner, FoundRecord
from app.tabular.json.values import DECODER, FlatRow, RecordRefused, scalar_text
from app.tabular.naming import Columns, named_columns, refuse_too_many
from app.tabular.options import FileFormat, ParsingOptions

_PIECE = 1 << 20
# What a file consists of when it holds no records at all, rather than some that are wrong.
_NO_RECORD = {"not_an_object", "bad_syntax"}

Parsed = tuple[int, str, FlatRow | RecordRefused | None]


def json_columns(source: Source, options: ParsingOptions) -> Columns:
    """Return the union of all records' keys, in the order they are met; reads the whole file."""
    met: dict[str, None] = {}
    for _, _, row in _parsed(source, options):
        if isinstance(row, FlatRow) and not row.cells.keys() <= met.keys():
            met.update(dict.fromkeys(row.cells))
            refuse_too_many(len(met))
    return Columns(tuple(met), tuple(met))


def json_batches(
    source: Source,
    options: ParsingOptions,
    columns: Sequence[str] | None,
    rows_per_batch: int,
    keep_raws: bool,
) -> Iterator[Batch]:
    """Yield the records of JSON or NDJSON; at least one batch, which may be empty."""
    wanted = json_columns(source, options).names if columns is None else tuple(columns)
    batch, handed_on = GrowingBatch(wanted, keep_raws), 0
    count, no_records = 0, 0
    for line, raw, row in _parsed(source, options):
        if batch.is_full(rows_per_batch):
            yield batch.finished()
            batch, handed_on = GrowingBatch(wanted, keep_raws), handed_on + 1
        _take(batch, line, raw, row)
        count += row is not None
        no_records += isinstance(row, RecordRefused) and row.rule in _NO_RECORD
    if no_records and no_records == count:
        raise _nothing_but_bad(options, count)
    if batch.lines or batch.bad_rows or batch.blank_count or not handed_on:
        yield batch.finished()


def _take(batch: GrowingBatch, line: int, raw: str, row: FlatRow | RecordRefused | None) -> None:
    if row is None:
        batch.blank_count += 1
    elif isinstance(row, FlatRow):
        batch.add(line, raw, [row.cells.get(name) for name in batch.columns])
        if not row.cells.keys() <= batch.met.keys():
            batch.met.update(dict.fromkeys(row.cells))
        batch.notes.update(dict.fromkeys(row.notes))
    else:
        batch.add_bad(BadRow(line, shown_raw(raw), row.rule, row.message, row.column))


def _parsed(source: Source, options: ParsingOptions) -> Iterator[Parsed]:
    if options.format == FileFormat.NDJSON:
        return _parsed_lines(source, options)
    return _parsed_array(source, options)


def _parsed_array(source: Source, options: ParsingOptions) -> Iterator[Parsed]:
    path = options.record_path
    scanner = ArrayScanner(many_arrays=not path, with_objects=not path, stops=bool(path))
    rows = ListRows(options)
    with decoded(source, options.encoding) as text:
        pieces = iter(lambda: text.read(_PIECE), "")
        for piece in from_list(pieces, path) if path else pieces:
            yield from rows.of(scanner.feed(piece))
            if scanner.has_stopped:
                return
        if path and not scanner.has_begun:
            raise _no_list(path)
        yield from rows.of(scanner.finish())


class ListRows:
    """Turns the values of an array into rows: objects, or lists below a first one of names."""

    def __init__(self, options: ParsingOptions) -> None:
        self._options = options
        self._has_begun = False
        self._names: list[str] | None = None

    def of(self, records: Iterable[FoundRecord]) -> Iterator[Parsed]:
        """Yield a row for each record but one that names the columns of the others."""
        for found in records:
            if not self._has_begun:
                self._has_begun = True
                if isinstance(found.value, list):
                    self._names = []
                    if self._options.has_header:
                        named = named_columns([scalar_text(name) or "" for name in found.value])
                        self._names = list(named.names)
                        continue
            yield found.number, found.raw, _flat(self._record_of(found.value))

    def _record_of(self, value: object) -> object:
        if self._names is None or not isinstance(value, list):
            return value
        names = self._names
        names += [f"column_{place}" for place in range(len(names) + 1, len(value) + 1)]
        return dict(zip(names, value, strict=False))


def _no_list(path: str) -> FileUnreadable:
    message = f"There is no list of records at “{path}” in the file."
    return FileUnreadable("no_records", message, "Choose another path to the records.")


def _parsed_lines(source: Source, options: ParsingOptions) -> Iterator[Parsed]:
    with decoded(source, options.encoding) as text:
        lines = Lines(text)
        for raw in lines:
            lines.take_record()
            if lines.number > options.skipped_rows:
                yield lines.number, raw, _row_in(raw)
        if not lines.number:
            hint = "Choose a file with at least one record."
            raise FileUnreadable("empty_file", "The file is empty.", hint)


def _row_in(raw: str) -> FlatRow | RecordRefused | None:
    if not raw.strip():
        return None
    try:
        value = DECODER.decode(raw)
    except json.JSONDecodeError as failure:
        message = f"The line is not JSON from its sign {failure.colno:,} on."
        return RecordRefused("bad_syntax", message)
    except RecursionError:
        return RecordRefused("too_deep", "The record is nested too deep.")
    return _flat(value)


def _flat(value: object) -> FlatRow | RecordRefused:
    try:
        return FlatRow(value)
    except RecordRefused as refused:
        return refused


def _nothing_but_bad(options: ParsingOptions, count: int) -> FileUnreadable:
    if options.format == FileFormat.NDJSON:
        message = f"None of the {count:,} lines is a JSON object."
        return FileUnreadable("bad_syntax", message, "Choose another format.", line=1)
    message = f"None of the {count:,} entries of the list is an object."
    return FileUnreadable("no_records", message, "Send a JSON array of objects.", line=1)
