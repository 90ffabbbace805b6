"""The kind that reads yes and no by words of one's own."""

import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.transformations.kinds import (
    Given,
    Group,
    Kind,
    Made,
    Settings,
    converted,
    trimmed,
)
from app.tabular.transformations.parameters import Parameter, ParameterImpossible
from app.tabular.types import ColumnType

_HINT = "With commas between; large and small letters are the same"


def _yes_or_no(given: Given) -> Made:
    texts = trimmed(given.texts)
    words = pc.utf8_lower(texts)
    is_yes = pc.is_in(words, value_set=_lowered(given.settings["yes"]))
    is_no = pc.is_in(words, value_set=_lowered(given.settings["no"]))
    known = pc.if_else(pc.or_(is_yes, is_no), pc.if_else(is_yes, "true", "false"), None)
    return converted(texts, known)


def _lowered(words: tuple[str, ...]) -> pa.Array:
    return pc.utf8_lower(pa.array(words, pa.string()))


def _refuse_words_on_both_sides(_input_count: int, settings: Settings) -> None:
    no = _lowered(settings["no"]).to_pylist()
    both = [word for word in _lowered(settings["yes"]).to_pylist() if word in no]
    if both:
        raise ParameterImpossible(f"“{both[0]}” cannot mean both yes and no.")


KINDS = (
    Kind(
        "yes_or_no",
        "Yes or no by your words",
        "Reads your own words for yes and no.",
        _yes_or_no,
        group=Group.CONVERT,
        parameters=(
            Parameter("yes", "Words for yes", "words", is_required=True, hint=_HINT),
            Parameter("no", "Words for no", "words", is_required=True, hint=_HINT),
        ),
        type=ColumnType.BOOLEAN,
        failure="is no word for yes or no",
        writes_plainly=True,
        check=_refuse_words_on_both_sides,
    ),
)
