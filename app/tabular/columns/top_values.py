"""The most frequent values of a column, in one pass and bounded memory."""

import pyarrow as pa

from app.tabular.columns.values import Values

MOST_SHOWN = 8
MOST_COUNTED = 10_000
# Of a sample, what is rarer than this may be there by chance.
_LEAST_SHARE = 0.01


class TopValues:
    """Counts each distinct value while they are few; of more, it knows the first rows of batches.

    With more than 10,000 distinct values, the counts are worked out from those samples, and only
    values of more than one cell in a hundred are named.
    """

    def __init__(self) -> None:
        self._counted: list[pa.Table] = []
        self._sampled: list[pa.Table] = []
        self._sample_size = 0
        self._total = 0
        self.is_exact = True

    def add(self, values: Values, head: Values) -> None:
        """Take the values of a batch, and those of its first rows."""
        self._total += values.total
        self._sample_size += head.total
        _gather(self._sampled, head)
        if self.is_exact:
            is_whole = values.counts is not None
            self.is_exact = is_whole and _gather(self._counted, values) <= MOST_COUNTED
        if not self.is_exact:
            self._counted.clear()

    def shown(self) -> tuple[tuple[str, int], ...]:
        """Return the most frequent values with their counts, most frequent first."""
        if not self._sampled:
            return ()
        counted = _summed(self._counted if self.is_exact else self._sampled)
        order = [("count", "descending"), ("first", "ascending")]
        rows = counted.sort_by(order).slice(0, MOST_SHOWN).to_pylist()
        if self.is_exact:
            return tuple((row["text"], row["count"]) for row in rows)
        least = max(2, self._sample_size * _LEAST_SHARE)
        scale = self._total / self._sample_size
        return tuple(
            (row["text"], round(row["count"] * scale)) for row in rows if row["count"] >= least
        )


def _gather(tables: list[pa.Table], values: Values) -> int:
    """Add counts to those gathered so far; return how many distinct values there may be."""
    columns = {"text": values.texts, "count": values.counts, "first": values.lines}
    tables.append(pa.table(columns))
    size = sum(len(table) for table in tables)
    if size <= MOST_COUNTED:
        return size
    together = _summed(tables)
    if len(together) > MOST_COUNTED:
        # Kept for a sample: the more frequent half, of which alone any will be shown.
        order = [("count", "descending"), ("first", "ascending")]
        tables[:] = [together.sort_by(order).slice(0, MOST_COUNTED // 2)]
    else:
        tables[:] = [together]
    return len(together)


def _summed(tables: list[pa.Table]) -> pa.Table:
    together = pa.concat_tables(tables)
    groups = together.group_by("text", use_threads=False)
    summed = groups.aggregate([("count", "sum"), ("first", "min")])
    return summed.rename_columns(["text", "count", "first"])
