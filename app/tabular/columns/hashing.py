"""Hashes of texts, by numpy over the bytes of an Arrow array: no Python object a text."""

from hashlib import blake2b

import numpy as np

from app.tabular.columns.words import FARTHEST, SIZE, Words

# Of more than one text in so many, all are worked on rather than those that are long enough.
_MANY = 3
_FIRST = np.uint64(0x9E3779B97F4A7C15)
_SECOND = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)


def hashes_of(words: Words) -> np.ndarray:
    """Return 64 bits for each of some texts, at least one; equal texts have equal ones."""
    hashes = _hashed(words)
    # Longer texts are few, and hashed one by one.
    for place in np.flatnonzero(words.lengths > FARTHEST):
        start = words.starts[place]
        text = words.content[start : start + words.lengths[place]].tobytes()
        hashes[place] = int.from_bytes(blake2b(text, digest_size=SIZE).digest(), "little")
    return hashes


def _hashed(words: Words) -> np.ndarray:
    lengths = words.lengths
    # Spread over all bits, a length is no letter: “a” is not “b” with a NUL behind it.
    hashes = lengths.astype(np.uint64) * _SECOND
    for number in range(-(-min(FARTHEST, words.longest) // SIZE)):
        done = number * SIZE
        if done < words.shortest:
            hashes ^= words.word(number)
            _stir(hashes, _FIRST)
            continue
        is_on = lengths > done
        rows = np.flatnonzero(is_on) if np.count_nonzero(is_on) < len(is_on) / _MANY else None
        if rows is None:
            stirred = hashes ^ words.word(number)
            _stir(stirred, _FIRST)
            np.copyto(hashes, stirred, where=is_on)
            continue
        stirred = hashes[rows] ^ words.word(number, rows)
        _stir(stirred, _FIRST)
        hashes[rows] = stirred
    # Every bit comes to change all others, as the smallest hashes are to be chosen by chance.
    _stir(hashes, _SECOND)
    _stir(hashes, _FIRST)
    return hashes


def _stir(hashes: np.ndarray, factor: np.uint64) -> None:
    """Multiply and shift in place, which for each 64 bits can be undone: nothing falls together."""
    hashes *= factor
    hashes ^= hashes >> _HALF
