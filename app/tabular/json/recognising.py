"""Recognises JSON: an array, objects on lines, or an object with the records somewhere inside."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.tabular.files.decoding import decoded
from app.tabular.files.source import Source
from app.tabular.grid.headers import HeaderVote, header_vote
from app.tabular.json.document import Readable
from app.tabular.json.finding import Finder, Found, other_layouts, record_lists
from app.tabular.json.lists import ListRows, lists_in
from app.tabular.json.paths import COLUMNS, LISTS, RecordPath
from app.tabular.json.rows import as_texts
from app.tabular.json.shapes import json_shape
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.recognition import Alternative, Evidence, Recognition

_MOST_WALKED = 16_000_000
_MOST_ALTERNATIVES = 10
_SURE = 0.7
_SURE_HEADER = 0.62
_BY_FAR = 3


def recognise_json(
    source: Source, text: str, base: ParsingOptions, *, is_whole: bool
) -> Recognition | None:
    """Return how to read the file if `text`, its beginning or all of it, is JSON; else None."""
    if not text.lstrip("\ufeff \t\r\n").startswith(("[", "{")):
        return None
    lists = lists_in(text)
    if lists is not None:
        return _of_lists(lists, base)
    shape = json_shape(text, is_whole=is_whole)
    if shape is None:
        return _in_object(source, text, base)
    unsure = () if shape.confidence >= _SURE else ("format",)
    told = (Evidence("format", shape.sentence),)
    return Recognition(replace(base, format=shape.format), shape.confidence, told, unsure)


def _of_lists(lists: ListRows, base: ParsingOptions) -> Recognition:
    vote = _vote(lists.rows)
    options = replace(base, format=lists.format, header_rows=vote.rows, record_path=LISTS)
    told = (
        Evidence("format", "The file holds lists of equal length: each is a row."),
        Evidence("header_rows", vote.sentence),
    )
    unsure = ("header_rows",) if vote.confidence < _SURE_HEADER else ()
    return Recognition(options, 0.9, told, unsure)


def _vote(rows: Sequence[list[Any]]) -> HeaderVote:
    return header_vote([as_texts(row) for row in rows])


def _in_object(source: Source, text: str, base: ParsingOptions) -> Recognition | None:
    if not text.lstrip("\ufeff \t\r\n").startswith("{"):
        return None
    with decoded(source, base.encoding) as whole:
        finder = Finder(_Beginning(whole))
    base = replace(base, format=FileFormat.JSON)
    found = record_lists(finder)
    if finder.is_first_of_many:
        return _of_many(found, base)
    if found:
        return _of_found(found, base)
    layouts = [_layout(each, base) for each in other_layouts(finder)]
    if not layouts and not finder.is_complete:
        return None
    one = Alternative(base, "The whole object is one record.")
    best, *others = [*layouts, one]
    told = Evidence("record_path", best.sentence)
    return Recognition(best.options, 0.6, (told,), ("record_path",), tuple(others))


def _of_many(lists: Sequence[Found], base: ParsingOptions) -> Recognition:
    """Return how to read objects that follow each other: as records, unless lists in them are."""
    others = tuple(_way(each, base) for each in lists[:_MOST_ALTERNATIVES])
    told = Evidence("format", "The file is JSON objects, one after the other: each is a record.")
    questions = ("record_path",) if others else ()
    return Recognition(base, 0.6 if others else 0.9, (told,), questions, others)


def _of_found(found: Sequence[Found], base: ParsingOptions) -> Recognition:
    ways = [_way(each, base) for each in found[:_MOST_ALTERNATIVES]]
    others = [*ways[1:], Alternative(base, "The whole object is one record.")]
    is_close = len(found) > 1 and found[1].count * _BY_FAR > found[0].count
    more = f", the longest of {len(found):,} lists" if len(found) > 1 else ""
    told = Evidence("record_path", f"{ways[0].sentence.removesuffix('.')}{more}.")
    confidence = 0.6 if is_close else 0.95
    questions: tuple[str, ...] = ("record_path",) if is_close else ()
    if not found[0].is_of(dict) and _vote(found[0].first).confidence < _SURE_HEADER:
        questions += ("header_rows",)
    return Recognition(ways[0].options, confidence, (told,), questions, tuple(others))


def _way(found: Found, base: ParsingOptions) -> Alternative:
    options = replace(base, record_path=str(found.path))
    if found.is_of(dict):
        word = "object" if found.count == 1 else "objects"
        sentence = f"“{options.record_path}” is a list of {found.count_shown} {word}."
        return Alternative(options, sentence)
    path = RecordPath(found.path.keys, LISTS)
    options = replace(base, record_path=str(path), header_rows=_vote(found.first).rows)
    sentence = f"“{found.path}” is a list of {found.count_shown} lists of equal length."
    return Alternative(options, sentence)


def _layout(found: Found, base: ParsingOptions) -> Alternative:
    where = f"“{RecordPath(found.path.keys)}”" if found.path.keys else "The file"
    options = replace(base, record_path=str(found.path))
    if found.path.ending == COLUMNS:
        sentence = f"{where} is an object of lists, each {found.count:,} long: they are columns."
    else:
        sentence = f"{where} is an object of {found.count:,} objects, each a record with its key."
    return Alternative(options, sentence)


class _Beginning:
    """As much of a text as is walked through."""

    def __init__(self, text: Readable) -> None:
        self._text = text
        self._left = _MOST_WALKED

    def read(self, size: int = -1) -> str:
        piece = self._text.read(min(size, self._left))
        self._left -= len(piece)
        return piece
