"""Recognises a file by its content: the parsing options, how sure they are, and why."""

import re
from dataclasses import replace

from app.tabular.delimited.recognising import LONGEST_LINE, Sample, recognise_delimited
from app.tabular.files.appearances import refuse_other_kinds
from app.tabular.files.encodings import HEAD_BYTES, EncodingFound, found_encoding
from app.tabular.files.opening import compression_of, opened
from app.tabular.files.source import FileUnreadable, Source
from app.tabular.json.recognising import recognise_json
from app.tabular.options import ParsingOptions
from app.tabular.recognition import Evidence, Recognition

_SURE = 0.7
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def recognise(source: Source) -> Recognition:
    """Return how to read the file; raise FileUnreadable for one that is no table at all."""
    packing = compression_of(source)
    with opened(source) as stream:
        head = stream.read(HEAD_BYTES)
    recognition = _of_text(source, head)
    if packing is None:
        return recognition
    packed = Evidence("format", f"The file is compressed with {packing}.")
    return replace(recognition, evidence=(packed, *recognition.evidence))


def _of_text(source: Source, head: bytes) -> Recognition:
    refuse_other_kinds(head)
    found = found_encoding(source)
    text = _sample(found)
    base = ParsingOptions(encoding=found.encoding)
    is_whole = len(found.head) < HEAD_BYTES
    recognition = recognise_json(source, text, base, is_whole=is_whole)
    if recognition is None:
        recognition = recognise_delimited(_lines(text, found), base)
    asked = () if found.confidence >= _SURE else ("encoding",)
    return replace(
        recognition,
        confidence=min(found.confidence, recognition.confidence),
        evidence=(Evidence("encoding", found.sentence), *recognition.evidence),
        questions=asked + recognition.questions,
    )


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
    last = _split(found.tail.decode(found.encoding, errors="ignore"))[1:]
    return Sample(whole, last, is_whole=False)


def _split(text: str) -> list[str]:
    return [line for line in _LINE.findall(text) if line]
