"""How far the engine is with a long statement, asked and stopped from a thread beside it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from app.lake.engine import Session

# A session is asked only while its statement runs: one that is closed meanwhile is not there.
_lock = threading.Lock()
_watched: list[Session] = []


class Stopped(Exception):
    """Somebody stopped a statement on its way; it has done nothing."""


@contextmanager
def watched(session: Session) -> Iterator[None]:
    """Let others ask and stop what the session does in this block; then raises Stopped."""
    # The engine counts for its own bar, which it would draw in the log.
    session.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
    with _lock:
        _watched.append(session)
    try:
        yield
    except duckdb.InterruptException as interrupted:
        raise Stopped from interrupted
    finally:
        with _lock:
            _watched.remove(session)


def share_done() -> float | None:
    """Return how much of the statement under way in this process is done, 0 to 1, if any is."""
    with _lock:
        if not _watched:
            return None
        # Below 0 the engine does not know yet.
        return min(max(_watched[-1].query_progress() / 100, 0.0), 1.0)


def stop() -> None:
    """Stop the statement under way in this process, if any is."""
    with _lock:
        for session in _watched:
            session.interrupt()
