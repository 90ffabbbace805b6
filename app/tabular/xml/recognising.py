"""Recognises XML, its encoding, and which of its repeated elements are the records."""

import codecs
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice

from app.tabular.files.decoding import decoded
from app.tabular.files.encoding_names import ENCODINGS
from app.tabular.files.source import FileUnreadable, Source
from app.tabular.grid.headers import header_vote
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.recognition import Alternative, Evidence, Recognition
from app.tabular.xml.cells import naming_of, texts_of
from app.tabular.xml.events import PIECE, XmlParser
from app.tabular.xml.paths import XmlPath
from app.tabular.xml.reader import records_of
from app.tabular.xml.records import Node

_MOST_WALKED = 16_000_000
_MOST_PATHS = 10_000
_MOST_ALTERNATIVES = 10
_CLOSE = 0.5
_LEAST_ROWS = 2
_MOST_ROWS = 200
_MOST_BESIDE = 100
_BEGINS = re.compile(r"<(?:\?xml\s|!--|!DOCTYPE\s|[A-Za-z_][\w.:-]*(?:\s+[\w.:-]+\s*=|\s*/?>))")
_ENCODING = re.compile(r"""<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_OTHER_NAMES = {"iso8859-1": "iso-8859-1", "gbk": "gb18030", "gb2312": "gb18030"}
_OTHER_NAMES |= {"ascii": "utf-8", "euc_kr": "cp949", "shift_jis": "cp932"}

Path = tuple[str, ...]


def recognise_xml(source: Source, text: str, base: ParsingOptions) -> Recognition | None:
    """Return how to read the file if `text`, its beginning, is XML, else None.

    Raises FileUnreadable for XML that is broken or has no repeated element.
    """
    start = text.lstrip("\ufeff \t\r\n")
    if not _BEGINS.match(start) or ("</" not in start and "/>" not in start and "<?xml" not in start
                                    and "<!" not in start):  # fmt: skip
        return None
    declared = _declared(start, base.encoding)
    base = replace(base, format=FileFormat.XML, encoding=declared or base.encoding)
    survey = _Survey()
    parser = XmlParser(survey)
    with decoded(source, base.encoding) as whole:
        left = _MOST_WALKED
        while left > 0 and (piece := whole.read(PIECE)):
            parser.feed(piece)
            left -= len(piece)
        if left > 0:
            parser.finish()
            survey.is_whole = True
    recognition = _with_cells(_of_survey(survey, base), survey, source)
    if declared is None:
        return recognition
    told = Evidence(
        "encoding", f"The XML says that it is {ENCODINGS[declared]}, and so it is read."
    )
    return replace(recognition, evidence=(told, *recognition.evidence))


def _with_cells(recognition: Recognition, survey: "_Survey", source: Source) -> Recognition:
    """Return the recognition with rows for records, where what was found are their cells."""
    best = tuple(recognition.options.record_path.split("/"))
    for path in (best[:-1], best):
        if survey.counts[path] < _LEAST_ROWS:
            continue
        options = replace(recognition.options, record_path="/".join(path))
        with suppress(FileUnreadable):
            rows = list(islice(records_of(source, options), _MOST_ROWS))
            naming = naming_of(rows)
            is_record = path == best and survey.has_fields(path, named_cells=bool(naming))
            if naming is not None and not is_record:
                return _of_cells(recognition, rows, XmlPath(path, True, naming))
    return recognition


def _of_cells(recognition: Recognition, rows: Sequence[Node], path: XmlPath) -> Recognition:
    vote = header_vote([texts_of(row) for row in rows])
    header_rows = 0 if path.naming else vote.rows
    options = replace(recognition.options, record_path=str(path), header_rows=header_rows)
    how = f"whose columns are named by “{path.naming}”" if path.naming else "one after the other"
    told = (
        recognition.evidence[0],
        Evidence("record_path", f"What is in each “{path.elements[-1]}” are cells, {how}."),
    )
    other = Alternative(recognition.options, "Each of the cells is a record.")
    alternatives = (other, *recognition.alternatives)
    return Recognition(options, 0.6, told, ("record_path",), alternatives)


def _declared(start: str, found: str) -> str | None:
    """Return the encoding that the file declares, unless its bytes tell otherwise."""
    declared = _ENCODING.match(start)
    if declared is None or found.startswith("utf-"):
        return None
    try:
        name = codecs.lookup(declared.group(1)).name
    except LookupError:
        return None
    name = _OTHER_NAMES.get(name, name)
    return name if name in ENCODINGS and not name.startswith("utf-") else None


def _of_survey(survey: "_Survey", base: ParsingOptions) -> Recognition:
    ranked = survey.ranked()
    if not ranked:
        raise FileUnreadable(
            "no_records",
            "No element of the XML is repeated, so there is no list of records.",
            "Send a file in which each record is an element of the same name.",
            line=1,
        )
    ways = [_way(path, survey, base) for path in ranked[:_MOST_ALTERNATIVES]]
    best, rivals = survey.worth(ranked[0]), [survey.worth(path) for path in ranked[1:2]]
    is_close = any(rival > best * _CLOSE for rival in rivals)
    is_close = is_close or survey.leaves_out(ranked[0]) or survey.is_plain_text(ranked[0])
    more = f", more than any other of {len(ranked):,} elements" if len(ranked) > 1 else ""
    told = (
        Evidence("format", "The file is XML."),
        Evidence("record_path", f"{ways[0].sentence.removesuffix('.')}{more}."),
    )
    questions = ("record_path",) if is_close else ()
    return Recognition(ways[0].options, 0.6 if is_close else 0.95, told, questions, tuple(ways[1:]))


def _way(path: Path, survey: "_Survey", base: ParsingOptions) -> Alternative:
    options = replace(base, record_path="/".join(path))
    count, fields = survey.counts[path], survey.fields[path]
    word = "field" if fields == 1 else "fields"
    times = f"{count:,} times" if survey.is_whole else f"{count:,} times or more"
    sentence = f"“{path[-1]}” is repeated {times}, with {fields:,} {word}."
    return Alternative(options, sentence)


class _Survey:
    """Counts the elements at every path, which are repeated in one parent, and their fields."""

    def __init__(self) -> None:
        self.counts: Counter[Path] = Counter()
        self._repeated: set[Path] = set()
        self._valued: dict[Path, None] = {}
        self._open: list[tuple[Path, set[str], bool]] = [((), set(), False)]
        self._mixed: set[Path] = set()
        self._has_text = False
        self.fields: Counter[Path] = Counter()
        self.is_whole = False

    def begin(self, name: str, attributes: dict[str, str], line: int, *, is_nil: bool) -> None:
        """Count an element."""
        above, siblings, _ = self._open[-1]
        if self._has_text:
            self._mixed.add(above)
        path = (*above, name)
        if len(self.counts) < _MOST_PATHS or path in self.counts:
            self.counts[path] += 1
            if name in siblings:
                self._repeated.add(path)
            if len(self._valued) < _MOST_PATHS:
                self._valued.update(dict.fromkeys((*path, key) for key in attributes))
        siblings.add(name)
        self._open.append((path, set(), bool(attributes)))
        self._has_text = False

    def end(self) -> None:
        """Take the end of an element; it has a value where it has text or nothing at all."""
        path, children, has_attributes = self._open.pop()
        if self._has_text and children:
            self._mixed.add(path)
        if (self._has_text or not (children or has_attributes)) and path in self.counts:
            self._valued[path] = None
        self._has_text = False

    def text(self, content: str) -> None:
        """Remember whether there is text."""
        self._has_text = self._has_text or not content.isspace()

    def ranked(self) -> list[Path]:
        """Return the paths of repeated elements, those with the most fields in all first."""
        self.fields.clear()
        seen: set[tuple[Path, Path]] = set()
        for path in self._valued:
            self._add_field(path, seen)
        return sorted(self._repeated, key=lambda path: (-self.worth(path), len(path)))

    def worth(self, path: Path) -> int:
        """Return how many values the elements at a path have, or could have, in all."""
        return self.counts[path] * self.fields[path]

    def _are_alike(self, path: Path, other: Path) -> bool:
        fields, others = self._fields_of(path), self._fields_of(other)
        shared = len(fields & others)
        return shared > 1 and shared * 2 > len(fields | others)

    def _fields_of(self, path: Path) -> set[Path]:
        size = len(path)
        return {each[size:] for each in self._valued if each[:size] == path}

    def is_plain_text(self, path: Path) -> bool:
        """Return whether elements are texts alone, texts about elements, or texts within lists."""
        is_in_list = self.fields[path] == 1 or path[:-1] in self._repeated
        return path in self._mixed or (is_in_list and path in self._valued)

    def leaves_out(self, path: Path) -> bool:
        """Return whether elements around those at a path are repeated too, with other fields.

        Or beside them are some of another name, as entries of a log are, with the same fields.
        """
        above = (path[:size] for size in range(1, len(path)))
        beside = (each for each in self.counts if each[:-1] == path[:-1] and each != path)
        if any(self._are_alike(path, each) for each in islice(beside, _MOST_BESIDE)):
            return True
        return any(each in self._repeated and self.fields[each] > 1 for each in above)

    def has_fields(self, path: Path, *, named_cells: bool) -> bool:
        """Return whether elements have fields besides lists, or besides cells that have names."""
        inside = [each for each in self._valued if each[: len(path)] == path != each]
        fields = {each[: len(path) + 1] for each in inside} - self._repeated
        return any(not named_cells or each not in self.counts for each in fields)

    def _add_field(self, path: Path, seen: set[tuple[Path, Path]]) -> None:
        """Count a value as a field of the elements it is in; below a list, the list is."""
        self.fields[path] += path in self._repeated
        column = path
        for size in range(len(path) - 1, 0, -1):
            if path[: size + 1] in self._repeated:
                column = path[: size + 1]
            if (path[:size], column) not in seen:
                seen.add((path[:size], column))
                self.fields[path[:size]] += 1
