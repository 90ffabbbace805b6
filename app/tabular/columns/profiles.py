"""What a file and its columns hold, as plain values that are kept and shown."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from app.tabular.batches import BadRow
from app.tabular.columns.tallies import CounterExample
from app.tabular.types import ColumnType

LONGEST_SAMPLE = 200
_LEAST_COLUMNS = 2


@dataclass(frozen=True)
class ColumnProfile:
    """What one column holds; minimum and maximum are text, compared as the column's type.

    `histogram` counts the values in bins of equal width from `histogram_from` to `histogram_to`
    (numbers and dates; the ends are text of the column's type). `top_values` are the most frequent
    texts with their counts; where `are_top_values_exact` is false, these are estimates.

    `null_words` are words such as `NA`, with their counts, that keep the column from being of
    `null_type`: taken as empty, which is for a person to say, the column is of that type.
    `other_pattern` is the second way to read its dates where day and month cannot be told apart.
    `unit` is what the first row holds, in line `unit_line`, where it seems to name the unit.
    """

    name: str
    original_name: str
    type: ColumnType
    confidence: float
    row_count: int
    empty_count: int
    distinct_count: int
    is_distinct_exact: bool
    minimum: str | None
    maximum: str | None
    longest: int
    samples: tuple[str, ...]
    sample_lines: tuple[int, ...]
    nearly: ColumnType | None = None
    counter_examples: tuple[CounterExample, ...] = ()
    pattern: str | None = None
    note: str = ""
    shortest: int = 0
    histogram: tuple[int, ...] = ()
    histogram_from: str = ""
    histogram_to: str = ""
    top_values: tuple[tuple[str, int], ...] = ()
    are_top_values_exact: bool = True
    null_words: tuple[tuple[str, int], ...] = ()
    null_type: ColumnType | None = None
    other_pattern: str | None = None
    unit: str = ""
    unit_line: int | None = None

    @property
    def null_word(self) -> str:
        """The word most often there that could be taken as empty."""
        return self.null_words[0][0] if self.null_words else ""

    @property
    def null_count(self) -> int:
        """How many cells hold one of the words that could be taken as empty."""
        return sum(count for _, count in self.null_words)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Return the profile that `FileProfile.to_dict` gave for one column, now or long ago."""
        made: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in values.items()
        }
        for name in ("type", "nearly", "null_type"):
            made[name] = None if made.get(name) is None else ColumnType(made[name])
        made["counter_examples"] = tuple(
            CounterExample(**example) for example in values["counter_examples"]
        )
        for name in ("top_values", "null_words"):
            made[name] = tuple((text, count) for text, count in values.get(name, ()))
        return cls(**made)


@dataclass(frozen=True)
class FileProfile:
    """What a file holds: its rows, those that are none or may be none, and its columns."""

    row_count: int
    bad_row_count: int
    padded_count: int
    blank_count: int
    columns: tuple[ColumnProfile, ...]
    bad_rows: tuple[BadRow, ...]
    notes: tuple[str, ...] = ()
    doubtful_count: int = 0
    doubtful_rows: tuple[BadRow, ...] = ()

    @property
    def odd_lines(self) -> tuple[int, ...]:
        """Return the lines that alone keep all columns of numbers or dates from being such.

        A header that stands among the rows is one, or a row of units; a row with words for what
        is missing is not: in it, the same word stands in several columns.
        """
        if any(column.type is not ColumnType.TEXT for column in self.columns):
            return ()
        against = [
            {example.line: example.value for example in column.counter_examples}
            for column in self.columns
            if column.nearly and column.counter_examples and not column.null_words
        ]
        if len(against) < _LEAST_COLUMNS:
            return ()
        shared = sorted(set.intersection(*map(set, against)))
        return tuple(
            line for line in shared if len({each[line] for each in against}) == len(against)
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the profile as plain values that JSON can hold."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Return the profile that `to_dict` gave."""
        return cls(
            **{
                **values,
                "columns": tuple(ColumnProfile.from_dict(each) for each in values["columns"]),
                "bad_rows": tuple(BadRow(**each) for each in values["bad_rows"]),
                "notes": tuple(values["notes"]),
                "doubtful_rows": tuple(BadRow(**each) for each in values.get("doubtful_rows", ())),
            }
        )
