"""The shortest and longest, first and last of the texts of a column."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.columns.words import Words

# So many texts are compared as they are rather than by their first bytes.
_FEW = 1_000


@dataclass
class Extent:
    """How many characters texts have at least and at most, and the first and last in order."""

    shortest: int = 0
    longest: int = 0
    least: str | None = None
    most: str | None = None

    def widen(self, texts: pa.Array, words: Words) -> None:
        """Take texts, one or more, of which none is null."""
        shortest, longest = _lengths(texts, words)
        least, most = _ends(texts, words)
        if self.least is None or self.most is None:
            self.shortest, self.longest, self.least, self.most = shortest, longest, least, most
            return
        self.shortest, self.longest = min(self.shortest, shortest), max(self.longest, longest)
        self.least, self.most = min(self.least, least), max(self.most, most)


def _lengths(texts: pa.Array, words: Words) -> tuple[int, int]:
    if words.is_ascii:
        return words.shortest, words.longest
    lengths = pc.min_max(pc.utf8_length(texts)).as_py()
    return lengths["min"], lengths["max"]


def _ends(texts: pa.Array, words: Words) -> tuple[str, str]:
    """Return the first and the last text, found among those that begin as these must."""
    if len(texts) > _FEW:
        beginnings = words.word(0).byteswap()
        is_end = (beginnings == beginnings.min()) | (beginnings == beginnings.max())
        texts = texts.take(pa.array(np.flatnonzero(is_end)))
    ends = pc.min_max(texts).as_py()
    return ends["min"], ends["max"]
