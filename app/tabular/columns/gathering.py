"""What is gathered of one column while a file is read, in one pass and bounded memory."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.columns.converting import render_value
from app.tabular.columns.distinct import DistinctCounter
from app.tabular.columns.evidence import TypeEvidence
from app.tabular.columns.extent import Extent
from app.tabular.columns.inferring import Inference, conclude
from app.tabular.columns.profiles import LONGEST_SAMPLE, ColumnProfile
from app.tabular.columns.tallies import CounterExample
from app.tabular.columns.top_values import TopValues
from app.tabular.columns.values import Values, values_of
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType

MOST_SAMPLES = 5
# What a profile says of its type is what was inferred, under the same names.
_INFERRED = (
    *("type", "confidence", "nearly", "pattern", "other_pattern", "note"),
    *("null_words", "null_type", "unit", "unit_line"),
)


class GrowingColumn:
    """One column's profile as far as the file was read."""

    def __init__(self, name: str, options: ParsingOptions, most_exact: int) -> None:
        self._name = name
        self._empty_words = pa.array(["", *options.null_words], pa.string())
        self._evidence = TypeEvidence(options, name)
        self._distinct = DistinctCounter(most_exact)
        self._top = TopValues()
        self._extent = Extent()
        self._samples: dict[str, int] = {}

    def add(self, texts: pa.Array, lines: np.ndarray) -> None:
        """Take the column's cells of a batch, and the lines that they are on."""
        texts, lines = self._filled(texts, lines)
        if not len(texts):
            return
        values, head = values_of(texts, lines, must_be_distinct=self._top.is_exact)
        self._extent.widen(values.texts, values.words)
        self._take_samples(values if self._top.is_exact else head)
        self._top.add(values, head)
        self._distinct.add(values.words)
        self._evidence.add(values)

    def finished(self, original_name: str, row_count: int) -> ColumnProfile:
        """Return the profile of the whole column."""
        inference = conclude(self._evidence, self._name)
        least, most = self._extremes(inference)
        inferred = {name: getattr(inference, name) for name in _INFERRED}
        bins = _bins(inference)
        return ColumnProfile(
            name=self._name,
            original_name=original_name,
            row_count=row_count,
            empty_count=row_count - self._evidence.count,
            distinct_count=self._distinct.count,
            is_distinct_exact=self._distinct.is_exact,
            minimum=least,
            maximum=most,
            shortest=self._extent.shortest,
            longest=self._extent.longest,
            samples=tuple(_shortened(text) for text in self._samples),
            sample_lines=tuple(self._samples.values()),
            counter_examples=_shown(inference.counter_examples),
            histogram=bins,
            histogram_from=least or "" if bins else "",
            histogram_to=most or "" if bins else "",
            top_values=tuple((_shortened(text), count) for text, count in self._top.shown()),
            are_top_values_exact=self._top.is_exact,
            **inferred,
        )

    def _filled(self, texts: pa.Array, lines: np.ndarray) -> tuple[pa.Array, np.ndarray]:
        """Return the cells that are not empty: neither null nor "" nor a word for it."""
        if len(self._empty_words) == 1:
            lengths = pc.binary_length(texts)
            if not texts.null_count and (pc.min(lengths).as_py() or 0) > 0:
                return texts, lines
            is_filled = pc.fill_null(pc.greater(lengths, 0), False)
        else:
            is_empty = pc.is_in(texts, value_set=self._empty_words)
            is_filled = pc.and_(pc.is_valid(texts), pc.invert(is_empty))
        return texts.filter(is_filled), lines[is_filled.to_numpy(zero_copy_only=False)]

    def _extremes(self, inference: Inference) -> tuple[str | None, str | None]:
        if inference.minimum is not None:
            return render_value(inference.minimum), render_value(inference.maximum)
        if self._extent.least is None or self._extent.most is None:
            return None, None
        return _shortened(self._extent.least), _shortened(self._extent.most)

    def _take_samples(self, head: Values) -> None:
        if len(self._samples) == MOST_SAMPLES:
            return
        some = head.slice(0, 2 * MOST_SAMPLES)
        for text, line in zip(some.texts.to_pylist(), some.lines.tolist(), strict=True):
            if len(self._samples) < MOST_SAMPLES:
                self._samples.setdefault(text, line)


def _bins(inference: Inference) -> tuple[int, ...]:
    if inference.histogram is None:
        return ()
    are_whole = inference.type in (ColumnType.INTEGER, ColumnType.DATE)
    return inference.histogram.bins(are_whole=are_whole)


def _shown(examples: tuple[CounterExample, ...]) -> tuple[CounterExample, ...]:
    return tuple(CounterExample(each.line, _shortened(each.value)) for each in examples)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SAMPLE else text[: LONGEST_SAMPLE - 1] + "…"
