"""Transformations: make custom columns out of columns of text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import pandas as pd

from app.tabular.batches import TEXT
from app.tabular.columns.transformation_kinds import KINDS, Kind, ParameterImpossible


@dataclass(frozen=True)
class Transformation:
    """One custom column: the kind of transformation, its columns, its settings and its name."""

    kind: str
    inputs: tuple[str, ...]
    output: str
    params: Mapping[str, Any] = field(default_factory=dict)

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


def apply(frame: pd.DataFrame, transformations: Sequence[Transformation]) -> pd.DataFrame:
    """Return the frame with one more column for each transformation, in their order.

    A later one may use the column that an earlier one made. Raises TransformationImpossible.
    """
    refuse_impossible(list(frame.columns), transformations)
    made = frame.copy(deep=False)
    for each in transformations:
        kind = KINDS[each.kind]
        inputs = [made[name] for name in each.inputs]
        values = kind.make(inputs, kind.settings(each.params), made.index)
        made[each.output] = values.astype(TEXT)
    return made


def refuse_impossible(columns: Sequence[str], transformations: Sequence[Transformation]) -> None:
    """Raise TransformationImpossible for the first transformation that cannot be carried out."""
    known = set(columns)
    for each in transformations:
        kind = _kind_of(each)
        _refuse_names(each, known)
        _refuse_inputs(each, kind)
        try:
            kind.settings(each.params)
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
