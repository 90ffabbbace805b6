"""One process at a time, each let in the moment the last one leaves.

SQLite has one writer, too, but whoever waits there sleeps and asks again, while the disk idles.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Wait for the lock on a file, which dies with its holder, and keep it for the block."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
