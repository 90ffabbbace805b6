"""One count at a time for each page that is edited: the next one ends the one before."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

import duckdb

# Of so many pages the last count is known; whoever has an older one open waits for it in vain.
MOST_PAGES = 200


class Superseded(Exception):
    """Somebody went on with the page while this was counted."""


class Pages:
    """The sessions that count now, by the page they count for."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[str, duckdb.DuckDBPyConnection] = OrderedDict()
        self._lock = Lock()

    @contextmanager
    def counting(
        self, page: str, session: duckdb.DuckDBPyConnection
    ) -> Iterator[Callable[[], None]]:
        """Count for a page, which ends what is counted for it; raise Superseded when ended so.

        Gives a check, to be made between two questions: an end is heard within one alone.
        """
        with self._lock:
            before = self._sessions.pop(page, None)
            self._sessions[page] = session
            if len(self._sessions) > MOST_PAGES:
                self._sessions.popitem(last=False)
            if before is not None:
                # Under the lock: whoever is done takes its session out before it is closed.
                before.interrupt()

        def check() -> None:
            with self._lock:
                is_last = self._sessions.get(page) is session
            if not is_last:
                raise Superseded(page)

        try:
            yield check
        except duckdb.InterruptException as failure:
            raise Superseded(page) from failure
        finally:
            with self._lock:
                if self._sessions.get(page) is session:
                    del self._sessions[page]
