"""Hashes of texts, by numpy over the bytes of an Arrow array: no Python object a text."""

from hashlib import blake2b

import numpy as np
import pyarrow as pa

_WORD = 8
# Longer texts are few, and hashed one by one.
_LONGEST = 512
_MASKS = np.array([(1 << 8 * count) - 1 for count in range(_WORD)] + [2**64 - 1], np.uint64)
_FIRST = np.uint64(0x9E3779B97F4A7C15)
_SECOND = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)


def text_hashes(texts: pa.Array) -> np.ndarray:
    """Return 64 bits for each text of an array without nulls; equal texts have equal ones."""
    if not len(texts):
        return np.array([], dtype=np.uint64)
    offsets = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset :][: len(texts) + 1]
    first, last = int(offsets[0]), int(offsets[-1])
    content = memoryview(texts.buffers()[2] or b"")[first:last]
    padded = np.frombuffer(b"".join((content, bytes(_WORD))), np.uint8)
    # At each byte, the eight from there on as one number.
    words = np.ndarray((len(padded) - _WORD + 1,), "<u8", padded, strides=(1,))
    starts = offsets[:-1].astype(np.int64) - first
    lengths = np.diff(offsets).astype(np.int64)
    hashes = _hashed(words, starts, lengths)
    for place in np.flatnonzero(lengths > _LONGEST):
        text = padded[starts[place] : starts[place] + lengths[place]].tobytes()
        hashes[place] = int.from_bytes(blake2b(text, digest_size=_WORD).digest(), "little")
    return hashes


def _hashed(words: np.ndarray, starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    hashes = _mixed(lengths.astype(np.uint64) * _FIRST)
    shortest, longest = int(lengths.min()), min(_LONGEST, int(lengths.max()))
    for done in range(0, longest, _WORD):
        if done + _WORD <= shortest:
            hashes = _mixed(hashes ^ words[starts + done])
            continue
        rows = np.flatnonzero(lengths > done)
        left = np.minimum(lengths[rows] - done, _WORD)
        hashes[rows] = _mixed(hashes[rows] ^ (words[starts[rows] + done] & _MASKS[left]))
    return hashes


def _mixed(numbers: np.ndarray) -> np.ndarray:
    # The multiply-and-shift steps of well-known finalizers: every bit comes to change all others.
    numbers = (numbers ^ (numbers >> _HALF)) * _SECOND
    numbers = (numbers ^ (numbers >> _HALF)) * _SECOND
    mixed: np.ndarray = numbers ^ (numbers >> _HALF)
    return mixed
