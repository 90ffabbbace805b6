"""One process at a time, each let in the moment the last one leaves.

SQLite has one writer, too, but whoever waits there sleeps and asks again, while the disk idles.
"""

import fcntl
import os
import weakref
from pathlib import Path
from types import TracebackType
from typing import Self


class Turn:
    """A lock on a file, which dies with its holder; for one thread of the process at a time."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Open as long as it is used: to open it takes longer than all else here.
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        weakref.finalize(self, os.close, self._file)

    def __enter__(self) -> Self:
        fcntl.flock(self._file, fcntl.LOCK_EX)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)
