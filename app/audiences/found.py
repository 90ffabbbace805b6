"""Who was found to meet a condition, remembered for as long as nothing changes: so much at most."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

import pyarrow as pa

MOST_BYTES = 200_000_000
Key = tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """The people found, or everybody but them."""

    ids: pa.Table
    is_rest: bool


class Remembered:
    """What was found last, by what was asked; what was not asked for longest goes first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._found: OrderedDict[Key, Found] = OrderedDict()
        self._byte_count = 0
        self._lock = Lock()

    def find(self, key: Key) -> Found | None:
        """Return what was found, if it is remembered."""
        with self._lock:
            found = self._found.get(key)
            if found is not None:
                self._found.move_to_end(key)
            return found

    def keep(self, key: Key, found: Found) -> None:
        """Remember what was found."""
        with self._lock:
            before = self._found.pop(key, None)
            self._byte_count += found.ids.nbytes - (before.ids.nbytes if before else 0)
            self._found[key] = found
            while self._byte_count > self._most_bytes and self._found:
                _key, oldest = self._found.popitem(last=False)
                self._byte_count -= oldest.ids.nbytes
