"""The kinds of transformation there are, each with what a page needs to ask for it.

No kind takes a regular expression from people: one can be written that never comes to an end.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.batches import TEXT

MOST_CHARACTERS = 10_000
LARGEST_NUMBER = 10_000

Inputs = Sequence[pd.Series]
Settings = Mapping[str, Any]


class ParameterImpossible(ValueError):
    """A setting of a transformation that is missing or makes no sense."""


@dataclass(frozen=True)
class Parameter:
    """One setting to ask for: `kind` is text, number, mapping (text to text) or choice."""

    name: str
    label: str
    kind: str = "text"
    default: Any = ""
    is_required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""

    def checked(self, value: Any) -> Any:
        """Return the setting ready for use; raise ParameterImpossible."""
        if value is None or value == "":
            value = self.default
        if self.is_required and value in ("", None, {}):
            raise ParameterImpossible(f"Fill in “{self.label}”.")
        return getattr(self, f"_checked_{self.kind}")(value)

    def _checked_text(self, value: Any) -> str:
        text = str(value)
        if len(text) > MOST_CHARACTERS:
            raise ParameterImpossible(f"“{self.label}” is too long.")
        return text

    def _checked_number(self, value: Any) -> int:
        try:
            number = int(str(value))
        except ValueError:
            number = 0
        if not 1 <= number <= LARGEST_NUMBER:
            message = f"“{self.label}” is a whole number from 1 to {LARGEST_NUMBER:,}."
            raise ParameterImpossible(message)
        return number

    def _checked_mapping(self, value: Any) -> dict[str, str]:
        if not isinstance(value, Mapping):
            raise ParameterImpossible(f"“{self.label}” pairs each value with its replacement.")
        return {str(old): str(new) for old, new in value.items()}

    def _checked_choice(self, value: Any) -> str:
        if value not in dict(self.choices):
            raise ParameterImpossible(f"Choose one of the answers to “{self.label}”.")
        return str(value)


@dataclass(frozen=True)
class Kind:
    """A kind of transformation: its words for the page and the function that carries it out."""

    name: str
    label: str
    description: str
    make: Callable[[Inputs, Settings, pd.Index], pd.Series]
    least_inputs: int = 1
    most_inputs: int | None = 1
    parameters: tuple[Parameter, ...] = ()

    def settings(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Return all settings, checked and with defaults; raise ParameterImpossible."""
        known = {each.name for each in self.parameters}
        for name in params:
            if name not in known:
                raise ParameterImpossible(f"{self.label} has no setting “{name}”.")
        return {each.name: each.checked(params.get(each.name)) for each in self.parameters}

    def allows(self, input_count: int) -> bool:
        """Return whether so many columns can go in."""
        most = input_count if self.most_inputs is None else self.most_inputs
        return self.least_inputs <= input_count <= most

    @property
    def inputs_in_words(self) -> str:
        """Return how many columns go in, in words."""
        if self.most_inputs is None:
            return f"{self.least_inputs} or more columns"
        return {0: "no column", 1: "one column"}.get(
            self.most_inputs, f"{self.most_inputs} columns"
        )


def _by_arrow(function: Callable[..., Any]) -> Callable[[Inputs, Settings, pd.Index], pd.Series]:
    def make(inputs: Inputs, settings: Settings, index: pd.Index) -> pd.Series:
        return _series(function(_array(inputs[0])), index)

    return make


def _replace(inputs: Inputs, settings: Settings, index: pd.Index) -> pd.Series:
    old, new = settings["old"], settings["new"]
    return _series(pc.replace_substring(_array(inputs[0]), old, new), index)


def _map_values(inputs: Inputs, settings: Settings, index: pd.Index) -> pd.Series:
    keep = settings["otherwise"] == "keep"
    mapping = settings["mapping"]
    return _each_distinct(inputs[0], lambda text: mapping.get(text, text if keep else None), index)


def _split(inputs: Inputs, settings: Settings, index: pd.Index) -> pd.Series:
    separator, part = settings["separator"], settings["part"]

    def chosen(text: str) -> str | None:
        parts = text.split(separator, part)
        return parts[part - 1] if part <= len(parts) else None

    return _each_distinct(inputs[0], chosen, index)


def _first_characters(inputs: Inputs, settings: Settings, index: pd.Index) -> pd.Series:
    return _series(pc.utf8_slice_codeunits(_array(inputs[0]), 0, settings["count"]), index)


def _hash(inputs: Inputs, settings: Settings, index: pd.Index) -> pd.Series:
    def hashed(text: str) -> str:
        return hashlib.sha256((settings["salt"] + text).encode()).hexdigest()

    return _each_distinct(inputs[0], hashed, index)


def _concat(inputs: Inputs, settings: Settings, index: pd.Index) -> pd.Series:
    # Joined two by two: Arrow's null_handling="skip" leaves out rows in which all are null.
    filled = [_filled(_array(each)) for each in inputs]
    joined = filled[0]
    for each in filled[1:]:
        both = pc.binary_join_element_wise(joined, each, settings["separator"])
        joined = pc.coalesce(both, joined, each)
    return _series(joined, index)


def _coalesce(inputs: Inputs, settings: Settings, index: pd.Index) -> pd.Series:
    return _series(pc.coalesce(*(_filled(_array(each)) for each in inputs)), index)


def _constant(inputs: Inputs, settings: Settings, index: pd.Index) -> pd.Series:
    return pd.Series(settings["value"], index=index, dtype=TEXT)


def _each_distinct(
    values: pd.Series, function: Callable[[str], str | None], index: pd.Index
) -> pd.Series:
    encoded = _array(values).dictionary_encode()
    made = [function(text) for text in encoded.dictionary.to_pylist()]
    return _series(pc.take(pa.array(made, pa.string()), encoded.indices), index)


def _filled(array: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(array, ""), None, array)


def _array(values: pd.Series) -> pa.Array:
    array = pa.array(values, from_pandas=True)
    whole = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    return pc.cast(whole, pa.string())


def _series(array: pa.Array, index: pd.Index) -> pd.Series:
    return pd.Series(pd.arrays.ArrowExtensionArray(array), index=index)


_SEPARATOR = Parameter("separator", "Separator", default=" ", hint="A space if left empty")

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
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
        ),
        Kind(
            "map_values",
            "Map values",
            "Gives each listed value another one.",
            _map_values,
            parameters=(
                Parameter("mapping", "Values", "mapping", default={}, is_required=True),
                Parameter(
                    "otherwise",
                    "A value that is not listed",
                    "choice",
                    default="keep",
                    choices=(("keep", "Stays as it is"), ("empty", "Becomes empty")),
                ),
            ),
        ),
        Kind(
            "split",
            "Split",
            "Cuts the text at a separator and keeps one part.",
            _split,
            parameters=(
                _SEPARATOR,
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
            "hash_sha256",
            "Hash (SHA-256)",
            "Replaces the text by a fingerprint that does not show it.",
            _hash,
            parameters=(Parameter("salt", "Put before the text", hint="Usually left empty"),),
        ),
        Kind(
            "concat",
            "Join columns",
            "Writes the filled values of several columns one after the other.",
            _concat,
            least_inputs=2,
            most_inputs=None,
            parameters=(_SEPARATOR,),
        ),
        Kind(
            "coalesce",
            "First filled value",
            "Takes the first of several columns that is not empty.",
            _coalesce,
            least_inputs=2,
            most_inputs=None,
        ),
        Kind(
            "constant",
            "Fixed value",
            "Gives every row the same value.",
            _constant,
            least_inputs=0,
            most_inputs=0,
            parameters=(Parameter("value", "Value", is_required=True),),
        ),
    )
}
