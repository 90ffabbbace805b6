"""The bytes of texts as numbers, eight bytes each, for numpy to work on."""

from functools import cached_property

import numpy as np
import pyarrow as pa

SIZE = 8
# Words are read up to this place in a text.
FARTHEST = 512
_MASKS = np.array([(1 << 8 * count) - 1 for count in range(SIZE)] + [2**64 - 1], np.uint64)
_ONE = np.uint64(1)


class Words:
    """The texts of an Arrow array, one or more and none null, as words of eight bytes each.

    A word is put together of the two that it lies across in memory: that is twice as fast as
    letting numpy gather numbers from places at which it expects none.
    """

    def __init__(self, texts: pa.Array) -> None:
        offsets = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset :][: len(texts) + 1]
        first, last = int(offsets[0]), int(offsets[-1])
        self.starts = offsets[:-1].astype(np.int64) - first
        self.lengths = np.diff(offsets)
        self.shortest, self.longest = int(self.lengths.min()), int(self.lengths.max())
        self._content = memoryview(texts.buffers()[2] or b"")[first:last]

    @cached_property
    def content(self) -> np.ndarray:
        """All bytes of the texts, one after the other."""
        return np.frombuffer(self._content, np.uint8)

    @cached_property
    def is_ascii(self) -> bool:
        """Whether each character is one byte."""
        return not len(self.content) or int(self.content.max()) < 128

    def word(self, number: int, rows: np.ndarray | None = None) -> np.ndarray:
        """Return eight bytes of each text, from eight times a number on, zeros after its end."""
        low_index, shift, other_shift, lengths = self._places
        if rows is not None:
            low_index, shift, other_shift, lengths = (each[rows] for each in self._places)
        words = self._aligned[number:].take(low_index)
        words >>= shift
        high = self._aligned[number + 1 :].take(low_index)
        high <<= _ONE
        high <<= other_shift
        words |= high
        done = number * SIZE
        if done + SIZE > self.shortest:
            words &= _MASKS.take(np.clip(lengths - done, 0, SIZE))
        return words

    @cached_property
    def _places(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        shift = (self.starts & 7).astype(np.uint64) * np.uint64(8)
        return self.starts >> 3, shift, np.uint64(63) - shift, self.lengths

    @cached_property
    def _aligned(self) -> np.ndarray:
        size = len(self.content)
        # Of the last text too, words may be asked for that lie beyond its end.
        padded = np.empty((size + min(self.longest, FARTHEST)) // SIZE + 3, np.uint64)
        padded[size // SIZE :] = 0
        padded.view(np.uint8)[:size] = self.content
        return padded
