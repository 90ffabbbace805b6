"""Infers the type of a column from all its values, never from a sample.

The rule is that nothing may be lost: a type is inferred only when each value, written out again,
means the same. Leading zeros, long ids, phone numbers and ambiguous dates stay text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.columns.converting import arrow_texts, typed
from app.tabular.columns.dates import DATE_PATTERNS, ISO_DATE, ISO_DATETIME, TWINS
from app.tabular.columns.emails import EMAIL_SHAPE
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType

MOST_COUNTER_EXAMPLES = 3
# Below this share of fitting values, the others are not exceptions: the column is something else.
NEARLY_ALL = 0.9
_BOOLEAN_WORDS = (("true", "false"), ("yes", "no"))
_WORDS_FOR_NUMBERS_THAT_ARE_NAMES = re.compile(
    r"(^|[^a-z])(zip|post|postal|plz|phone|telephone|mobile|fax|iban|ean|gtin|isbn)"
    r"([^a-z]|code|number|no|$)"
)


@dataclass(frozen=True)
class CounterExample:
    """A value that is not of the type that nearly all others are, and its line."""

    line: int
    value: str


@dataclass(frozen=True)
class Inference:
    """What a column is taken for, how sure that is, and what speaks against a narrower type.

    `pattern` is how its dates are written, where that is not ISO 8601. `nearly` is the type that
    the counter-examples keep the column from having; `note` is a sentence for people.
    """

    type: ColumnType
    confidence: float
    pattern: str | None = None
    nearly: ColumnType | None = None
    counter_examples: tuple[CounterExample, ...] = ()
    note: str = ""
    minimum: Any = None
    maximum: Any = None


@dataclass(frozen=True)
class _Kind:
    """One type a column may turn out to have, and the texts that are certainly of it."""

    type: ColumnType
    shape: Callable[[ParsingOptions], str]
    pattern: str | None = None
    needs_parsing: bool = True


def _integer_shape(options: ParsingOptions) -> str:
    return rf"^(0|-?[1-9][0-9]{{0,14}}{_grouped(options)})$"


def _decimal_shape(options: ParsingOptions) -> str:
    whole = rf"(0|[1-9][0-9]{{0,14}}{_grouped(options)})"
    fraction = rf"{re.escape(options.decimal_mark)}[0-9]{{1,18}}"
    return rf"^(-?{whole}{fraction}|0|-?[1-9][0-9]{{0,14}}{_grouped(options)})$"


def _grouped(options: ParsingOptions) -> str:
    if not options.thousands_mark:
        return ""
    return rf"|[1-9][0-9]{{0,2}}({re.escape(options.thousands_mark)}[0-9]{{3}}){{1,4}}"


def _always(shape: str) -> Callable[[ParsingOptions], str]:
    return lambda options: shape


# The order is the order of preference: of two types that fit all values, the first is taken.
_KINDS = (
    *(
        _Kind(ColumnType.BOOLEAN, _always(rf"(?i)^({'|'.join(words)})$"), needs_parsing=False)
        for words in _BOOLEAN_WORDS
    ),
    _Kind(ColumnType.INTEGER, _integer_shape),
    _Kind(ColumnType.DECIMAL, _decimal_shape),
    _Kind(ColumnType.DATE, _always(ISO_DATE)),
    _Kind(ColumnType.DATETIME, _always(ISO_DATETIME)),
    *(_Kind(ColumnType.DATE, _always(each.shape), each.pattern) for each in DATE_PATTERNS),
    _Kind(ColumnType.EMAIL, _always(EMAIL_SHAPE)),
)


@dataclass
class _Tally:
    """How many values fit one kind, and the first that do not."""

    fitting: int = 0
    against: list[CounterExample] = field(default_factory=list)
    minimum: Any = None
    maximum: Any = None


class TypeEvidence:
    """What is known of a column's type so far; fed batch by batch, in any number of batches."""

    def __init__(self, options: ParsingOptions) -> None:
        self._options = options
        self._count = 0
        self._tallies = {kind: _Tally() for kind in _KINDS}

    def add(self, distinct: pa.Array, counts: pa.Array, first_lines: pa.Array) -> None:
        """Take a batch's distinct, non-empty values, how often each is there and where first."""
        self._count += pc.sum(counts).as_py() or 0
        for kind in list(self._tallies):
            tally = self._tallies[kind]
            fits = self._fitting(kind, distinct, tally)
            tally.fitting += pc.sum(counts.filter(fits)).as_py() or 0
            _note_counter_examples(tally, distinct, first_lines, pc.invert(fits))
            if tally.fitting < self._count * NEARLY_ALL / 2 and self._count > 1_000:
                del self._tallies[kind]

    def conclude(self, name: str = "") -> Inference:
        """Return the type that all values have, or text with what came nearest."""
        complete = [kind for kind, tally in self._tallies.items() if tally.fitting == self._count]
        if not self._count or not complete:
            return self._nearly()
        kind = complete[0]
        if kind.pattern and any(other.pattern == TWINS.get(kind.pattern) for other in complete):
            note = "Day and month cannot be told apart: choose how these dates are written."
            return Inference(ColumnType.TEXT, 0.5, kind.pattern, ColumnType.DATE, note=note)
        if kind.type.is_number and _WORDS_FOR_NUMBERS_THAT_ARE_NAMES.search(name.lower()):
            note = "All values are numbers, but the name says that they are not for counting."
            return Inference(ColumnType.TEXT, 0.7, nearly=kind.type, note=note)
        tally = self._tallies[kind]
        sureness = round(1 - 1 / (self._count + 1), 4)
        return Inference(
            kind.type, sureness, kind.pattern, minimum=tally.minimum, maximum=tally.maximum
        )

    def _nearly(self) -> Inference:
        if not self._count:
            return Inference(ColumnType.TEXT, 0.0, note="The column has no values.")
        kind = max(self._tallies, key=lambda each: self._tallies[each].fitting, default=None)
        if kind is None or self._tallies[kind].fitting < self._count * NEARLY_ALL:
            return Inference(ColumnType.TEXT, 1.0)
        tally = self._tallies[kind]
        others = self._count - tally.fitting
        note = f"All values but {others:,} are of the type {kind.type.label}."
        examples = tuple(tally.against)
        return Inference(ColumnType.TEXT, 0.8, kind.pattern, kind.type, examples, note)

    def _fitting(self, kind: _Kind, distinct: pa.Array, tally: _Tally) -> pa.Array:
        fits = pc.match_substring_regex(distinct, kind.shape(self._options))
        if not kind.needs_parsing:
            return fits
        texts = pc.if_else(fits, distinct, None)
        if texts.null_count == len(texts):
            return fits
        values = typed(texts, kind.type, self._options, kind.pattern)
        if kind.type is not ColumnType.EMAIL:
            _widen(tally, values)
        return pc.is_valid(values)


def infer(values: Any, *, options: ParsingOptions | None = None, name: str = "") -> Inference:
    """Return the type of one series of texts, numbered from 1; empty texts do not count."""
    texts = arrow_texts(values)
    lines = pa.array(range(1, len(texts) + 1), pa.int64())
    is_filled = pc.fill_null(pc.not_equal(texts, ""), False)
    evidence = TypeEvidence(options or ParsingOptions())
    evidence.add(*distinct_values(texts.filter(is_filled), lines.filter(is_filled)))
    return evidence.conclude(name)


def distinct_values(texts: pa.Array, lines: pa.Array) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Return each distinct text in order of appearance, how often and where first it is."""
    table = pa.table({"text": texts, "line": lines})
    groups = table.group_by("text", use_threads=False)
    found = groups.aggregate([("line", "count"), ("line", "min")]).combine_chunks()
    return tuple(_contiguous(found[name]) for name in ("text", "line_count", "line_min"))


def _contiguous(column: pa.ChunkedArray) -> pa.Array:
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def _widen(tally: _Tally, values: pa.Array) -> None:
    extremes = pc.min_max(values).as_py()
    if extremes["min"] is not None:
        least, most = tally.minimum, tally.maximum
        tally.minimum = extremes["min"] if least is None else min(least, extremes["min"])
        tally.maximum = extremes["max"] if most is None else max(most, extremes["max"])


def _note_counter_examples(
    tally: _Tally, distinct: pa.Array, lines: pa.Array, is_against: pa.Array
) -> None:
    room = MOST_COUNTER_EXAMPLES - len(tally.against)
    if room > 0:
        texts = distinct.filter(is_against)[:room].to_pylist()
        where = lines.filter(is_against)[:room].to_pylist()
        tally.against += [
            CounterExample(line, text) for line, text in zip(where, texts, strict=True)
        ]
