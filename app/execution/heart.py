"""A sign of life while a run does something long, from a thread beside it."""

import faulthandler
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

MOST_SILENT_SECONDS = 1800.0
STANDARD_ERROR = 2


@contextmanager
def beating(beat: Callable[[], None], *, every: float) -> Iterator[None]:
    """Call `beat` every so many seconds until the block ends, in a thread of its own."""
    is_over = threading.Event()

    def go_on() -> None:
        while not is_over.wait(every):
            beat()

    thread = threading.Thread(target=go_on, daemon=True)
    thread.start()
    progressed()
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
        is_over.set()
        thread.join()


def progressed() -> None:
    """Note that the run got on; a process that says nothing for long after is ended.

    The thread would beat on beside one that hangs, which would keep the run and the table's lock.
    """
    faulthandler.dump_traceback_later(MOST_SILENT_SECONDS, exit=True, file=STANDARD_ERROR)
