"""Keeps two exports of the same entry apart, whoever rang for them."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class HeldElsewhere(Exception):
    """Another process holds the lock."""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock meanwhile; raise HeldElsewhere.

    It is the operating system's, on a file: it dies with the process, even by kill -9. So whoever
    holds it knows that no other is alive.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as failure:
            raise HeldElsewhere from failure
        yield
