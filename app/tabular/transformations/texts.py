"""Kinds that write a text differently or keep a part of it."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.transformations.kinds import Given, Kind, Made, each_distinct
from app.tabular.transformations.parameters import LARGEST_NUMBER, Parameter, ParameterImpossible


def _by_arrow(function: Callable[..., Any]) -> Callable[[Given], Made]:
    return lambda given: Made(function(given.texts))


def _replace(given: Given) -> Made:
    old, new = given.settings["old"], given.settings["new"]
    return Made(pc.replace_substring(given.texts, old, new))


def _split(given: Given) -> Made:
    separator, part = given.settings["separator"], given.settings["part"]

    def chosen(text: str) -> str | None:
        parts = text.split(separator, part)
        return parts[part - 1] if part <= len(parts) else None

    return Made(each_distinct(given.texts, chosen))


def _first_characters(given: Given) -> Made:
    return Made(pc.utf8_slice_codeunits(given.texts, 0, given.settings["count"]))


def _substring(given: Given) -> Made:
    first, length = given.settings["start"], given.settings["length"]
    start = first - 1 if first > 0 else first
    stop = None if length is None or start < 0 <= start + length else start + length
    return Made(_null_if_empty(pc.utf8_slice_codeunits(given.texts, start, stop)))


def _null_if_empty(texts: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(texts, ""), None, texts)


def _refuse_no_place(_input_count: int, settings: Any) -> None:
    if settings["start"] == 0:
        raise ParameterImpossible(
            "“From character” counts from 1, or from -1 for the last character."
        )


SEPARATOR = Parameter("separator", "Separator", default=" ", hint="A space if left empty")

KINDS = (
    Kind(
        "trim",
        "Trim",
        "Takes away spaces before and after the text.",
        _by_arrow(pc.utf8_trim_whitespace),
    ),
    Kind("lower", "Lower case", "Writes all letters small.", _by_arrow(pc.utf8_lower)),
    Kind("upper", "Upper case", "Writes all letters large.", _by_arrow(pc.utf8_upper)),
    Kind(
        "title",
        "Title case",
        "Writes the first letter of each word large and the others small.",
        _by_arrow(pc.utf8_title),
    ),
    Kind(
        "replace",
        "Replace text",
        "Puts one text in the place of another, wherever it stands.",
        _replace,
        parameters=(
            Parameter("old", "Replace", is_required=True),
            Parameter("new", "With", hint="Left empty, the text is taken out"),
        ),
        sees_empty=True,
    ),
    Kind(
        "split",
        "Split",
        "Cuts the text at a separator and keeps one part.",
        _split,
        parameters=(
            SEPARATOR,
            Parameter("part", "Which part", "number", default=1, hint="1 is the first"),
        ),
    ),
    Kind(
        "first_characters",
        "First characters",
        "Keeps only the beginning of the text.",
        _first_characters,
        parameters=(Parameter("count", "How many", "number", is_required=True),),
    ),
    Kind(
        "substring",
        "Characters from a place on",
        "Keeps some characters of the text, counted from its beginning or its end.",
        _substring,
        parameters=(
            Parameter(
                "start",
                "From character",
                "number",
                default=1,
                least=-LARGEST_NUMBER,
                hint="1 is the first character, -1 the last, -3 the third from the end",
            ),
            Parameter(
                "length", "How many", "number", default=None, hint="All that follow if empty"
            ),
        ),
        check=_refuse_no_place,
    ),
)
