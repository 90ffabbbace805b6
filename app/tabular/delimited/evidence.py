"""Why delimited text is read as it is, and how else it may be read, in sentences for people."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.tabular.delimited.readings import Reading
from app.tabular.options import MOST_HEADER_ROWS, FileFormat, ParsingOptions
from app.tabular.recognition import Alternative, Evidence

NAMES = {
    ",": "comma",
    ";": "semicolon",
    "\t": "tab",
    "|": "bar",
    ":": "colon",
    " ": "space",
    "  ": "run of two spaces or more",
    "~": "tilde",
    "^": "caret",
    "#": "number sign",
    "=": "equals sign",
}
_MOST_LINES_SHOWN = 3
_LONGEST_SHOWN = 60
_MOST_IRREGULAR = 0.3


def nothing() -> Evidence:
    """Return the evidence for text that no delimiter makes a table of."""
    sentence = "The text does not look like a table, whatever delimiter is tried."
    return Evidence("delimiter", sentence)


def sentences(reading: Reading, lines: Sequence[str]) -> tuple[Evidence, ...]:
    """Return why each of the options was chosen."""
    return (
        Evidence("format", _format_sentence(reading)),
        Evidence("delimiter", _delimiter_sentence(reading)),
        Evidence("header_rows", reading.vote.sentence),
        *_repeated_header(reading),
        *_left_out(reading, lines),
        *_columns(reading),
        *_numbers(reading.options),
    )


def alternatives(best: Reading, others: Sequence[Reading]) -> tuple[Alternative, ...]:
    """Return the other ways to read the file that a person may mean, most likely first."""
    found = [*_other_headers(best), *_other_edges(best)]
    for other in others:
        is_other = _dialect(other.options) != _dialect(best.options)
        if is_other and _is_worth_showing(other, best):
            found.append(Alternative(other.options, _delimiter_sentence(other)))
    return tuple(found)


def _is_worth_showing(other: Reading, best: Reading) -> bool:
    place = other.place
    is_table = place.column_count > 1 and other.irregular_share <= _MOST_IRREGULAR
    return is_table and place.row_count * 3 >= best.place.row_count


def _format_sentence(reading: Reading) -> str:
    if reading.options.format is FileFormat.FIXED:
        return "The file is text whose columns stand below each other, kept apart by spaces."
    return "The file is text in lines."


def _delimiter_sentence(reading: Reading) -> str:
    place, options = reading.place, reading.options
    width = f"{place.column_count:,} columns" if place.column_count != 1 else "one column"
    share = f"{place.regular_count:,} of {place.row_count:,} rows looked at"
    if options.format is FileFormat.FIXED:
        return f"The spaces below each other give {width} on {share}."
    name = NAMES.get(options.delimiter, f"“{options.delimiter}”")
    padded = " with spaces beside it" if options.is_padded else ""
    quote = f", cells quoted by {options.quote}" if _is_quoting(reading) else ""
    return f"The {name}{padded} gives {width} on {share}{quote}."


def _repeated_header(reading: Reading) -> Iterator[Evidence]:
    if reading.repeats_header:
        sentence = "The header stands again among the rows, as where exports were joined."
        yield Evidence("header_rows", sentence)


def _is_quoting(reading: Reading) -> bool:
    return reading.options.quote not in (None, '"')


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
        yield Evidence("footer_rows", "A second table seems to begin below the first.")
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


def _dialect(options: ParsingOptions) -> tuple[object, ...]:
    return options.format, options.delimiter, options.quote, options.is_repeated


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count:,} lines"


def _shown(lines: Sequence[str]) -> str:
    texts = [" ".join(line.split())[:_LONGEST_SHOWN] for line in lines if line.strip()]
    shown = ", ".join(f"“{text}”" for text in texts[:_MOST_LINES_SHOWN])
    return shown + (" …" if len(texts) > _MOST_LINES_SHOWN else "")
