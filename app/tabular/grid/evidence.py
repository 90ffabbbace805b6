"""Why a table within rows is where it is, and how else it may lie, in sentences for people."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.tabular.grid.readings import Reading
from app.tabular.options import MOST_HEADER_ROWS, ParsingOptions
from app.tabular.recognition import Alternative, Evidence

_MOST_LINES_SHOWN = 3
_LONGEST_SHOWN = 60


def sentences(reading: Reading, lines: Sequence[str]) -> Iterator[Evidence]:
    """Yield why the table is taken to be where it is; `lines` are those of the file's beginning."""
    yield Evidence("header_rows", reading.vote.sentence)
    yield from _repeated_header(reading)
    yield from _left_out(reading, lines)
    yield from _columns(reading)
    yield from _numbers(reading.options)


def alternatives(best: Reading) -> Iterator[Alternative]:
    """Yield the other places at which the table may begin and end."""
    yield from _other_headers(best)
    yield from _other_edges(best)


def _repeated_header(reading: Reading) -> Iterator[Evidence]:
    if reading.repeats_header:
        sentence = "The header stands again among the rows, as where exports were joined."
        yield Evidence("header_rows", sentence)
    if reading.has_odd_rows:
        sentence = "A row may name columns rather than be a record, or tables stand side by side."
        yield Evidence("header_rows", sentence)


def _left_out(reading: Reading, lines: Sequence[str]) -> Iterator[Evidence]:
    options, place = reading.options, reading.place
    if options.skipped_rows:
        above = _shown(lines[: options.skipped_rows])
        count = _lines(options.skipped_rows)
        yield Evidence("skipped_rows", f"{count} above the table left out: {above}.")
    if options.footer_rows:
        below = _shown(
            [" ".join(row) for row in reading.rows[place.end :] if any(row)][:_MOST_LINES_SHOWN]
        )
        count = _lines(options.footer_rows)
        yield Evidence("footer_rows", f"{count} below the table left out: {below}.")
    if options.comment:
        sentence = f"Lines that begin with {options.comment} are left out: they are no rows."
        yield Evidence("comment", sentence)
    if place.other_table is not None:
        where = "above" if place.other_table < place.begin else "below"
        yield Evidence("footer_rows", f"A second table seems to begin {where} the first.")
    for total in place.totals:
        cells = ", ".join(filter(None, reading.rows[total]))
        yield Evidence("footer_rows", f"A row looks like a total: {cells[:_LONGEST_SHOWN]}.")


def _columns(reading: Reading) -> Iterator[Evidence]:
    place = reading.place
    if place.has_row_names:
        sentence = "The header is one name short: the first column holds the names of the rows."
        yield Evidence("has_row_names", sentence)
    if place.first_column or place.first_column + place.column_count < place.width:
        sentence = "Columns at the edge of the table have neither a name nor a value."
        yield Evidence("column_count", sentence)
    if place.long_count:
        sentence = f"{place.long_count:,} of {place.row_count:,} rows are longer than the table."
        yield Evidence("column_count", sentence)
    short = place.row_count - place.regular_count - place.long_count
    if short > 0:
        sentence = f"{short:,} of {place.row_count:,} rows do not have the usual number of cells."
        yield Evidence("delimiter", sentence)


def _numbers(options: ParsingOptions) -> Iterator[Evidence]:
    if options.decimal_mark == ",":
        yield Evidence("decimal_mark", "Numbers have a decimal comma.")
    if options.thousands_mark:
        mark = {" ": "a space", "\u00a0": "a non-breaking space"}.get(
            options.thousands_mark, options.thousands_mark
        )
        yield Evidence("thousands_mark", f"Numbers have {mark} between thousands.")


def _other_headers(best: Reading) -> Iterator[Alternative]:
    options = best.options
    if options.header_rows:
        sentence = "The first row is data: the columns are numbered."
        yield Alternative(replace(options, header_rows=0), sentence)
    for count in (1, 2):
        is_possible = count != options.header_rows and best.place.row_count > count
        if is_possible and count <= MOST_HEADER_ROWS:
            many = "The first row names the columns." if count == 1 else (
                "The first two rows name the columns together."
            )  # fmt: skip
            yield Alternative(replace(options, header_rows=count), many)


def _other_edges(best: Reading) -> Iterator[Alternative]:
    options = best.options
    if options.footer_rows:
        sentence = f"The {_lines(options.footer_rows)} below the table belong to it."
        yield Alternative(replace(options, footer_rows=0), sentence)
    if options.skipped_rows:
        sentence = f"The {_lines(options.skipped_rows)} above the table belong to it."
        yield Alternative(replace(options, skipped_rows=0, column_count=None), sentence)
    if options.comment:
        sentence = f"Lines that begin with {options.comment} are rows."
        yield Alternative(replace(options, comment=None), sentence)


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count:,} lines"


def _shown(lines: Sequence[str]) -> str:
    texts = [" ".join(line.split())[:_LONGEST_SHOWN] for line in lines if line.strip()]
    shown = ", ".join(f"“{text}”" for text in texts[:_MOST_LINES_SHOWN])
    return shown + (" …" if len(texts) > _MOST_LINES_SHOWN else "")
