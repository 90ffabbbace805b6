"""Rows that were parsed all at once, and what had to be known to parse them so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from app.tabular.grid.raw_records import RawRecords
from app.tabular.options import ParsingOptions


@dataclass(frozen=True)
class Layout:
    """What must be known to parse a piece: the options, how many cells records have, and which of
    them are the table's, from `first` on; and which rows are none."""

    options: ParsingOptions
    cell_count: int
    first: int
    width: int
    is_blank: Callable[[Sequence[str]], bool]
    keep_raws: bool = False


@dataclass(frozen=True)
class PlainRows:
    """The rows of one regular piece; `lines` are counted from 0, at the piece's first line."""

    cells: pa.Table
    lines: np.ndarray
    line_count: int
    blank_count: int
    raws: RawRecords | None
