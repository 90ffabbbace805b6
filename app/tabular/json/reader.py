"""JSON arrays and NDJSON as batches of rows."""

import json
from collections.abc import Iterable, Iterator, Sequence

from app.tabular.batches import Batch
from app.tabular.files.decoding import Lines, decoded
from app.tabular.files.source import FileUnreadable, Source
from app.tabular.json.names import names_at
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
    without_value: set[str] = set()
    for _, _, row in _parsed(source, options):
        if not isinstance(row, FlatRow):
            continue
        if not row.cells.keys() <= met.keys():
            without_value.update(row.cells.keys() - met.keys())
            met.update(dict.fromkeys(row.cells))
            refuse_too_many(len(met))
        if without_value:
            without_value -= {name for name in without_value if row.cells.get(name) is not None}
    names = tuple(name for name in met if name not in without_value or not _is_object(name, met))
    return Columns(names, names)


def _is_object(name: str, met: Iterable[str]) -> bool:
    """Return whether others have an object's fields where this column has nothing but nulls."""
    return any(other.startswith(f"{name}.") for other in met)


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
    maker = RowMaker(options, path, _names(source, options, path))
    with decoded(source, options.encoding) as text:
        for number, raw, value, key in records_of(text, path):
            row = maker.row(value) if key is None else maker.row_of_pair(key, value)
            if row is not None:
                yield number, raw, row


def _names(source: Source, options: ParsingOptions, path: RecordPath) -> tuple[str, ...] | None:
    """Return the names that stand apart from the rows, which may come before them or after."""
    if not path.names:
        return None
    with decoded(source, options.encoding) as text:
        return names_at(text, path.names)


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
