"""Profiles a file: what each column holds, measured over all rows in bounded memory."""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.batches import BadRow, Batch
from app.tabular.columns.converting import arrow_texts, filled_texts, render_value
from app.tabular.columns.distinct import DistinctCounter, most_exact_for
from app.tabular.columns.inferring import CounterExample, Inference, TypeEvidence, distinct_values
from app.tabular.columns.profiles import ColumnProfile, FileProfile
from app.tabular.naming import Columns
from app.tabular.options import ParsingOptions

__all__ = ["ColumnProfile", "FileProfile", "profile"]

MOST_BAD_ROWS = 100
MOST_SAMPLES = 5
LONGEST_SAMPLE = 200


def profile(
    batches: Iterable[Batch],
    options: ParsingOptions | None = None,
    *,
    columns: Columns | None = None,
) -> FileProfile:
    """Return what the batches hold; an empty text or null word counts as empty.

    `columns` (of `columns_of`) gives the original names beside the unique ones.
    """
    growing = _GrowingProfile(options or ParsingOptions())
    for batch in batches:
        growing.add(batch)
    return growing.finished(columns)


class _GrowingProfile:
    def __init__(self, options: ParsingOptions) -> None:
        self._options = options
        self._columns: dict[str, _GrowingColumn] = {}
        self._counts = {"row": 0, "bad_row": 0, "padded": 0, "blank": 0}
        self._bad_rows: list[BadRow] = []
        self._notes: dict[str, None] = {}

    def add(self, batch: Batch) -> None:
        self._counts["row"] += len(batch.lines)
        self._counts["bad_row"] += len(batch.bad_rows)
        self._counts["padded"] += batch.padded_count
        self._counts["blank"] += batch.blank_count
        self._bad_rows += batch.bad_rows[: MOST_BAD_ROWS - len(self._bad_rows)]
        self._notes.update(dict.fromkeys(batch.notes))
        width = len(batch.frame.columns)
        for name in batch.frame.columns:
            if name not in self._columns:
                self._columns[name] = _GrowingColumn(self._options, most_exact_for(width))
            self._columns[name].add(arrow_texts(batch.frame[name]), batch.lines)

    def finished(self, columns: Columns | None) -> FileProfile:
        originals = dict(zip(columns.names, columns.original_names, strict=True)) if columns else {}
        return FileProfile(
            **{f"{name}_count": count for name, count in self._counts.items()},
            columns=tuple(
                column.finished(name, originals.get(name, name), self._counts["row"])
                for name, column in self._columns.items()
            ),
            bad_rows=tuple(self._bad_rows),
            notes=tuple(self._notes),
        )


class _GrowingColumn:
    def __init__(self, options: ParsingOptions, most_exact: int) -> None:
        self._options = options
        self._evidence = TypeEvidence(options)
        self._distinct = DistinctCounter(most_exact)
        self._filled_count = 0
        self._longest = 0
        self._range: list[str] = []
        self._samples: dict[str, int] = {}

    def add(self, texts: pa.Array, lines: np.ndarray) -> None:
        texts = filled_texts(texts, self._options)
        is_filled = pc.is_valid(texts)
        distinct, counts, first_lines = distinct_values(
            texts.filter(is_filled), pa.array(lines).filter(is_filled)
        )
        if not len(distinct):
            return
        self._filled_count += pc.sum(counts).as_py()
        self._longest = max(self._longest, pc.max(pc.utf8_length(distinct)).as_py())
        extremes = pc.min_max(distinct).as_py()
        together = [*self._range, extremes["min"], extremes["max"]]
        self._range = [min(together), max(together)]
        self._take_samples(distinct, first_lines)
        self._distinct.add(distinct)
        self._evidence.add(distinct, counts, first_lines)

    def finished(self, name: str, original_name: str, row_count: int) -> ColumnProfile:
        inference = self._evidence.conclude(name)
        least, most = self._extremes(inference)
        return ColumnProfile(
            name=name,
            original_name=original_name,
            type=inference.type,
            confidence=inference.confidence,
            row_count=row_count,
            empty_count=row_count - self._filled_count,
            distinct_count=self._distinct.count,
            is_distinct_exact=self._distinct.is_exact,
            minimum=least,
            maximum=most,
            longest=self._longest,
            samples=tuple(_shortened(text) for text in self._samples),
            sample_lines=tuple(self._samples.values()),
            nearly=inference.nearly,
            counter_examples=tuple(
                CounterExample(each.line, _shortened(each.value))
                for each in inference.counter_examples
            ),
            pattern=inference.pattern,
            note=inference.note,
        )

    def _extremes(self, inference: Inference) -> tuple[str | None, str | None]:
        if inference.minimum is not None:
            return render_value(inference.minimum), render_value(inference.maximum)
        if not self._range:
            return None, None
        return _shortened(self._range[0]), _shortened(self._range[1])

    def _take_samples(self, distinct: pa.Array, first_lines: pa.Array) -> None:
        if len(self._samples) < MOST_SAMPLES:
            texts, lines = distinct[: MOST_SAMPLES * 2], first_lines[: MOST_SAMPLES * 2]
            for text, line in zip(texts.to_pylist(), lines.to_pylist(), strict=True):
                if len(self._samples) < MOST_SAMPLES:
                    self._samples.setdefault(text, line)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SAMPLE else text[: LONGEST_SAMPLE - 1] + "…"
