"""What Delta's log is told of files that we wrote: which are added, which are gone."""

import json
import os
import time
from pathlib import Path

from deltalake.transaction import AddAction, RemoveAction


def addition(file: Path, row_count: int, *, is_change: bool = True) -> AddAction:
    """Return that a file in the table's folder is part of it; the file outlives a power cut."""
    _force_to_disk(file)
    stats = json.dumps({"numRecords": row_count})
    return AddAction(file.name, file.stat().st_size, {}, _now(), is_change, stats)


def removal(address: str, file: str, *, is_change: bool = True) -> RemoveAction:
    """Return that a file of the table at this address is no longer part of it."""
    return RemoveAction(file.removeprefix(f"{address}/"), is_change, _now())


def _now() -> int:
    """Return the time in milliseconds, as Delta's log has it."""
    return int(time.time() * 1000)


def _force_to_disk(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
