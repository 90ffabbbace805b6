"""Calls of a function in a process of its own, which is ended where a call takes too long."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_CONTEXT = multiprocessing.get_context("spawn")
START_SECONDS = 60


class TookTooLong(Exception):
    """A call that was ended."""


class Failed(Exception):
    """A call that raised; the text names what."""


class BoundedReader:
    """Reads files by a function, each within a limit of seconds; raises TookTooLong or Failed."""

    def __init__(self, read: Callable[[Path], Any], seconds: float) -> None:
        self._read = read
        self._seconds = seconds
        self._process: Any = None
        self._here: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def __call__(self, path: Path) -> Any:
        """Return what the function makes of the file."""
        if self._process is None:
            self._begin()
        self._here.send(path)
        if not self._here.poll(self._seconds):
            self._end()
            raise TookTooLong
        try:
            is_read, found = self._here.recv()
        except EOFError:
            self._end()
            raise Failed("the process ended") from None
        if not is_read:
            raise Failed(found)
        return found

    def _begin(self) -> None:
        self._here, there = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_serve, args=(self._read, there), daemon=True)
        self._process.start()
        there.close()
        if not self._here.poll(START_SECONDS):
            raise TookTooLong
        self._here.recv()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._here.close()
        self._process = None


def _serve(read: Callable[[Path], Any], there: Connection) -> None:
    there.send("ready")
    while True:
        path = there.recv()
        try:
            answer = (True, read(path))
        except Exception as error:  # Whatever a peer raises, it has not read the file.
            answer = (False, type(error).__name__)
        there.send(answer)
