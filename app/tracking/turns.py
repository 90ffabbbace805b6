"""One process at a time, each let in the moment the last one leaves.

SQLite has one writer, too, but whoever waits there sleeps and asks again, while the disk idles.
"""

import fcntl
import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Turn:
    """A lock on a file, which dies with its holder; for one thread of the process at a time."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Open as long as it is used: to open it takes longer than all else here.
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        weakref.finalize(self, os.close, self._file)

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Wait for it, and keep it for the block."""
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)
