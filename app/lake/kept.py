"""Tables kept open by a process, for look-ups of single rows that must take a few milliseconds.

To open a session and to read a table's log anew would take longer than the look-up itself. Each
process opens its own at the first question, never before it is forked.
"""

import os
import threading
from collections.abc import Callable, Sequence
from typing import Any

import duckdb
from deltalake import DeltaTable

from app.lake import engine
from app.lake.tables import Lake

Row = tuple[Any, ...]


class KeptTables:
    """A session, and the tables of a lake that were asked for; safe for several threads."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._lock = threading.Lock()
        self._tables: dict[str, DeltaTable] = {}
        self._session = engine.opened()
        # Files are never written again under the same name, so what their ends say stays true.
        self._session.execute("SET parquet_metadata_cache = true")

    def rows(
        self,
        name: str,
        sql: Callable[[str], str],
        values: list[Any],
        read: Callable[[Sequence[str]], str] = engine.parquet,
    ) -> list[Row]:
        """Return what a question answers, given the SQL that reads the table as it is now.

        None of it where the table was never written. `read` makes that SQL of the table's files.
        """
        for is_last in (False, True):
            files = self._files(name)
            if not files:
                return []
            try:
                cursor = self._session.cursor()
                return cursor.execute(sql(read(files)), values).fetchall()
            except duckdb.IOException:
                # Files were replaced and removed between the two.
                self._forget(name)
                if is_last:
                    raise
        return []

    def close(self) -> None:
        """Let go of everything."""
        self._session.close()

    def _files(self, name: str) -> list[str]:
        with self._lock:
            table = self._tables.get(name)
            if table is not None and not self._lake.exists(name):
                # It was deleted, perhaps with its dataset.
                self._tables.pop(name)
                return []
            if table is None:
                table = self._lake.find(name)
            else:
                table.update_incremental()
            if table is None:
                return []
            self._tables[name] = table
            return self._lake.files_of(table)

    def _forget(self, name: str) -> None:
        with self._lock:
            self._tables.pop(name, None)


_guard = threading.Lock()
_kept: dict[tuple[int, str], KeptTables] = {}


def tables(lake: Lake) -> KeptTables:
    """Return the tables of a lake that this process keeps open; of one lake at a time."""
    key = (os.getpid(), lake.address("of"))
    with _guard:
        if key not in _kept:
            for other in [each for each in _kept if each[0] == key[0]]:
                _kept.pop(other).close()
            _kept[key] = KeptTables(lake)
        return _kept[key]
