"""JSON arrays and NDJSON as batches of rows."""

import json
from collections.abc import Iterator, Sequence

from app.tabular.batches import Batch
from app.tabular.files.decoding import Lines, decoded
from app.tabular.files.source import FileUnreadable, Source
from app.tabular.json.paths import RecordPath
from app.tabular.json.records import records_of
from app.tabular.json.rows import RowMaker
from app.tabular.json.values import DECODER, FlatRow
from app.tabular.naming import Columns, refuse_too_many
from app.tabular.nested import Parsed, RecordRefused, record_batches
from app.tabular.options import FileFormat, ParsingOptions

# What a file consists of when it holds no records at all, rather than some that are wrong.
_NO_RECORD = {"not_an_object", "bad_syntax"}


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
    parsed = _refusing_nothing(_parsed(source, options), options)
    yield from record_batches(parsed, wanted, rows_per_batch, keep_raws)


def _refusing_nothing(parsed: Iterator[Parsed], options: ParsingOptions) -> Iterator[Parsed]:
    """Yield what was parsed; raise FileUnreadable when none of it was a record."""
    count, no_records = 0, 0
    for each in parsed:
        row = each[2]
        count += row is not None
        no_records += isinstance(row, RecordRefused) and row.rule in _NO_RECORD
        yield each
    if no_records and no_records == count:
        raise _nothing_but_bad(options, count)


def _parsed(source: Source, options: ParsingOptions) -> Iterator[Parsed]:
    if options.format == FileFormat.NDJSON:
        return _parsed_lines(source, options)
    return _parsed_document(source, options)


def _parsed_document(source: Source, options: ParsingOptions) -> Iterator[Parsed]:
    path = RecordPath.of(options.record_path)
    maker = RowMaker(options, path)
    with decoded(source, options.encoding) as text:
        for number, raw, value, key in records_of(text, path):
            row = maker.row(value) if key is None else maker.row_of_pair(key, value)
            if row is not None:
                yield number, raw, row


def _parsed_lines(source: Source, options: ParsingOptions) -> Iterator[Parsed]:
    maker = RowMaker(options, RecordPath.of(options.record_path))
    with decoded(source, options.encoding) as text:
        lines = Lines(text)
        for raw in lines:
            lines.take_record()
            if lines.number <= options.skipped_rows:
                continue
            if not raw.strip():
                yield lines.number, raw, None
            elif (row := _row_in(raw, maker)) is not None:
                yield lines.number, raw, row
        if not lines.number:
            hint = "Choose a file with at least one record."
            raise FileUnreadable("empty_file", "The file is empty.", hint)


def _row_in(raw: str, maker: RowMaker) -> FlatRow | RecordRefused | None:
    try:
        value = DECODER.decode(raw)
    except json.JSONDecodeError as failure:
        message = f"The line is not JSON from its sign {failure.colno:,} on."
        return RecordRefused("bad_syntax", message)
    except RecursionError:
        return RecordRefused("too_deep", "The record is nested too deep.")
    return maker.row(value)


def _nothing_but_bad(options: ParsingOptions, count: int) -> FileUnreadable:
    if options.format == FileFormat.NDJSON:
        message = f"None of the {count:,} lines is a JSON object."
        return FileUnreadable("bad_syntax", message, "Choose another format.", line=1)
    message = f"None of the {count:,} entries of the list is an object."
    return FileUnreadable("no_records", message, "Send a JSON array of objects.", line=1)
