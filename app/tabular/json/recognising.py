"""Recognises JSON: its format, and where in a document its list of records is."""

from collections.abc import Sequence
from dataclasses import replace

from app.tabular.files.decoding import decoded
from app.tabular.files.source import Source
from app.tabular.json.paths import lists_in
from app.tabular.json.shapes import JsonShape, json_shape
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.recognition import Alternative, Evidence, Recognition

_PIECE = 1 << 20
_SURE = 0.7
_MOST_ALTERNATIVES = 5


def recognise_json(
    source: Source, text: str, base: ParsingOptions, *, is_whole: bool
) -> Recognition | None:
    """Return how to read JSON whose beginning is `text`; None where it is none."""
    shape = json_shape(text, is_whole=is_whole)
    if shape is None:
        return None
    if shape.is_document:
        return _of_document(source, shape, base)
    options = replace(base, format=shape.format, header_rows=shape.header_rows)
    questions = () if shape.confidence >= _SURE else ("format",)
    return _recognition(options, shape.confidence, shape.sentence, questions)


def _of_document(source: Source, shape: JsonShape, base: ParsingOptions) -> Recognition:
    """Return how to read one object: by the longest list within it, or as a record of its own."""
    with decoded(source, base.encoding) as text:
        lists = lists_in(iter(lambda: text.read(_PIECE), ""))
    options = replace(base, format=FileFormat.JSON)
    if not lists:
        return _recognition(options, shape.confidence, shape.sentence, ("format",))
    (path, count), *others = lists.items()
    runner_up = others[0][1] if others else 0
    is_sure = count > 1 and runner_up * 2 <= count
    recognition = _recognition(
        replace(options, record_path=path),
        0.95 if is_sure else 0.6,
        f"The longest list of records is “{path}”, with {count:,} of them.",
        () if is_sure else ("record_path",),
        option="record_path",
    )
    return replace(recognition, alternatives=_other_lists(options, others))


def _other_lists(
    options: ParsingOptions, others: Sequence[tuple[str, int]]
) -> tuple[Alternative, ...]:
    return tuple(
        Alternative(replace(options, record_path=path), f"The list “{path}” has {count:,} records.")
        for path, count in others[:_MOST_ALTERNATIVES]
    )


def _recognition(
    options: ParsingOptions,
    confidence: float,
    sentence: str,
    questions: tuple[str, ...],
    option: str = "format",
) -> Recognition:
    return Recognition(options, confidence, (Evidence(option, sentence),), questions)
