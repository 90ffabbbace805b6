"""What a kind of transformation is: its words for a page, and what it makes of columns of text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.columns.converting import filled_texts
from app.tabular.options import ParsingOptions
from app.tabular.transformations.parameters import Parameter, ParameterImpossible
from app.tabular.types import ColumnType

Settings = Mapping[str, Any]


class Group(StrEnum):
    """What kinds do, roughly: the headings of their list."""

    CONVERT = "Convert"
    TRANSFORM = "Transform"
    COMBINE = "Combine"


@dataclass(frozen=True)
class Column:
    """A column that goes in: its texts, null where empty, and how such texts are written."""

    texts: pa.Array
    options: ParsingOptions = field(default_factory=ParsingOptions)

    @property
    def filled(self) -> pa.Array:
        """The texts, null where one is empty or a word that means so."""
        return filled_texts(self.texts, self.options)


@dataclass(frozen=True)
class Given:
    """What a kind works on: its columns, its settings, and how many rows there are."""

    columns: Sequence[Column]
    settings: Settings
    row_count: int

    @property
    def texts(self) -> pa.Array:
        """The texts of the first column."""
        return self.columns[0].texts


@dataclass(frozen=True)
class Made:
    """What came out: one text a row, and in which rows nothing could be made, null there."""

    texts: pa.Array
    failed: pa.Array | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of transformation: its words for the page and the function that carries it out.

    `type` is what its column usually is. `failure` says what a value that fails is not, for kinds
    in which one can. A kind that `writes_plainly` writes numbers with a point, whatever the file
    has, and nothing that means empty; one that `sees_empty` is given empty texts and null words
    as they are; one that `makes_do` takes what columns there are. `column_labels` ask for each
    column by itself, where their order matters; where it `has_template`, the columns are named in
    that.
    """

    name: str
    label: str
    description: str
    make: Callable[[Given], Made]
    group: Group = Group.TRANSFORM
    least_inputs: int = 1
    most_inputs: int | None = 1
    parameters: tuple[Parameter, ...] = ()
    type: ColumnType = ColumnType.TEXT
    failure: str = ""
    writes_plainly: bool = False
    sees_empty: bool = False
    makes_do: bool = False
    column_labels: tuple[str, ...] = ()
    has_template: bool = False
    check: Callable[[int, Settings], None] | None = None

    def settings(self, params: Mapping[str, Any], input_count: int | None = None) -> dict[str, Any]:
        """Return all settings, checked and with defaults; raise ParameterImpossible."""
        known = {each.name for each in self.parameters}
        for name in params:
            if name not in known:
                raise ParameterImpossible(f"{self.label} has no setting “{name}”.")
        settings = {each.name: each.checked(params.get(each.name)) for each in self.parameters}
        if self.check is not None and input_count is not None:
            self.check(input_count, settings)
        return settings

    def allows(self, input_count: int) -> bool:
        """Return whether so many columns can go in."""
        most = input_count if self.most_inputs is None else self.most_inputs
        return self.least_inputs <= input_count <= most

    @property
    def has_column_fields(self) -> bool:
        """Return whether a page asks for the columns by themselves."""
        return self.most_inputs != 0 and not self.has_template

    @property
    def inputs_in_words(self) -> str:
        """Return how many columns go in, in words."""
        if self.most_inputs is None:
            return f"{self.least_inputs} or more columns"
        if self.least_inputs < self.most_inputs:
            return f"{self.least_inputs} or {self.most_inputs} columns"
        return {0: "no column", 1: "one column"}.get(
            self.most_inputs, f"{self.most_inputs} columns"
        )


def each_distinct(texts: pa.Array, function: Callable[[str], str | None]) -> pa.Array:
    """Return what a function makes of each text; it is asked once for each distinct one."""
    encoded = texts.dictionary_encode()
    made = [function(text) for text in encoded.dictionary.to_pylist()]
    return pc.take(pa.array(made, pa.string()), encoded.indices)


def converted(texts: pa.Array, made: pa.Array) -> Made:
    """Return what was made of texts: where nothing was, though there was a text, it failed."""
    return Made(made, pc.and_(pc.is_valid(texts), pc.is_null(made)))


def trimmed(texts: pa.Array) -> pa.Array:
    """Return texts without spaces around them, null where nothing is left."""
    bare = pc.utf8_trim_whitespace(texts)
    return pc.if_else(pc.equal(bare, ""), None, bare)
