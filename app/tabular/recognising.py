"""Recognises a file by its content: the parsing options, how sure they are, and why."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from app.tabular.delimited.dialects import (
    LONGEST_SAMPLE_LINE,
    Trial,
    second_opinion,
    tried_dialects,
)
from app.tabular.delimited.headers import HeaderVote, header_vote, rows_before_table
from app.tabular.files.appearances import refuse_other_kinds
from app.tabular.files.encodings import HEAD_BYTES, EncodingFound, found_encoding
from app.tabular.files.source import FileUnreadable, Source, opened
from app.tabular.json.shapes import json_shape
from app.tabular.options import ParsingOptions
from app.tabular.recognition import Evidence, Recognition

_SURE = 0.7
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", ":": "colon", " ": "space"}
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_POINT_DECIMAL = re.compile(r"[+-]?[0-9]+\.[0-9]+")
_COMMA_DECIMAL = re.compile(r"[+-]?[0-9]+,[0-9]+")
_POINT_WITH_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+\.[0-9]+")
_COMMA_WITH_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+")
# Words no person, place or product is called by; "NA" and "None" may be one.
_NULL_WORDS = ("NULL", "null", "\\N", "N/A", "#N/A", "NaN", "nan")


def recognise(source: Source) -> Recognition:
    """Return how to read the file; raise FileUnreadable for one that is no table at all."""
    with opened(source) as stream:
        refuse_other_kinds(stream.read(HEAD_BYTES))
    found = found_encoding(source)
    text = _sample(found)
    evidence: tuple[Evidence, ...] = (Evidence("encoding", found.sentence),)
    questions = () if found.confidence >= _SURE else ("encoding",)
    shape = json_shape(text, is_whole=len(found.head) < HEAD_BYTES)
    if shape is not None:
        options = ParsingOptions(format=shape.format, encoding=found.encoding)
        evidence += (Evidence("format", shape.sentence),)
        unsure = () if shape.confidence >= _SURE else ("format",)
        confidence = min(found.confidence, shape.confidence)
        return Recognition(options, confidence, evidence, questions + unsure)
    delimited = _delimited(_lines(text, found), ParsingOptions(encoding=found.encoding))
    return replace(
        delimited,
        confidence=min(found.confidence, delimited.confidence),
        evidence=evidence + delimited.evidence,
        questions=questions + delimited.questions,
    )


def _sample(found: EncodingFound) -> str:
    text = found.head.decode(found.encoding, errors="ignore").removeprefix("\ufeff")
    if not text.strip():
        hint = "Choose a file with at least one row."
        raise FileUnreadable("empty_file", "The file is empty.", hint)
    return text


def _lines(text: str, found: EncodingFound) -> list[str]:
    """Return the physical lines of the sample, without those that it cuts."""
    lines = [line for line in _LINE.findall(text) if line]
    if len(found.head) >= HEAD_BYTES:
        whole = lines[:-1] or [lines[0][:LONGEST_SAMPLE_LINE]]
        if found.encoding.startswith("utf-16"):
            return whole
        tail = found.tail.decode(found.encoding, errors="ignore")
        return whole + [line for line in _LINE.findall(tail) if line][1:]
    return lines


def _delimited(lines: Sequence[str], options: ParsingOptions) -> Recognition:
    short = [line for line in lines if len(line) <= LONGEST_SAMPLE_LINE] or [
        lines[0][:LONGEST_SAMPLE_LINE]
    ]
    trials = tried_dialects(short)
    best = trials[0]
    if not best.rows:
        sentence = "No delimiter makes a table of this text: choose the options yourself."
        return Recognition(options, 0.0, (Evidence("delimiter", sentence),), ("delimiter",))
    skipped = rows_before_table(best.rows)
    vote = header_vote(best.rows[skipped:])
    confidence, doubts = _confidence(best, trials, vote, second_opinion(short))
    table = best.rows[skipped + vote.has_header :]
    options = replace(
        options,
        delimiter=best.dialect.delimiter,
        quote=best.dialect.quote,
        escape=best.dialect.escape,
        header_rows=int(vote.has_header),
        skipped_rows=_lines_before(short, best.rows[skipped]) if skipped else 0,
        null_words=_null_words(table),
    )
    options = _with_marks(options, table)
    return Recognition(options, confidence, _evidence(best, vote, options), doubts)


def _confidence(
    best: Trial, trials: Sequence[Trial], vote: HeaderVote, second: str | None
) -> tuple[float, tuple[str, ...]]:
    delimiter = best.dialect.delimiter
    rivals = [each.score for each in trials if each.dialect.delimiter != delimiter]
    margin = 1.0 - max(rivals, default=0.0) / best.score if best.score else 0.0
    agrees = second == delimiter
    regularity = best.regular_count / len(best.rows)
    certainty = regularity * (0.5 + margin / 2 + (0.25 if agrees else 0.0))
    if best.width == 1:
        certainty = min(certainty, 0.5)
    doubts: tuple[str, ...] = ("delimiter",) if certainty < _SURE else ()
    doubts += ("header_rows",) if vote.confidence < 0.6 else ()
    return round(min(0.99, certainty, 0.3 + vote.confidence), 3), doubts


def _evidence(best: Trial, vote: HeaderVote, options: ParsingOptions) -> tuple[Evidence, ...]:
    name = _NAMES.get(options.delimiter, options.delimiter)
    width = f"{best.width:,} columns" if best.width != 1 else "one column"
    sentence = (
        f"The {name} gives {width} on {best.regular_count:,} of {len(best.rows):,} rows looked at."
    )
    found = [Evidence("format", "The file is text in lines."), Evidence("delimiter", sentence)]
    found.append(Evidence("header_rows", vote.sentence))
    if options.skipped_rows:
        above = f"{options.skipped_rows:,} lines above the table have fewer columns."
        found.append(Evidence("skipped_rows", above))
    if options.decimal_mark == ",":
        found.append(Evidence("decimal_mark", "Numbers have a decimal comma."))
    if options.null_words:
        words = ", ".join(options.null_words)
        found.append(Evidence("null_words", f"Some cells hold {words}."))
    return tuple(found)


def _lines_before(lines: Sequence[str], first_row: Sequence[str]) -> int:
    """Return on which line the table begins; rows above it are titles, one to a line."""
    for place, line in enumerate(lines):
        if all(cell in line for cell in first_row):
            return place
    return 0


def _with_marks(options: ParsingOptions, rows: Sequence[Sequence[str]]) -> ParsingOptions:
    cells = [cell.strip() for row in islice(rows, 300) for cell in row]
    point = _matching(_POINT_DECIMAL, cells) + _matching(_POINT_WITH_THOUSANDS, cells)
    comma = _matching(_COMMA_DECIMAL, cells) + _matching(_COMMA_WITH_THOUSANDS, cells)
    if comma > point and options.delimiter != ",":
        thousands = "." if _matching(_COMMA_WITH_THOUSANDS, cells) else ""
        return replace(options, decimal_mark=",", thousands_mark=thousands)
    thousands = "," if _matching(_POINT_WITH_THOUSANDS, cells) else ""
    return replace(options, thousands_mark=thousands)


def _matching(pattern: re.Pattern[str], cells: Sequence[str]) -> int:
    return sum(pattern.fullmatch(cell[:100]) is not None for cell in cells)


def _null_words(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    cells = {cell for row in rows for cell in row}
    return tuple(word for word in _NULL_WORDS if word in cells)
