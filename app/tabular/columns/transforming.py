"""Transformations: make custom columns out of columns of text."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.batches import TEXT
from app.tabular.columns import converting
from app.tabular.options import ParsingOptions
from app.tabular.transformations.kinds import Column, Given, Kind, Made
from app.tabular.transformations.parameters import ParameterImpossible
from app.tabular.transformations.registry import KINDS

# How values are written that we wrote ourselves: a point, and no word that means empty.
PLAIN = ParsingOptions()
# The setting that every kind has besides its own.
FALLBACK = "fallback"


@dataclass(frozen=True)
class Transformation:
    """One custom column: the kind of transformation, its columns, its settings and its name."""

    kind: str
    inputs: tuple[str, ...]
    output: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def fallback(self) -> str:
        """The value that stands where one cannot be made or is not of the column's type."""
        return str(self.params.get(FALLBACK) or "")

    @property
    def own_params(self) -> dict[str, Any]:
        """The settings of its kind."""
        return {name: value for name, value in self.params.items() if name != FALLBACK}

    def to_dict(self) -> dict[str, Any]:
        """Return the transformation as plain values that JSON can hold."""
        return {
            "kind": self.kind,
            "inputs": list(self.inputs),
            "output": self.output,
            "params": dict(self.params),
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Return the transformation that `to_dict` gave."""
        params = dict(values.get("params") or {})
        return cls(values["kind"], tuple(values["inputs"]), values["output"], params)


class TransformationImpossible(Exception):
    """A transformation that cannot be carried out; `output` names its column."""

    def __init__(self, output: str, message: str) -> None:
        super().__init__(message)
        self.output = output
        self.message = message


@dataclass(frozen=True)
class Failure:
    """The rows in which a transformation could make nothing, and what it was given in each."""

    output: str
    kind: Kind
    rows: np.ndarray
    given: pd.Series


@dataclass(frozen=True)
class Applied:
    """A frame with its custom columns.

    Of each, what failed on the way there, if no fallback stands there; in which rows one does; and
    whether its values are written by us.
    """

    frame: pd.DataFrame
    failures: Mapping[str, tuple[Failure, ...]]
    fallen_back: Mapping[str, np.ndarray]
    plain: frozenset[str]

    def failed(self, name: str) -> np.ndarray:
        """Return the rows of which nothing could be made, with or without a fallback."""
        nothing = self.fallen_back.get(name, np.zeros(len(self.frame), dtype=bool))
        failures = [each.rows for each in self.failures[name]]
        failed: np.ndarray = np.logical_or.reduce([nothing, *failures])
        return failed

    def options_of(self, name: str, options: ParsingOptions) -> ParsingOptions:
        """Return how the values of a column are written: as the file's, unless they are ours."""
        return PLAIN if name in self.plain else options


def apply(
    frame: pd.DataFrame,
    transformations: Sequence[Transformation],
    options: ParsingOptions | None = None,
) -> Applied:
    """Return the frame with one more column for each transformation, in their order.

    A later one may use the column that an earlier one made; what is made of a value that failed
    has failed too, unless a fallback stands there. Raises TransformationImpossible.
    """
    refuse_impossible(list(frame.columns), transformations)
    work = _Work(frame, options or ParsingOptions())
    for each in transformations:
        work.carry_out(each)
    return Applied(work.frame, work.failures, work.fallen_back, frozenset(work.plain))


class _Work:
    """A frame that gets its custom columns one by one."""

    def __init__(self, frame: pd.DataFrame, options: ParsingOptions) -> None:
        self.frame = frame.copy(deep=False)
        self.failures: dict[str, tuple[Failure, ...]] = {}
        self.fallen_back: dict[str, np.ndarray] = {}
        self.plain: set[str] = set()
        self._options = options
        self._texts: dict[str, pa.Array] = {}

    def carry_out(self, step: Transformation) -> None:
        """Add the column of one transformation."""
        kind = KINDS[step.kind]
        columns = [self._column(name, kind) for name in step.inputs]
        settings = kind.settings(step.own_params)
        made = kind.make(Given(columns, settings, len(self.frame)))
        failures = self._failures(step, kind, made)
        texts = made.texts
        if failures:
            failed = np.logical_or.reduce([each.rows for each in failures])
            instead = pa.scalar(step.fallback or None, pa.string())
            texts = pc.if_else(pa.array(failed), instead, texts)
            if step.fallback:
                self.fallen_back[step.output], failures = failed, ()
        self.failures[step.output] = failures
        self._texts[step.output] = texts
        self.frame[step.output] = _series(texts, self.frame.index)
        if _is_plain(step, self.plain):
            self.plain.add(step.output)

    def _column(self, name: str, kind: Kind) -> Column:
        if name not in self._texts:
            self._texts[name] = converting.arrow_texts(self.frame[name])
        options = PLAIN if name in self.plain else self._options
        column = Column(self._texts[name], options)
        return column if kind.sees_empty else Column(column.filled, options)

    def _failures(self, step: Transformation, kind: Kind, made: Made) -> tuple[Failure, ...]:
        """Return what failed on the way here: of the columns that went in, then of this one."""
        failures = [each for name in step.inputs for each in self.failures.get(name, ())]
        if made.failed is not None:
            rows = made.failed.to_numpy(zero_copy_only=False)
            if rows.any():
                failures.append(Failure(step.output, kind, rows, given(self.frame, step)))
        return tuple(failures)


def given(frame: pd.DataFrame, step: Transformation) -> pd.Series:
    """Return what goes into a transformation, row by row, as one text."""
    texts = [converting.arrow_texts(frame[name]).fill_null("") for name in step.inputs]
    joined = pc.binary_join_element_wise(*texts, " · ") if texts else pa.repeat("", len(frame))
    return _series(joined, frame.index)


def _series(texts: pa.Array, index: pd.Index) -> pd.Series:
    return pd.Series(pd.arrays.ArrowExtensionArray(texts), index=index, dtype=TEXT)


def plain_outputs(transformations: Iterable[Transformation]) -> set[str]:
    """Return the custom columns whose values we write, and not the file."""
    plain: set[str] = set()
    for each in transformations:
        if _is_plain(each, plain):
            plain.add(each.output)
    return plain


def _is_plain(step: Transformation, plain: Collection[str]) -> bool:
    made_of_plain = bool(step.inputs) and set(plain).issuperset(step.inputs)
    return KINDS[step.kind].writes_plainly or made_of_plain


def refuse_impossible(columns: Sequence[str], transformations: Sequence[Transformation]) -> None:
    """Raise TransformationImpossible for the first transformation that cannot be carried out."""
    known = set(columns)
    for each in transformations:
        kind = _kind_of(each)
        _refuse_names(each, known)
        _refuse_inputs(each, kind)
        try:
            kind.settings(each.own_params, len(each.inputs))
        except ParameterImpossible as impossible:
            raise TransformationImpossible(each.output, str(impossible)) from None
        known.add(each.output)


def _kind_of(transformation: Transformation) -> Kind:
    if transformation.kind not in KINDS:
        message = f"There is no transformation called “{transformation.kind}”."
        raise TransformationImpossible(transformation.output, message)
    return KINDS[transformation.kind]


def _refuse_names(transformation: Transformation, known: set[str]) -> None:
    output = transformation.output
    if not output.strip():
        raise TransformationImpossible(output, "Give the custom column a name.")
    if output in known:
        message = f"There is already a column “{output}”: choose another name."
        raise TransformationImpossible(output, message)
    for name in transformation.inputs:
        if name not in known:
            message = f"“{output}” needs the column “{name}”, which the file does not have."
            raise TransformationImpossible(output, message)


def _refuse_inputs(transformation: Transformation, kind: Kind) -> None:
    count = len(transformation.inputs)
    if kind.allows(count):
        return
    message = f"{kind.label} takes {kind.inputs_in_words}, not {count}."
    raise TransformationImpossible(transformation.output, message)
