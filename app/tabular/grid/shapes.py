"""How rows are filled: how many cells they have, and how many of them hold something."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import median

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Shape:
    """How many cells a row has, how many are filled, and up to where."""

    size: int
    filled: int
    last: int

    @classmethod
    def of(cls, row: Sequence[str]) -> "Shape":
        """Return the shape of a row."""
        places = [place for place, cell in enumerate(row, 1) if cell and not cell.isspace()]
        return cls(len(row), len(places), places[-1] if places else 0)


def usual_width(shapes: Sequence[Shape]) -> int:
    """Return the width most cells are in rows of, or a header's where rows leave off their end."""
    weights: Counter[int] = Counter()
    for shape in shapes:
        weights[shape.size] += shape.filled
    width = max(weights, key=lambda size: (weights[size], size))
    longer = [shape for shape in shapes if shape.size > width and shape.filled]
    if not longer or len(longer) * 10 < len(shapes):
        first = next((shape for shape in shapes if shape.filled >= max(2, width)), None)
        is_header_longest = first is not None and all(each.size <= first.size for each in shapes)
        return first.size if first is not None and is_header_longest else width
    return max(each.size for each in longer) if _is_growing(shapes, width) else width


def usual_fill(fills: Sequence[int]) -> float:
    """Return how many filled cells the row has in which the middle one of all of them stands."""
    return median(chain.from_iterable([fill] * min(fill, 1_000) for fill in fills))


def _is_growing(shapes: Sequence[Shape], width: int) -> bool:
    """Return whether the first wide row is also the widest, as where rows leave off their end."""
    widest = max(shape.size for shape in shapes)
    first = next((shape for shape in shapes if shape.filled >= min(2, width)), None)
    return first is not None and first.size == widest and first.filled == widest


def fits(shape: Shape, width: int, usual: float) -> bool:
    """Return whether a row may be one of a table so wide, with so many cells usually filled."""
    if width == 1:
        return shape.filled == 1
    is_wide = shape.size >= max(2, width * 0.6) or shape.size >= width - 1
    return is_wide and shape.filled >= max(2 if usual >= 2 else 1, usual * 0.5)
