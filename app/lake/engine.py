"""DuckDB in this process: bounded memory, spills to disk, loads nothing from outside."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

MEMORY_LIMIT = "1GB"
# A worker that may spill needs no more to be as fast; a run's memory is this and what Python takes.
SPILLING_LIMIT = "350MB"
# Files of so many bytes spill under either limit: the lower one costs no time and saves memory.
MUCH = 100_000_000
MUCH_LIMIT = "300MB"
Session = duckdb.DuckDBPyConnection


@contextmanager
def connection(
    spill: Path | None = None, *, reads: Path | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection of its own, closed at the end of the block.

    Without a folder to spill to nothing is written: DuckDB would else use the working directory.
    With the file that is read, one of many bytes is held to less memory.
    """
    limit = MEMORY_LIMIT if spill is None else spilling_limit(reads)
    session = opened(limit, spill)
    try:
        yield session
    finally:
        session.close()


def opened(memory_limit: str, spill: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Return a new connection, which the caller closes."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        "threads": max(1, (os.cpu_count() or 2)),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": False,
        "temp_directory": str(spill) if spill is not None else "",
    }
    if spill is not None:
        # DuckDB makes the folder itself, but none that it is in.
        spill.parent.mkdir(parents=True, exist_ok=True)
    session = duckdb.connect(":memory:", config=settings)
    session.execute("SET TimeZone = 'UTC'")
    return session


def spilling_limit(reads: Path | None) -> str:
    """Return how much memory a session that reads this file has, if it may spill."""
    is_much = reads is not None and reads.stat().st_size > MUCH
    return MUCH_LIMIT if is_much else SPILLING_LIMIT


def identifier(name: str) -> str:
    """Return a name quoted for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text quoted for SQL."""
    return "'" + text.replace("'", "''") + "'"


def parquet(files: Sequence[str], *options: str) -> str:
    """Return the SQL that reads these Parquet files as one relation."""
    listed = ", ".join(literal(file) for file in files)
    asked = "".join(f", {option}" for option in options)
    return f"read_parquet([{listed}], union_by_name=true{asked})"


def uniform(files: Sequence[str]) -> str:
    """Return the SQL that reads files of the same columns: their ends need not be compared."""
    return f"read_parquet([{', '.join(literal(file) for file in files)}])"
