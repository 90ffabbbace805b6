"""Taking records out of a file, exactly: all others keep their bytes and their line numbers.

Lines of text become empty lines, and an entry of a JSON array becomes null. Where a format allows
no such cut, or reading the result anew finds another difference, CannotCut is raised.
"""

import csv
import io
from collections.abc import Iterator, Set
from dataclasses import dataclass

import numpy as np
import pandas as pd

from app.tabular import reading
from app.tabular.delimited.records import cells_of
from app.tabular.files.decoding import Lines, decoded
from app.tabular.files.opening import compression_of
from app.tabular.files.source import FileUnreadable, Source
from app.tabular.json.paths import RecordPath
from app.tabular.json.records import records_of
from app.tabular.options import FileFormat, ParsingOptions

# Here a line's end is two or four bytes.
_WIDE = ("utf-16", "utf-32")


class CannotCut(Exception):
    """The file's format allows no exact cut."""


def cut(source: Source, options: ParsingOptions, lines: Set[int]) -> Iterator[bytes]:
    """Yield the file without the records at these lines, as reading numbers them; or CannotCut."""
    if compression_of(source) is not None or options.encoding.startswith(_WIDE):
        raise CannotCut("It is packed, or of wide characters.")
    if options.format is FileFormat.JSON:
        yield from _without_entries(source, options, lines)
    elif options.format is FileFormat.NDJSON:
        yield from _without_lines(source, lines)
    elif options.format.is_text_table:
        yield from _without_lines(source, _all_lines(source, options, lines))
    else:
        raise CannotCut("Its format allows no cut.")


def check(before: Source, after: Source, options: ParsingOptions, lines: Set[int]) -> None:
    """Raise CannotCut unless the one file reads as the other does, but for these lines."""
    try:
        names = reading.columns_of(before, options).names
        is_same = _sum_of(before, options, names, lines) == _sum_of(after, options, names, lines)
    except FileUnreadable as failure:
        # With nothing left in it a file is no table any more.
        raise CannotCut("Without them it reads otherwise.") from failure
    if not is_same:
        raise CannotCut("Without them it reads otherwise.")


@dataclass(frozen=True)
class _Sum:
    rows: int
    bad: int
    digest: int


def _sum_of(
    source: Source, options: ParsingOptions, names: tuple[str, ...], lines: Set[int]
) -> _Sum:
    """Return what all rows but those at these lines add up to, each with its line."""
    gone = np.fromiter(lines, dtype=np.int64, count=len(lines))
    rows, bad, digest = 0, 0, 0
    for batch in reading.read(source, options, columns=names):
        stays = ~np.isin(batch.lines, gone)
        frame = batch.frame.assign(_line=batch.lines)[stays]
        if len(frame):
            frame.columns = pd.Index(range(frame.shape[1]))
            digest += int(pd.util.hash_pandas_object(frame, index=False).sum())
        rows += int(stays.sum())
        bad += sum(each.line not in lines for each in batch.bad_rows)
    return _Sum(rows, bad, digest % 2**64)


def _all_lines(source: Source, options: ParsingOptions, lines: Set[int]) -> Set[int]:
    """Return all lines of the records that begin on these: quoted cells may hold line ends."""
    found: set[int] = set()
    with decoded(source, options.encoding) as text:
        records = Lines(
            text,
            skipped_rows=options.skipped_rows,
            footer_rows=options.footer_rows,
            comment=options.comment,
        )
        try:
            for _cells in cells_of(records, options):
                first, raw = records.take_record()
                if first in lines:
                    found.update(range(first, first + sum(1 for _ in io.StringIO(raw, newline=""))))
        except csv.Error as failure:
            raise CannotCut("A line of it is too long.") from failure
    if not lines <= found:
        raise CannotCut("Its records were not found again.")
    return found


def _without_lines(source: Source, lines: Set[int]) -> Iterator[bytes]:
    """Yield the bytes with these lines emptied; each byte is one sign here, whatever it means."""
    with source.open() as stream:
        text = io.TextIOWrapper(stream, encoding="latin-1", newline="")
        for number, line in enumerate(text, start=1):
            if number in lines:
                line = line[len(line.rstrip("\r\n")) :]
            yield line.encode("latin-1")


def _without_entries(source: Source, options: ParsingOptions, lines: Set[int]) -> Iterator[bytes]:
    if options.record_path:
        raise CannotCut("Its records are within a document.")
    with decoded(source, options.encoding) as text:
        is_first = True
        for record in records_of(text, RecordPath.of("")):
            if not record.raw:
                raise CannotCut("Its records have no text of their own.")
            raw = "null" if record.number in lines else record.raw
            yield (f"[{raw}" if is_first else f",\n{raw}").encode(options.encoding)
            is_first = False
    yield b"]" if not is_first else b"[]"
