"""Parses regular delimited text at once, by Arrow; what is not regular is left to others.

A piece of the file is regular where each of its records has exactly as many cells as the table,
and the lines of the piece are exactly those that its records are written on. That is counted, not
assumed: a piece that leaves any doubt is cut in two, until what is doubtful is small.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from app.tabular.delimited.pieces import Pieces, closed_cut
from app.tabular.files.checking import is_utf8
from app.tabular.files.decoding import LONGEST_LINE
from app.tabular.grid.doubts import has_swallowed
from app.tabular.grid.plain_rows import Layout, PlainRows
from app.tabular.grid.raw_records import RawRecords
from app.tabular.options import FileFormat, ParsingOptions

SMALLEST_PIECE = 1 << 15
_LINE_END, _RETURN = 10, 13
_SPACE = 32
_ASCII = 128


def is_plain(options: ParsingOptions) -> bool:
    """Return whether files read by these options may have regular pieces."""
    return (
        options.format is FileFormat.DELIMITED
        and len(options.delimiter) == 1
        and all(mark is None or mark.isascii() for mark in (options.delimiter, options.quote))
        and options.escape is None
        and not (options.is_repeated or options.is_padded or options.footer_rows)
        and not options.encoding.startswith(("utf-16", "utf-32"))
    )


def plain_rows(pieces: Pieces, layout: Layout) -> Iterator[PlainRows | bytes]:
    """Yield the rows of each regular piece, and every other piece as it is.

    Who gets a piece opens it and reads its lines. The next piece is parsed by a thread of its own
    while the rows of this one are worked on.
    """
    with ThreadPoolExecutor(1) as worker:

        def begun() -> tuple[bytes, "Future[PlainRows | None]"]:
            piece = pieces.take()
            return piece, worker.submit(parsed, piece, layout)

        piece, parsing = begun()
        while piece:
            rows = parsing.result()
            if rows is not None:
                pieces.line_count += rows.line_count
                piece, parsing = begun()
                yield rows
                continue
            if halves := _halves(piece, layout.options.quote):
                pieces.give_back(*halves)
            else:
                yield piece
            piece, parsing = begun()


def _halves(piece: bytes, quote: str | None) -> tuple[bytes, bytes] | None:
    """Return a piece cut at a line end near its middle, or nothing where it is small."""
    cut = piece.rfind(b"\n", 0, len(piece) // 2) + 1 or piece.find(b"\n") + 1
    cut = closed_cut(piece, cut, quote.encode() if quote else None)
    if len(piece) <= SMALLEST_PIECE or cut in (0, len(piece)):
        return None
    return piece[:cut], piece[cut:]


def parsed(piece: bytes, layout: Layout) -> PlainRows | None:
    """Return the rows of a piece, or nothing where it is not certain that it is regular."""
    # Arrow leaves out empty lines, and only in a table of one column they might be rows.
    text = _as_utf8(piece, layout.options) if layout.cell_count > 1 else None
    cells = None if text is None else _cells(text, layout)
    if text is None or cells is None:
        return None
    line_count = _line_ends(text)
    inner = _inner_line_ends(cells, line_count)
    if cells.num_rows + int(inner.sum()) != line_count or not _is_closed(cells):
        return None
    if _has_odd_quotes(text, cells, inner, layout.options):
        return None
    starts = np.arange(cells.num_rows, dtype=np.int64)
    if inner.any():
        starts[1:] += np.cumsum(inner[:-1])
    raws = RawRecords.of(text, starts, line_count) if layout.keep_raws else None
    rows = _without_blank(PlainRows(cells, starts, line_count, 0, raws), layout)
    return _within_table(rows, layout)


def _as_utf8(piece: bytes, options: ParsingOptions) -> bytes | None:
    """Return the piece in UTF-8, or nothing where a sign in it needs looking at one by one."""
    if b"\0" in piece:
        return None
    if b"\r" in piece and _has_lone_returns(piece):
        return None
    if options.encoding != "utf-8" and not piece.isascii():
        try:
            piece = piece.decode(options.encoding).encode()
        except UnicodeError:
            return None
    elif not is_utf8(piece):
        return None
    # Arrow would take a byte order mark away, wherever in the file the piece is.
    if piece.startswith(b"\xef\xbb\xbf"):
        return None
    if options.comment and options.comment.encode() in piece:
        return None
    return piece if piece.endswith(b"\n") else piece + b"\n"


def _cells(text: bytes, layout: Layout) -> pa.Table | None:
    names = [str(place) for place in range(layout.cell_count)]
    quote = layout.options.quote
    has_quotes = quote is not None and quote.encode() in text
    try:
        cells = csv.read_csv(
            pa.BufferReader(text),
            csv.ReadOptions(use_threads=False, block_size=len(text) + 1, column_names=names),
            csv.ParseOptions(
                delimiter=layout.options.delimiter,
                quote_char=quote if has_quotes else False,
                newlines_in_values=has_quotes,
            ),
            # Of the whole text, that it is UTF-8 is known at a tenth of the cost.
            csv.ConvertOptions(check_utf8=False, column_types=dict.fromkeys(names, pa.string())),
        ).combine_chunks()
    except pa.ArrowInvalid:
        return None
    longest = [pc.max(pc.binary_length(column)).as_py() or 0 for column in cells.columns]
    # Written with quotes, a cell may take twice as much.
    return cells if 2 * sum(longest) + 3 * layout.cell_count < LONGEST_LINE else None


# Signs are counted by numpy here: bytes.count takes three times as long where there are many.
def _line_ends(text: bytes) -> int:
    return int(np.count_nonzero(np.frombuffer(text, dtype=np.uint8) == _LINE_END))


def _has_lone_returns(text: bytes) -> bool:
    signs = np.frombuffer(text, dtype=np.uint8)
    is_return = signs == _RETURN
    return bool(is_return[-1] or (is_return[:-1] & (signs[1:] != _LINE_END)).any())


def _inner_line_ends(cells: pa.Table, line_count: int) -> np.ndarray:
    """Return how many line ends there are within the cells of each row."""
    inner = np.zeros(cells.num_rows, dtype=np.int64)
    if line_count > cells.num_rows:
        for column in cells.columns:
            inner += pc.count_substring(column, "\n").to_numpy()
    return inner


def _has_odd_quotes(
    text: bytes, cells: pa.Table, inner: np.ndarray, options: ParsingOptions
) -> bool:
    """Return whether a quote may have been lost that is text, or rows within one cell."""
    quote = options.quote
    if quote is None or quote.encode() not in text:
        return False
    if inner.any() and _may_hold_rows(cells.filter(pa.array(inner > 0)), options.delimiter):
        return True
    quotes = _Quotes(text, ord(quote), ord(options.delimiter))
    if quotes.take_turns(np.arange(len(quotes.places))).all():
        return False
    # Without line ends in cells every line is a record, and can be looked at by itself.
    return bool(inner.any()) or quotes.are_odd_in_lines(text)


def _may_hold_rows(cells: pa.Table, delimiter: str) -> bool:
    """Return whether a record has all the delimiters of rows on each of its lines."""
    lines = np.ones(cells.num_rows, dtype=np.int64)
    found = np.full(cells.num_rows, cells.num_columns - 1)
    for column in cells.columns:
        ends = pc.count_substring(column, "\n").to_numpy()
        lines += ends
        found += pc.count_substring(column, delimiter).to_numpy() * (ends > 0)
    suspects = cells.filter(pa.array(found == (cells.num_columns - 1) * lines)).to_pylist()
    return any(has_swallowed(list(row.values()), delimiter, len(row)) for row in suspects)


class _Quotes:
    """The quotes of a piece, and which of them can begin or end a cell."""

    def __init__(self, text: bytes, quote: int, delimiter: int) -> None:
        signs = np.frombuffer(text, dtype=np.uint8)
        self.places = np.flatnonzero(signs == quote)
        before = signs[self.places - 1]
        # The piece ends with a line end, so behind the last quote there is a sign.
        behind = signs[self.places + 1]
        self.begins = np.isin(before, (delimiter, _LINE_END)) | (self.places == 0)
        self._may_open = self.begins | (before == quote)
        self._may_close = np.isin(behind, (delimiter, _LINE_END, _RETURN, quote))

    def take_turns(self, turns: np.ndarray) -> np.ndarray:
        """Return which quotes may be what they are by turns: one that opens, one that closes."""
        is_closing = turns % 2 == 1
        is_right = np.where(is_closing, self._may_close, self._may_open)
        # The last of a record closes.
        is_last = np.append(turns[1:] == 0, True)
        in_turn: np.ndarray = is_right & (is_closing | ~is_last)
        return in_turn

    def are_odd_in_lines(self, text: bytes) -> bool:
        """Return whether a line has quotes out of turn of which one begins a cell.

        Where none does, all quotes of the line are signs of its texts.
        """
        ends = np.flatnonzero(np.frombuffer(text, dtype=np.uint8) == _LINE_END)
        lines = np.searchsorted(ends, self.places)
        first = np.searchsorted(lines, lines)
        is_odd = ~self.take_turns(np.arange(len(lines)) - first)
        odd_lines = np.unique(lines[is_odd])
        return bool((self.begins & np.isin(lines, odd_lines)).any())


def _is_closed(cells: pa.Table) -> bool:
    """Return whether the last record ends with the piece, rather than within a quoted cell."""
    last = cells.column(cells.num_columns - 1)
    return len(last) == 0 or not last[-1].as_py().endswith("\n")


def _without_blank(rows: PlainRows, layout: Layout) -> PlainRows:
    """Return the rows but those that hold nothing; only what may be spaces is looked at."""
    places = np.arange(rows.cells.num_rows)
    for column in rows.cells.columns:
        texts = column.combine_chunks()
        places = places[_may_be_blank(texts)[places]]
        if not len(places):
            return rows
    found = rows.cells.take(pa.array(places)).to_pylist()
    is_kept = np.ones(rows.cells.num_rows, dtype=bool)
    for place, row in zip(places, found, strict=True):
        is_kept[place] = not layout.is_blank(list(row.values()))
    return PlainRows(
        rows.cells.filter(pa.array(is_kept)),
        rows.lines[is_kept],
        rows.line_count,
        int((~is_kept).sum()),
        rows.raws.taken(is_kept) if rows.raws is not None else None,
    )


def _within_table(rows: PlainRows, layout: Layout) -> PlainRows | None:
    """Return the rows without the empty columns at the table's edges; nothing if one is filled."""
    end = layout.first + layout.width
    for place, column in enumerate(rows.cells.columns):
        is_outside = not layout.first <= place < end
        if is_outside and pc.max(pc.binary_length(column)).as_py():
            return None
    return replace(rows, cells=rows.cells.select(range(layout.first, end)))


def _may_be_blank(texts: pa.Array) -> np.ndarray:
    """Return where a text is empty or begins with what may be a space."""
    lengths = pc.binary_length(texts).to_numpy(zero_copy_only=False)
    firsts = pc.binary_slice(texts.cast(pa.binary()), 0, 1)
    signs = np.frombuffer(firsts.buffers()[2] or b"", dtype=np.uint8)
    may_be: np.ndarray = lengths == 0
    filled = np.flatnonzero(~may_be)
    signs = signs[: len(filled)]
    may_be[filled[(signs <= _SPACE) | (signs >= _ASCII)]] = True
    return may_be
