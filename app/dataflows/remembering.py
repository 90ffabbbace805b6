"""Which dataflow knows a file's columns already, and what of its mapping a new file allows."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

import pandas as pd

from app.dataflows import alike
from app.dataflows.definition import Conversion
from app.formatting import percent, plural
from app.tabular.batches import TEXT
from app.tabular.columns import converting
from app.tabular.columns.profiles import ColumnProfile
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType

ALIKE = 0.8
# One or two names, such as id and name, are in files of all kinds.
LEAST_COLUMNS = 3
_MOSTLY = 0.5


@dataclass(frozen=True)
class Header:
    """The columns of the file that a dataflow was mapped for."""

    dataflow_id: int
    names: Sequence[str]


@dataclass(frozen=True)
class Match:
    """A header that is known: each column's name in the file to the one it had there.

    `confidence` is the share of names that both have, of those that either has.
    """

    header: Header
    pairs: Mapping[str, str]
    confidence: float


@dataclass(frozen=True)
class Memory:
    """From which dataflow a mapping was taken over, as it is kept; `is_over` where it no longer is.

    Of the file's `total` columns, `known` were; `absent` are those that the file lacks.
    """

    dataflow_id: int = 0
    name: str = ""
    known: int = 0
    total: int = 0
    absent: int = 0
    confidence: float = 0.0
    is_over: bool = False

    @property
    def sentence(self) -> str:
        """Say it to the one who maps."""
        absent = plural(self.absent, "column", "columns")
        lacking = f"; {absent} of that one not in this file" if self.absent else ""
        return (
            f"Mapped as in “{self.name}”: {self.known} of {plural(self.total, 'column')} known"
            f"{lacking} ({percent(self.confidence)})."
        )

    def to_dict(self) -> dict[str, Any]:
        """Return plain values that JSON can hold."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any] | None) -> Self | None:
        """Return the memory that `to_dict` gave; none where there is none, or no longer."""
        return None if not values or values["is_over"] else cls(**values)


def sizes_alike(count: int) -> tuple[int, int]:
    """Return how few and how many columns a header may have that is alike one of so many."""
    return int(count * ALIKE), int(count / ALIKE) + 1


def best_match(names: Sequence[str], headers: Iterable[Header]) -> Match | None:
    """Return the header most like these names, the first given where several are; or none."""
    if len(names) < LEAST_COLUMNS:
        return None
    matches = [
        Match(each, _pairs(names, each.names), _jaccard(names, each.names)) for each in headers
    ]
    near = [match for match in matches if match.confidence >= ALIKE]
    return max(near, key=lambda match: match.confidence, default=None)


def allows(profile: ColumnProfile, conversion: Conversion, options: ParsingOptions) -> bool:
    """Tell whether a column of a new file can be read as one was before.

    Where all rows said how it is written, that holds. Else all that is known of its values
    must fit, or most of it, where a fallback stands in for the others.
    """
    if conversion.type is ColumnType.TEXT:
        return True
    if profile.type is conversion.type:
        return (profile.pattern or "") == conversion.pattern
    values = _telling_values(profile)
    done = converting.convert(
        pd.Series(values, dtype=TEXT),
        conversion.type,
        options=options,
        pattern=conversion.pattern or None,
    )
    failed = int(done.failed.sum())
    return failed == 0 or (bool(conversion.fallback) and failed < len(values) * _MOSTLY)


def _telling_values(profile: ColumnProfile) -> list[str]:
    """Return samples, frequent values and those that are unlike nearly all others."""
    frequent = [text for text, _count in profile.top_values]
    unlike = [example.value for example in profile.counter_examples]
    return list(dict.fromkeys([*profile.samples, *frequent, *unlike]))


def _jaccard(names: Iterable[str], others: Iterable[str]) -> float:
    first, second = set(map(alike.folded, names)), set(map(alike.folded, others))
    return len(first & second) / len(first | second) if first | second else 0.0


def _pairs(names: Sequence[str], others: Sequence[str]) -> dict[str, str]:
    """Return which name is which of the others: the same, or the only one written so otherwise."""
    same = {name: name for name in names if name in set(others)}
    ours, theirs = _alone(names, same), _alone(others, same)
    return same | {ours[folded]: theirs[folded] for folded in ours if folded in theirs}


def _alone(names: Sequence[str], but: Mapping[str, str]) -> dict[str, str]:
    """Return by its folded form each name that no other has, besides those that are paired."""
    left = [name for name in names if name not in but]
    counts = Counter(map(alike.folded, left))
    return {alike.folded(name): name for name in left if counts[alike.folded(name)] == 1}
