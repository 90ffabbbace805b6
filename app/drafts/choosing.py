"""What a person's choice of parsing options means for those that were not chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.tabular.options import FileFormat, ParsingOptions

# How the text is cut into cells. With another answer, the table has another place and width.
_DIALECT = ("format", "encoding", "delimiter", "quote", "escape", "is_repeated", "sheet")
_PLACE = (
    *("header_rows", "skipped_rows", "footer_rows", "comment"),
    *("first_column", "column_count", "has_row_names", "column_starts", "is_padded"),
)


def settled(
    entered: ParsingOptions, saved: ParsingOptions, recognition: Mapping[str, Any]
) -> ParsingOptions:
    """Return the options entered, with those left alone that no longer fit brought along.

    Who chooses another delimiter means the table that it makes: its place is what was recognised
    for that delimiter, or unknown, and not what was found with the one before.
    """
    changed = {name for name in _DIALECT if getattr(entered, name) != getattr(saved, name)}
    if not changed:
        return entered
    known = _recognised_with(entered, recognition)
    fitting = known or replace(
        entered, first_column=0, column_count=None, has_row_names=False, column_starts=()
    )
    alone = [name for name in _PLACE if getattr(entered, name) == getattr(saved, name)]
    return replace(entered, **{name: getattr(fitting, name) for name in alone})


def _recognised_with(
    entered: ParsingOptions, recognition: Mapping[str, Any]
) -> ParsingOptions | None:
    told = [recognition, *recognition.get("alternatives", ())]
    readings: Sequence[ParsingOptions] = [
        ParsingOptions.from_dict(each["options"]) for each in told if "options" in each
    ]
    return next((each for each in readings if _is_same_dialect(each, entered)), None)


def _is_same_dialect(one: ParsingOptions, other: ParsingOptions) -> bool:
    names = _DIALECT if one.format is FileFormat.DELIMITED else ("format", "encoding", "sheet")
    return all(getattr(one, name) == getattr(other, name) for name in names)
