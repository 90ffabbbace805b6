"""Whether bytes are UTF-8, found out by Arrow, which makes no text of them."""

import numpy as np
import pyarrow as pa


def is_utf8(content: bytes | memoryview) -> bool:
    """Return whether all of the bytes, fewer than 2 GB, are UTF-8."""
    ends = pa.py_buffer(np.array([0, len(content)], np.int32))
    one = pa.Array.from_buffers(pa.binary(), 1, [None, ends, pa.py_buffer(content)])
    try:
        one.cast(pa.string())
    except pa.ArrowInvalid:
        return False
    return True
