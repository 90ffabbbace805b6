"""Which texts are numbers without anything that is lost when they are read, by their bytes."""

import numpy as np
import pyarrow as pa

from app.tabular.columns.words import Words

_LONGEST = 15
_MINUS, _POINT, _ZERO, _NINE = (ord(sign) for sign in "-.09")
_BYTE = np.uint64(255)
_BITS = np.uint64(8)


def are_plain_numbers(texts: pa.Array) -> bool:
    """Return whether texts that Arrow can cast to numbers are written plainly, all of them.

    Then they are short, nothing but digits with a minus before and a point between them, and there
    is no zero in front that says nothing. False may also mean that it takes more to tell.
    """
    words = Words(texts)
    if not len(words.content):
        return False
    if words.longest > _LONGEST or (words.content - np.uint8(_MINUS)).max() > _NINE - _MINUS:
        return False
    lasts = words.content[words.starts + words.lengths - 1]
    return not (lasts == _POINT).any() and not _any_needless_sign(words.word(0))


def _any_needless_sign(beginnings: np.ndarray) -> bool:
    has_minus = (beginnings & _BYTE) == _MINUS
    digits = np.where(has_minus, beginnings >> _BITS, beginnings) if has_minus.any() else beginnings
    first = (digits & _BYTE).astype(np.uint8)
    if (first == _POINT).any():
        return True
    second = ((digits >> _BITS) & _BYTE).astype(np.uint8)[first == _ZERO]
    # A zero stands alone, without a minus, or before a point.
    is_alone = (second == 0) & ~has_minus[first == _ZERO]
    return not (is_alone | (second == _POINT)).all()
