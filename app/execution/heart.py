"""A sign of life while a run does something long, from a thread beside it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def beating(beat: Callable[[], None], *, every: float) -> Iterator[None]:
    """Call `beat` every so many seconds until the block ends, in a thread of its own."""
    is_over = threading.Event()

    def go_on() -> None:
        while not is_over.wait(every):
            beat()

    thread = threading.Thread(target=go_on, daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
