"""The dialects a text may be written in: delimiter, quote, escape and padding, or fixed columns."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.tabular.delimited.fixed_columns import column_starts
from app.tabular.options import LONGEST_DELIMITER, FileFormat, ParsingOptions

# How far each delimiter is believed before it is tried: colons and spaces are common in text.
DELIMITERS = {
    ",": 1.0,
    ";": 1.0,
    "\t": 1.0,
    "|": 1.0,
    "\x1f": 1.0,
    "\x01": 1.0,
    "│": 0.9,
    "║": 0.9,
    "¦": 0.9,
    "；": 0.9,
    "؛": 0.9,
    "，": 0.8,
    "§": 0.9,
    "¬": 0.9,
    "~": 0.8,
    "^": 0.8,
    "#": 0.5,
    ":": 0.5,
    "&": 0.4,
    "=": 0.4,
    "%": 0.3,
    "/": 0.2,
    "_": 0.2,
    "-": 0.2,
    "*": 0.3,
    "!": 0.3,
    " ": 0.25,
}
_SEVERAL = re.compile(r"([,;|~^:#§¦&@!$*])\1|\|[~^#$&*]\||~[|^]~|<[|>]>|#\|#|\t\|\t|[,;|]\t")
_LONG_RUN = re.compile(rf"(?<= )[^\w\s\"'.,()-]{{3,{LONGEST_DELIMITER}}}(?= )")
_RUN_BELIEF = 0.72
_SPACED_BELIEF = 0.75
_FIXED_BELIEF = 0.7
_RULED_BELIEF = 0.9
_LEAST_ALIGNED, _MOST_ALIGNED = 3, 200
_QUOTE_SIGNS = "~|^$%*#"
_DECLARED = re.compile(r"(?i)\s*\"?sep=(.)\"?[;,\t]*\s*")


# Signs of ordinary text: two columns made by one of them may well be no columns.
WEAK_DELIMITERS = frozenset(sign for sign, belief in DELIMITERS.items() if belief <= 0.5)


def declared_delimiter(first_line: str) -> str | None:
    """Return the delimiter that a first line `sep=;` declares, as Excel writes and reads it."""
    found = _DECLARED.fullmatch(first_line.rstrip("\r\n"))
    return found[1] if found else None


def candidates(
    lines: Sequence[str], base: ParsingOptions, ruled: tuple[int, ...] = ()
) -> Iterator[tuple[ParsingOptions, float]]:
    """Yield dialects worth trying on the lines, and how far each is believed beforehand.

    `ruled` are the places at which a rule among the lines says that columns begin.
    """
    text = "".join(lines)
    if "," not in text:
        yield base, 1.0
    for delimiter, belief in _delimiters(text):
        plain = replace(base, delimiter=delimiter)
        is_padded = _has_padding(text, delimiter) or _is_aligned(lines, delimiter)
        for quoted in _quotings(text, plain):
            yield quoted, belief
            if is_padded:
                yield replace(quoted, is_padded=True), belief
    yield from _aligned(lines, text, base, ruled)


def _delimiters(text: str) -> Iterator[tuple[str, float]]:
    several = {found[0] for found in _SEVERAL.finditer(text)}
    several |= set(_LONG_RUN.findall(text.split("\n", 1)[0]))
    yield from ((sign, 0.9) for sign in sorted(several))
    yield from ((sign, belief) for sign, belief in DELIMITERS.items() if sign in text)


def _quotings(text: str, plain: ParsingOptions) -> Iterator[ParsingOptions]:
    mark = re.escape(plain.delimiter)
    for quote in ('"', "'", "`", *_odd_quotes(text, mark)):
        sign = re.escape(quote)
        opens = re.search(rf"(?:^|{mark}) *{sign}", text, re.MULTILINE)
        closes = re.search(rf"{sign} *(?:{mark}|\r?$)", text, re.MULTILINE)
        if quote == '"' or (opens and closes):
            yield replace(plain, quote=quote)
        if opens and closes and f"\\{quote}" in text:
            yield replace(plain, quote=quote, escape="\\")
    if '"' in text:
        yield replace(plain, quote=None)
    if f"\\{plain.delimiter}" in text and len(plain.delimiter) == 1:
        yield replace(plain, quote=None, escape="\\")


def _odd_quotes(text: str, mark: str) -> Iterator[str]:
    """Yield other signs that stand at both ends of cells in most lines."""
    least = text.count("\n") / 2
    for sign in _QUOTE_SIGNS:
        quote = re.escape(sign)
        if quote != mark and len(re.findall(f"{quote}{mark}{quote}", text)) > least > 0:
            yield sign


def _has_padding(text: str, delimiter: str) -> bool:
    if delimiter.isspace():
        return False
    count = text.count(delimiter)
    most = max(text.count(f"{delimiter} "), text.count(f" {delimiter}"))
    return most * 2 > count > 0


def _is_aligned(lines: Sequence[str], delimiter: str) -> bool:
    """Return whether spaces fill up the cells of a column to one length: they belong to none."""
    if delimiter[0] == " ":
        return False
    bare = (line.rstrip("\r\n") for line in lines[1:_MOST_ALIGNED] if '"' not in line)
    rows = [line.split(delimiter) for line in bare]
    sizes = Counter(map(len, rows))
    width = max(sizes, key=sizes.__getitem__, default=0)
    columns = zip(*(row for row in rows if len(row) == width), strict=True)
    return width > 1 and sizes[width] >= _LEAST_ALIGNED and any(map(_is_filled_up, columns))


def _is_filled_up(column: Sequence[str]) -> bool:
    widths = {len(cell.strip(" ")) for cell in column} - {0}
    return len(set(map(len, column))) == 1 < len(widths)


def _aligned(
    lines: Sequence[str], text: str, base: ParsingOptions, ruled: tuple[int, ...]
) -> Iterator[tuple[ParsingOptions, float]]:
    quote = '"' if '"' in text else None
    if "  " in text:
        yield replace(base, delimiter="  ", quote=quote, is_repeated=True), _SPACED_BELIEF
    if "  " in text or (" " in text and "\t" in text):
        yield replace(base, delimiter=" ", quote=quote, is_repeated=True), _RUN_BELIEF
    if "\t\t" in text:
        yield replace(base, delimiter="\t", quote=quote, is_repeated=True), _RUN_BELIEF
    starts = column_starts(lines) if "  " in text else ()
    for places, belief in ((ruled, _RULED_BELIEF), (starts, _FIXED_BELIEF)):
        if len(places) > 1:
            fixed = replace(base, format=FileFormat.FIXED, quote=None, column_starts=places)
            yield fixed, belief
