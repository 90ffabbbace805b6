"""Infers the type of a column from all its values, never from a sample.

The rule is that nothing may be lost: a type is inferred only when each value, written out again,
means the same. Leading zeros, long ids, phone numbers and ambiguous dates stay text.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow.compute as pc

from app.tabular.columns.converting import arrow_texts
from app.tabular.columns.date_patterns import twin_of
from app.tabular.columns.evidence import NEARLY_ALL, TypeEvidence
from app.tabular.columns.histograms import GrowingHistogram
from app.tabular.columns.kinds import Kind
from app.tabular.columns.tallies import CounterExample
from app.tabular.columns.values import distinct_values
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType

__all__ = ["CounterExample", "Inference", "TypeEvidence", "conclude", "infer"]

_LEAST_BELOW_UNIT = 3
_LONGEST_UNIT = 15
_WORDS_FOR_NUMBERS_THAT_ARE_NAMES = re.compile(
    r"(^|[^a-z])(zip|post|postal|plz|phone|telephone|mobile|fax|iban|ean|gtin|isbn|version)"
    r"([^a-z]|code|number|no|$)"
)


@dataclass(frozen=True)
class Inference:
    """What a column is taken for, how sure that is, and what speaks against a narrower type.

    `pattern` is how its values are written, where that must be said. `nearly` is the type that
    the counter-examples keep the column from having; `note` is a sentence for people. Of dates
    that can be read in two ways, `other_pattern` is the second. Were `null_words` taken as
    empty, the column would be of `null_type`. `unit` is what stands in the first row, `unit_line`.
    """

    type: ColumnType
    confidence: float
    pattern: str | None = None
    nearly: ColumnType | None = None
    counter_examples: tuple[CounterExample, ...] = ()
    note: str = ""
    minimum: Any = None
    maximum: Any = None
    histogram: GrowingHistogram | None = None
    other_pattern: str | None = None
    null_words: tuple[tuple[str, int], ...] = ()
    null_type: ColumnType | None = None
    unit: str = ""
    unit_line: int | None = None


def infer(values: Any, *, options: ParsingOptions | None = None, name: str = "") -> Inference:
    """Return the type of one series of texts, numbered from 1; empty texts do not count."""
    texts = arrow_texts(values)
    lines = np.arange(1, len(texts) + 1)
    is_filled = pc.fill_null(pc.not_equal(texts, ""), False)
    evidence = TypeEvidence(options or ParsingOptions(), name)
    mask = is_filled.to_numpy(zero_copy_only=False)
    evidence.add(distinct_values(texts.filter(is_filled), lines[mask]))
    return conclude(evidence, name)


def conclude(evidence: TypeEvidence, name: str = "") -> Inference:
    """Return the type that all values have, or text with what came nearest."""
    evidence.begin()
    if not evidence.count:
        return Inference(ColumnType.TEXT, 0.0, note="The column has no values.")
    complete = [kind for kind in evidence.kinds if _is_complete(evidence, kind)]
    if not complete or not evidence.considered:
        return _nearly(evidence)
    kind = complete[0]
    found = _asked(evidence, kind, complete, name)
    if evidence.null_words:
        return _offered(evidence, kind, found)
    return found


def _is_complete(evidence: TypeEvidence, kind: Kind) -> bool:
    if evidence.fitting(kind) != evidence.considered:
        return False
    tally = evidence.tally(kind)
    return not kind.needs_two or tally.least != tally.most


def _asked(evidence: TypeEvidence, kind: Kind, complete: list[Kind], name: str) -> Inference:
    """Return what the values are, or text where a person has to say how they are read."""
    other = _other_reading(evidence, kind, complete)
    if other is not None:
        return _ambiguous(kind, other)
    if kind.asks:
        note = kind.asks.format(pattern=kind.pattern)
        return Inference(ColumnType.TEXT, 0.5, kind.pattern, kind.type, note=note)
    if kind.type.is_number and _WORDS_FOR_NUMBERS_THAT_ARE_NAMES.search(name.lower()):
        note = "All values are numbers, but the name says that they are not for counting."
        return Inference(ColumnType.TEXT, 0.7, nearly=kind.type, note=note)
    sureness = round(1 - 1 / (evidence.considered + 1), 4)
    if kind.type.is_text or kind.type is ColumnType.BOOLEAN:
        return Inference(kind.type, sureness, kind.pattern)
    tally = evidence.tally(kind)
    return Inference(
        kind.type,
        sureness,
        kind.pattern,
        note=_percent_note(kind),
        minimum=tally.least,
        maximum=tally.most,
        histogram=tally.histogram,
    )


def _other_reading(evidence: TypeEvidence, kind: Kind, complete: list[Kind]) -> Kind | None:
    """Return the kind that gives the same values another meaning, if there is one."""
    if not kind.pattern:
        return None
    if kind.type is not ColumnType.DECIMAL:
        twin = twin_of(kind.pattern)
        return next((each for each in complete if each.pattern == twin), None) if twin else None
    extent = (evidence.tally(kind).least, evidence.tally(kind).most)
    for each in complete:
        if each.type is kind.type and each.pattern and not each.asks:
            tally = evidence.tally(each)
            if (tally.least, tally.most) != extent:
                return each
    return None


def _ambiguous(kind: Kind, other: Kind) -> Inference:
    note = "Day and month cannot be told apart: choose how these dates are written."
    if kind.type is ColumnType.DECIMAL:
        note = (
            f"These numbers can be read as {kind.pattern} or as {other.pattern}: choose how they "
            "are written."
        )
    return Inference(
        ColumnType.TEXT,
        0.5,
        kind.pattern,
        kind.type,
        note=note,
        other_pattern=other.pattern,
    )


def _percent_note(kind: Kind) -> str:
    if kind.pattern is None or "%" not in kind.pattern or kind.type is not ColumnType.DECIMAL:
        return ""
    return "Percentages are kept as they are written: 12.5 % is 12.5."


def _offered(evidence: TypeEvidence, kind: Kind, found: Inference) -> Inference:
    """Return text, with the words that would have to be taken as empty for it to be more."""
    words = tuple(evidence.null_words.most_common())
    named = " and ".join(f"{count:,} cells hold {word}" for word, count in words[:3])
    would_be = found.nearly or found.type
    note = f"{named}: treat it as empty, and the column is of the type {would_be.label}."
    return Inference(
        ColumnType.TEXT,
        0.8,
        found.pattern,
        would_be,
        tuple(evidence.tally(kind).against),
        note if found.type is not ColumnType.TEXT else f"{note} {found.note}",
        other_pattern=found.other_pattern,
        null_words=words,
        null_type=would_be,
    )


def _nearly(evidence: TypeEvidence) -> Inference:
    kind = max(evidence.kinds, key=evidence.fitting, default=None)
    if kind is None:
        return Inference(ColumnType.TEXT, 1.0)
    tally, others = evidence.tally(kind), evidence.count - evidence.fitting(kind)
    found = Inference(ColumnType.TEXT, 0.8, kind.pattern, kind.type, tuple(tally.against))
    if others == 1 and tally.against and _is_unit(evidence, kind, tally.against[0]):
        (unit,) = tally.against
        note = (
            f"All values are of the type {kind.type.label} but the first, “{unit.value}” in line "
            f"{unit.line:,}, which seems to name their unit."
        )
        return replace(found, note=note, unit=unit.value, unit_line=unit.line)
    if evidence.fitting(kind) < evidence.count * NEARLY_ALL:
        return Inference(ColumnType.TEXT, 1.0)
    note = f"All values but {others:,} are of the type {kind.type.label}."
    return replace(found, note=note)


def _is_unit(evidence: TypeEvidence, kind: Kind, unit: CounterExample) -> bool:
    is_first = unit.line == evidence.first_line and evidence.fitting(kind) >= _LEAST_BELOW_UNIT
    return is_first and kind.type.is_number and len(unit.value) <= _LONGEST_UNIT
