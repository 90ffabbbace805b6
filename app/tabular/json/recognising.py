"""Recognises JSON: an array, objects on lines, or an object with the records somewhere inside."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.tabular.files.decoding import decoded
from app.tabular.files.source import Source
from app.tabular.grid.cell_kinds import kind_of
from app.tabular.grid.headers import HeaderVote, header_vote
from app.tabular.json.document import Readable
from app.tabular.json.doubts import Doubt, doubt_of
from app.tabular.json.finding import Finder, Found, other_layouts, record_lists
from app.tabular.json.layouts import Names, are_certain, is_rival, telling_of_others, with_names
from app.tabular.json.lists import ListRows, entries_of, lists_in, no_records, objects_on_lines
from app.tabular.json.paths import COLUMNS, LISTS, RecordPath, is_writable
from app.tabular.json.rows import as_texts
from app.tabular.json.shapes import json_shape
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.recognition import Alternative, Evidence, Recognition

_MOST_WALKED = 16_000_000
_MOST_ALTERNATIVES = 10
_SURE = 0.7
_SURE_HEADER = 0.62


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
    base = replace(base, format=shape.format)
    recognition = Recognition(base, shape.confidence, told, unsure)
    if unsure:
        return recognition
    found = _first_records(source, text, base)
    if found.has_ended and not any(found.first):
        raise no_records()
    doubt = doubt_of(found.first, found.count)
    return _doubted(recognition, doubt, base) if doubt else recognition


def _first_records(source: Source, text: str, base: ParsingOptions) -> Found:
    """Return the first of the records in an array or on lines, and how many were met."""
    if base.format is FileFormat.NDJSON:
        return objects_on_lines(text)
    with decoded(source, base.encoding) as whole:
        return entries_of(_Beginning(whole))


def _doubted(recognition: Recognition, doubt: Doubt, base: ParsingOptions) -> Recognition:
    """Return the recognition with a doubt, read as what is likelier, if anything is."""
    told = (*recognition.evidence, Evidence("record_path", doubt.sentence))
    questions = tuple(dict.fromkeys((*recognition.questions, "record_path")))
    others, options = recognition.alternatives, recognition.options
    path = RecordPath((*RecordPath.of(options.record_path).keys, *doubt.keys))
    if doubt.keys and options.format is FileFormat.JSON and is_writable(path):
        likelier = replace(options, record_path=str(path))
        other = Alternative(options, "The entries of the list around it are the records.")
        options, others = likelier, (other, *others)
    return Recognition(options, min(recognition.confidence, 0.6), told, questions, others)


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
    """Return whether the first list names the columns; sure only where values are below names."""
    texts = [as_texts(row) for row in rows]
    vote = header_vote(texts)
    if vote.has_header and not any(kind_of(cell).is_value for row in texts[1:] for cell in row):
        return replace(vote, confidence=min(vote.confidence, 0.5))
    return vote


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
        return _of_found(found, finder, base)
    if finder.is_complete and not finder.objects[0].count:
        raise no_records()
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


def _of_found(found: Sequence[Found], finder: Finder, base: ParsingOptions) -> Recognition:
    apart = telling_of_others(found)
    found = [each for each in found if each not in apart]
    best, names = with_names(found[0], finder.lists)
    found = [best, *found[1:]]
    recognition = _of_longest(found, apart, base)
    if best.is_of(dict):
        lengths = [each.count for each in finder.lists if not each.is_of(dict)]
        doubt = doubt_of(best.first, best.count, lengths)
        return _doubted(recognition, doubt, base) if doubt else recognition
    if names:
        return _named(recognition, best, names)
    is_sure = _vote(best.first).confidence >= _SURE_HEADER
    questions = recognition.questions + (() if is_sure else ("header_rows",))
    return replace(recognition, questions=questions)


def _named(recognition: Recognition, best: Found, names: Sequence[Names]) -> Recognition:
    """Return the recognition of rows whose names stand apart, with what speaks for them."""
    where = RecordPath(names[0].path)
    told = Evidence("record_path", f"The names of the columns are in “{where}”.")
    questions = recognition.questions + (() if are_certain(best, names) else ("record_path",))
    evidence = (*recognition.evidence, told)
    return replace(recognition, evidence=evidence, questions=tuple(dict.fromkeys(questions)))


def _of_longest(
    found: Sequence[Found], apart: Sequence[Found], base: ParsingOptions
) -> Recognition:
    ways = [_way(each, base) for each in [*found, *apart][:_MOST_ALTERNATIVES]]
    others = [*ways[1:], Alternative(base, "The whole object is one record.")]
    is_close = any(is_rival(each, found[0]) for each in found[1:])
    more = f", the longest of {len(found):,} lists" if len(found) > 1 else ""
    told = Evidence("record_path", f"{ways[0].sentence.removesuffix('.')}{more}.")
    confidence = 0.6 if is_close else 0.95
    questions = ("record_path",) if is_close else ()
    return Recognition(ways[0].options, confidence, (told,), questions, tuple(others))


def _way(found: Found, base: ParsingOptions) -> Alternative:
    options = replace(base, record_path=str(found.path))
    if found.is_of(dict):
        word = "object" if found.count == 1 else "objects"
        sentence = f"“{options.record_path}” is a list of {found.count_shown} {word}."
        return Alternative(options, sentence)
    path = RecordPath(found.path.keys, LISTS, found.path.names)
    header_rows = 0 if path.names else _vote(found.first).rows
    options = replace(base, record_path=str(path), header_rows=header_rows)
    sentence = f"“{RecordPath(path.keys)}” is a list of {found.count_shown} lists of equal length."
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
