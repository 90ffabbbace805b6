"""Recognises a file by its content: the parsing options, how sure they are, and why."""

import re
from dataclasses import replace

from app.tabular.delimited.recognising import LONGEST_LINE, Sample, recognise_delimited
from app.tabular.files.appearances import refuse_other_kinds
from app.tabular.files.encodings import HEAD_BYTES, EncodingFound, found_encoding
from app.tabular.files.opening import compression_of, opened
from app.tabular.files.source import FileUnreadable, NotRecognised, Source
from app.tabular.json.recognising import recognise_json
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.parquet.recognising import recognise_parquet
from app.tabular.recognition import Evidence, Recognition
from app.tabular.workbook.recognising import recognise_workbook
from app.tabular.xml.recognising import recognise_xml

_SURE = 0.7
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def recognise(source: Source) -> Recognition:
    """Return how to read the file; raise FileUnreadable for one that is no table at all."""
    compression = _of_compression(source)
    binary = recognise_workbook(source) or recognise_parquet(source)
    if binary is not None:
        return replace(binary, evidence=compression + binary.evidence)
    with opened(source) as stream:
        refuse_other_kinds(stream.read(HEAD_BYTES))
    found = found_encoding(source)
    text = _sample(found)
    base = ParsingOptions(encoding=found.encoding)
    is_whole = len(found.head) < HEAD_BYTES
    table = recognise_json(source, text, base, is_whole=is_whole)
    table = table or recognise_xml(source, text, base)
    table = table or _besides_json(recognise_delimited(_lines(text, found), base), text)
    if all(each.option != "encoding" for each in table.evidence):
        table = _with_encoding(table, found)
    return replace(table, evidence=compression + table.evidence)


def _besides_json(table: Recognition, text: str) -> Recognition:
    """Return how text is read; raise NotRecognised for one column of what begins like JSON."""
    options, begins_so = table.options, text.lstrip().startswith(("{", "["))
    is_plain = options.format is FileFormat.DELIMITED and not options.is_repeated
    if begins_so and is_plain and options.delimiter not in text:
        message = "The file begins like JSON, but is none, and has no columns."
        raise NotRecognised(message, "Export the file again, or choose another.")
    return table


def _with_encoding(table: Recognition, found: EncodingFound) -> Recognition:
    """Return what was recognised with what is known of an encoding that no file declares."""
    questions = () if found.confidence >= _SURE else ("encoding",)
    return replace(
        table,
        confidence=min(found.confidence, table.confidence),
        evidence=(Evidence("encoding", found.sentence), *table.evidence),
        questions=questions + table.questions,
    )


def _of_compression(source: Source) -> tuple[Evidence, ...]:
    kind = compression_of(source)
    return (Evidence("compression", f"The file is compressed with {kind}."),) if kind else ()


def _sample(found: EncodingFound) -> str:
    text = found.head.decode(found.encoding, errors="ignore").removeprefix("\ufeff")
    if not text.strip():
        hint = "Choose a file with at least one row."
        raise FileUnreadable("empty_file", "The file is empty.", hint)
    return text


def _lines(text: str, found: EncodingFound) -> Sample:
    """Return the physical lines at the file's two ends, without those that are cut."""
    lines = _split(text)
    if len(found.head) < HEAD_BYTES:
        return Sample(lines)
    whole = lines[:-1] or [lines[0][:LONGEST_LINE]]
    if not found.tail:
        return Sample(whole, is_whole=False)
    return Sample(
        whole, _split(found.tail.decode(found.encoding, errors="ignore"))[1:], is_whole=False
    )


def _split(text: str) -> list[str]:
    return [line for line in _LINE.findall(text) if line]
