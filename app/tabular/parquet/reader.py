"""Parquet files as batches of rows, one piece of a row group after the other."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from app.tabular.batches import Batch, shown_raw
from app.tabular.files.opening import opened, seekable
from app.tabular.files.source import FileUnreadable, Source
from app.tabular.files.unpacking import refuse_too_large
from app.tabular.naming import Columns, named_columns
from app.tabular.options import ParsingOptions
from app.tabular.parquet.pieces import pieces_of, repeated_columns
from app.tabular.parquet.texts import as_texts

_SIGN = b"PAR1"
_LOCKED_SIGN = b"PARE"
_MOST_CELLS = 4_000_000


@contextmanager
def opened_parquet(source: Source) -> Iterator[pq.ParquetFile | None]:
    """Yield the source's Parquet file, or None where it is none; raise FileUnreadable."""
    with opened(source) as stream:
        sign = stream.read(len(_SIGN))
    if sign not in (_SIGN, _LOCKED_SIGN):
        yield None
        return
    with seekable(source) as whole:
        if sign == _LOCKED_SIGN or _end_of(whole) == _LOCKED_SIGN:
            raise _locked()
        with _refusing_faults():
            file = pq.ParquetFile(whole)
            _refuse_too_large(file.metadata, whole)
            if texts := repeated_columns(file):
                file = pq.ParquetFile(whole, read_dictionary=texts)
        with file:
            yield file


def parquet_columns(source: Source, options: ParsingOptions) -> Columns:
    """Return the columns that the file names."""
    with _opened(source) as file:
        return named_columns(file.schema_arrow.names)


def parquet_batches(
    source: Source,
    options: ParsingOptions,
    columns: Sequence[str] | None,
    rows_per_batch: int,
    keep_raws: bool,
) -> Iterator[Batch]:
    """Yield the rows; at least one batch, which may be empty. A row's line is its number."""
    with _opened(source) as file:
        in_file = named_columns(file.schema_arrow.names).names
        wanted = in_file if columns is None else tuple(columns)
        most = max(1, min(rows_per_batch, _MOST_CELLS // max(1, len(in_file))))
        first = 1
        for piece in _pieces(file, most):
            yield _batch(piece, in_file, wanted, first, keep_raws)
            first += piece.num_rows
        if first == 1:
            empty = pa.RecordBatch.from_pylist([], file.schema_arrow)
            yield _batch(empty, in_file, wanted, first, keep_raws)


@contextmanager
def _opened(source: Source) -> Iterator[pq.ParquetFile]:
    with opened_parquet(source) as file:
        if file is None:
            message = "The file is no Parquet file."
            raise FileUnreadable("bad_syntax", message, "Choose another format.")
        yield file


def _pieces(file: pq.ParquetFile, most: int) -> Iterator[pa.RecordBatch]:
    pieces = pieces_of(file, most)
    while True:
        with _refusing_faults():
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def _batch(
    piece: pa.RecordBatch,
    in_file: Sequence[str],
    wanted: Sequence[str],
    first: int,
    keep_raws: bool,
) -> Batch:
    places = {name: place for place, name in enumerate(in_file)}
    used = set(range(len(in_file))) if keep_raws else {places.get(name) for name in wanted}
    with _refusing_faults():
        texts = {place: as_texts(piece.column(place)) for place in used if place is not None}
    nothing = pa.nulls(piece.num_rows, pa.string())
    cells = [texts[places[name]] if name in places else nothing for name in wanted]
    shown = [texts[place] for place in sorted(texts)]
    return Batch(
        cells=pa.Table.from_arrays(cells, names=list(wanted)),
        lines=np.arange(first, first + piece.num_rows, dtype=np.int64),
        raws=_raws(shown, piece.num_rows) if keep_raws else None,
        unexpected_columns=tuple(name for name in in_file if name not in set(wanted)),
        missing_columns=tuple(name for name in wanted if name not in places),
    )


def _raws(columns: Sequence[pa.Array], count: int) -> tuple[str, ...]:
    """Return each row as a JSON list of its values as text."""
    rows = (
        zip(*(column.to_pylist() for column in columns), strict=True) if columns else [()] * count
    )
    return tuple(shown_raw(json.dumps(row, ensure_ascii=False)) for row in rows)


def _refuse_too_large(found: pq.FileMetaData, whole: IO[bytes]) -> None:
    unpacked = sum(found.row_group(place).total_byte_size for place in range(found.num_row_groups))
    refuse_too_large(unpacked, whole.seek(0, 2))


def _end_of(whole: IO[bytes]) -> bytes:
    whole.seek(max(0, whole.seek(0, 2) - len(_SIGN)))
    end = whole.read()
    whole.seek(0)
    return end


@contextmanager
def _refusing_faults() -> Iterator[None]:
    """Turn what Arrow raises for a damaged file into FileUnreadable."""
    try:
        yield
    except FileUnreadable:
        raise
    except Exception as failure:
        if "encrypt" in str(failure).lower():
            raise _locked() from None
        raise FileUnreadable(
            "bad_syntax",
            "The Parquet file is damaged or was cut off before its end.",
            "Write the file again and send it once more.",
        ) from None


def _locked() -> FileUnreadable:
    message = "The Parquet file is encrypted."
    return FileUnreadable("kind_not_supported", message, "Write it without encryption.")
