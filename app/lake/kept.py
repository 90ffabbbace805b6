"""What a process keeps open to answer quickly: one DuckDB that knows the files, and the tables.

Making a connection takes longer than a page may, and would read the ends of all files anew. Kept is
only what never changes: a file is written once, and so is a version; no name of a table comes back.
"""

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import duckdb
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from app.lake import engine
from app.lake.engine import identifier as quoted
from app.lake.tables import Lake

Row = tuple[Any, ...]

MEMORY_LIMIT = "256MB"
# What DuckDB remembers of files that are gone goes with the connection, after so many sessions.
SESSIONS = 2_000
MOST_TABLES = 100


@dataclass
class _Kept:
    """All that is kept, by the process it belongs to: none of it outlives a fork."""

    process: int
    connection: duckdb.DuckDBPyConnection | None = None
    session_count: int = 0
    tables: OrderedDict[str, DeltaTable] = field(default_factory=OrderedDict)


_lock = threading.Lock()
_kept = _Kept(process=0)


@contextmanager
def session() -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a session of its own on the connection that is kept; for reading little of much."""
    with _lock:
        connection = _connection()
        cursor = connection.cursor()
    try:
        cursor.execute("SET TimeZone = 'UTC'")
        yield cursor
    except duckdb.FatalException:
        _forget(connection)
        raise
    finally:
        cursor.close()


def relation(lake: Lake, name: str) -> tuple[str, list[str]] | None:
    """Return the SQL that reads a table as it is now, and its columns; None without rows."""
    table = _table(lake, name)
    files = lake.files_of(table) if table is not None else []
    if table is None or not files:
        return None
    return engine.parquet(files), [each.name for each in table.schema().fields]


def extent(lake: Lake, name: str) -> tuple[tuple[str, ...], int]:
    """Return the files of a table as it is now, and its number of rows, from the log alone."""
    table = _table(lake, name)
    return (tuple(lake.files_of(table)), int(table.count())) if table is not None else ((), 0)


def select(lake: Lake, name: str, columns: list[str]) -> str | None:
    """Return the SQL for these columns of a table, empty where it does not have one yet."""
    found = relation(lake, name)
    if found is None:
        return None
    source, held = found
    listed = [quoted(each) if each in held else f"NULL AS {quoted(each)}" for each in columns]
    return f"SELECT {', '.join(listed)} FROM {source}"


def rows(
    lake: Lake,
    name: str,
    sql: Callable[[str], str],
    values: Sequence[Any],
    read: Callable[[Sequence[str]], str] = engine.parquet,
) -> list[Row]:
    """Return what a question answers, given the SQL that reads the table as it is now.

    None of it where the table was never written. `read` makes that SQL of the table's files.
    """
    for is_last in (False, True):
        table = _table(lake, name)
        files = lake.files_of(table) if table is not None else []
        if not files:
            return []
        try:
            with session() as opened:
                return opened.execute(sql(read(files)), list(values)).fetchall()
        except duckdb.IOException:
            # Files were replaced and removed between the two.
            if is_last:
                raise
    return []


def _connection() -> duckdb.DuckDBPyConnection:
    global _kept
    if _kept.process != os.getpid():
        _kept = _Kept(process=os.getpid())
    if _kept.connection is None or _kept.session_count >= SESSIONS:
        # Whoever still reads from the one before has a cursor of it, which keeps it open.
        _kept.connection, _kept.session_count = engine.opened(MEMORY_LIMIT), 0
        _kept.connection.execute("SET GLOBAL parquet_metadata_cache = true")
    _kept.session_count += 1
    return _kept.connection


def _forget(connection: duckdb.DuckDBPyConnection) -> None:
    """Let go of a connection that failed for good."""
    with _lock:
        if _kept.connection is connection:
            _kept.connection = None


def _table(lake: Lake, name: str) -> DeltaTable | None:
    """Return the table at its newest version."""
    global _kept
    address = lake.address(name)
    with _lock:
        if _kept.process != os.getpid():
            _kept = _Kept(process=os.getpid())
        table = _brought_up(_kept.tables.pop(address, None)) if lake.exists(name) else None
        if table is None:
            table = lake.find(name)
        if table is not None:
            _kept.tables[address] = table
        while len(_kept.tables) > MOST_TABLES:
            _kept.tables.popitem(last=False)
        return table


def _brought_up(table: DeltaTable | None) -> DeltaTable | None:
    """Return a table after reading what was committed since; None where it is another one now."""
    if table is None:
        return None
    try:
        table.update_incremental()
    except DeltaError:
        return None
    return table
