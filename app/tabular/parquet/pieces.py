"""The rows of a Parquet file in pieces that fit in memory, however often a text is repeated."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

_MOST_BYTES = 64_000_000
_MOST_NESTED_ROWS = 256
_TEXTS = (pa.string(), pa.large_string(), pa.binary(), pa.large_binary())


def repeated_columns(file: pq.ParquetFile) -> list[str]:
    """Return the columns to be read without repeating what the file has only once.

    A long text a million times takes a few bytes in Parquet, and all memory outside of it.
    """
    return [field.name for field in file.schema_arrow if field.type in _TEXTS]


def pieces_of(file: pq.ParquetFile, most: int) -> Iterator[pa.RecordBatch]:
    """Yield pieces of at most so many rows, and of few enough that their texts fit in memory."""
    if any(pa.types.is_nested(field.type) for field in file.schema_arrow):
        most = min(most, _MOST_NESTED_ROWS)
    waiting: list[pa.RecordBatch] = []
    row_count = size = 0
    for piece, piece_size in _cut(file.iter_batches(batch_size=most)):
        if waiting and (row_count + piece.num_rows > most or size + piece_size > _MOST_BYTES):
            yield _joined(waiting)
            waiting, row_count, size = [], 0, 0
        waiting.append(piece)
        row_count, size = row_count + piece.num_rows, size + piece_size
    if waiting:
        yield _joined(waiting)


def _cut(pieces: Iterator[pa.RecordBatch]) -> Iterator[tuple[pa.RecordBatch, int]]:
    """Yield the pieces, or parts of them, with the size of their texts."""
    for piece in pieces:
        sizes = np.zeros(piece.num_rows, dtype=np.int64)
        for column in piece.columns:
            if pa.types.is_dictionary(column.type):
                sizes += _sizes(column)
        group = np.cumsum(sizes) // _MOST_BYTES
        starts = [0, *(np.flatnonzero(np.diff(group)) + 1).tolist(), piece.num_rows]
        for start, end in zip(starts, starts[1:], strict=False):
            if end > start:
                yield piece.slice(start, end - start), int(sizes[start:end].sum())


def _joined(pieces: list[pa.RecordBatch]) -> pa.RecordBatch:
    """Return one piece: a row group ends one, however short it is, where texts are not repeated."""
    if len(pieces) == 1:
        return pieces[0]
    (joined,) = pa.Table.from_batches(pieces).unify_dictionaries().combine_chunks().to_batches()
    return joined


def _sizes(column: pa.DictionaryArray) -> np.ndarray:
    """Return how many bytes the text in each row has."""
    if column.type.value_type not in _TEXTS:
        return np.zeros(len(column), dtype=np.int64)
    lengths = pc.binary_length(column.dictionary).take(column.indices)
    sizes: np.ndarray = pc.fill_null(lengths, 0).to_numpy(zero_copy_only=False)
    return sizes
