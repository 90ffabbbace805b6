"""The records of a piece as they stand in the file, cut out of it only when one is asked for."""

from collections.abc import Sequence
from functools import cached_property
from typing import overload

import numpy as np

from app.tabular.batches import shown_raw


class RawRecords(Sequence[str]):
    """Text of lines, and at which line each record begins; `starts` ends with where the last does.

    Nearly all records of nearly all files are never looked at again.
    """

    def __init__(self, text: bytes, starts: np.ndarray, ends: np.ndarray) -> None:
        self._text = text
        self._starts, self._ends = starts, ends

    @classmethod
    def of(cls, text: bytes, starts: np.ndarray, line_count: int) -> "RawRecords":
        """Return records that begin at these lines, each up to the next, the last to the end."""
        return cls(text, starts, np.append(starts[1:], line_count))

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> "RawRecords": ...
    def __getitem__(self, place: int | slice) -> "str | RawRecords":
        if isinstance(place, slice):
            return self.taken(np.arange(len(self))[place])
        return shown_raw("\n".join(self._lines[self._starts[place] : self._ends[place]]))

    def taken(self, places: np.ndarray) -> "RawRecords":
        """Return the records at these places, or where a mask is true."""
        return RawRecords(self._text, self._starts[places], self._ends[places])

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.decode().split("\n")
