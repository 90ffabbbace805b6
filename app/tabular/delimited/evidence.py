"""Why delimited text is read as it is, and how else it may be read, in sentences for people."""

from collections.abc import Sequence

from app.tabular.grid import evidence as grid_evidence
from app.tabular.grid.readings import Reading
from app.tabular.options import FileFormat, ParsingOptions
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
        *grid_evidence.sentences(reading, lines),
    )


def alternatives(best: Reading, others: Sequence[Reading]) -> tuple[Alternative, ...]:
    """Return the other ways to read the file that a person may mean, most likely first."""
    found = list(grid_evidence.alternatives(best))
    for other in others:
        is_other = _dialect(other.options) != _dialect(best.options)
        if is_other and _is_worth_showing(other, best):
            sentence = _delimiter_sentence(other, beside=best.options)
            found.append(Alternative(other.options, sentence))
    return tuple(found)


def _is_worth_showing(other: Reading, best: Reading) -> bool:
    place = other.place
    is_table = place.column_count > 1 and other.irregular_share <= _MOST_IRREGULAR
    return is_table and place.row_count * 3 >= best.place.row_count


def _format_sentence(reading: Reading) -> str:
    if reading.options.format is FileFormat.FIXED:
        return "The file is text whose columns stand below each other, kept apart by spaces."
    return "The file is text in lines."


def _delimiter_sentence(reading: Reading, beside: ParsingOptions | None = None) -> str:
    place, options = reading.place, reading.options
    width = f"{place.column_count:,} columns" if place.column_count != 1 else "one column"
    share = f"{place.regular_count:,} of {place.row_count:,} rows looked at"
    if options.format is FileFormat.FIXED:
        return f"The spaces below each other give {width} on {share}."
    name = NAMES.get(options.delimiter, f"“{options.delimiter}”")
    padded = " with spaces beside it" if options.is_padded else ""
    return f"The {name}{padded} gives {width} on {share}{_quoting(options, beside)}."


def _quoting(options: ParsingOptions, beside: ParsingOptions | None) -> str:
    """Say which quotes there are, where they are unusual or others than `beside`."""
    if options.quote in (None, '"') and (beside is None or options.quote == beside.quote):
        return ""
    return f", cells quoted by {options.quote}" if options.quote else ", with quotes as text"


def _dialect(options: ParsingOptions) -> tuple[object, ...]:
    return options.format, options.delimiter, options.quote, options.is_repeated
