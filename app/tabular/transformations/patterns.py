"""The kind that keeps what a regular expression finds, by an engine that always comes to an end."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.transformations.kinds import Given, Kind, Made, converted
from app.tabular.transformations.parameters import Parameter, ParameterImpossible

LONGEST_PATTERN = 200
MOST_GROUPS = 8
OTHERWISE = (
    ("empty", "Becomes empty"),
    ("fail", "Does not fit: the fallback stands there, or the row is rejected"),
)


def _extracted(given: Given) -> Made:
    pattern, group = given.settings["pattern"], given.settings["group"]
    found = _found(given.texts, pattern, group)
    return converted(given.texts, found) if given.settings["otherwise"] == "fail" else Made(found)


def _found(texts: pa.Array, pattern: str, group: int) -> pa.Array:
    """Return one group of the first match, null where nothing matches or the group is empty."""
    matching = pc.if_else(pc.match_substring_regex(texts, pattern), texts, None)
    # One group more than the person wrote: the whole of what matches.
    whole = rf"^(?s:.*?)({pattern})(?s:.*)$"
    part = pc.replace_substring_regex(matching, whole, rf"\{group + 1}")
    return pc.if_else(pc.equal(part, ""), None, part)


def _refuse_bad_pattern(_input_count: int, settings: Any) -> None:
    pattern, group = settings["pattern"], settings["group"]
    try:
        # By itself first: a bracket too many must not pair with one of ours.
        pc.match_substring_regex(pa.array([""]), pattern)
    except pa.ArrowInvalid as failure:
        reason = str(failure).removeprefix("Invalid regular expression: ")
        message = f"“{pattern}” is no regular expression that can be used: {reason}."
        raise ParameterImpossible(message) from None
    try:
        _found(pa.array([""]), pattern, group)
    except pa.ArrowInvalid:
        message = f"“{pattern}” has no group {group}: a group is what stands in ( )."
        raise ParameterImpossible(message) from None


KINDS = (
    Kind(
        "regex_extract",
        "Extract by pattern",
        "Keeps the part of the text that a regular expression finds first.",
        _extracted,
        parameters=(
            Parameter(
                "pattern",
                "Regular expression",
                is_required=True,
                longest=LONGEST_PATTERN,
                hint=r"For example ([A-Z]+)-(\d+). Syntax: RE2, without look-around.",
            ),
            Parameter(
                "group",
                "Which group",
                "number",
                default=0,
                least=0,
                most=MOST_GROUPS,
                hint="0 is all that was found, 1 what is in the first ( )",
            ),
            Parameter(
                "otherwise",
                "A value in which nothing is found",
                "choice",
                default="empty",
                choices=OTHERWISE,
            ),
        ),
        failure="has nothing that the pattern finds",
        check=_refuse_bad_pattern,
    ),
)
