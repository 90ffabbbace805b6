"""What runs did to one row of a dataset, told by their journals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.lake import engine, journal
from app.lake.buckets import Bucket
from app.lake.engine import identifier as quoted
from app.lake.journal import BUCKET, FILE, RUN, WAS, Entry
from app.lake.staging import LINE


@dataclass(frozen=True)
class Change:
    """What one run did to the row."""

    run: int
    entry: Entry


@dataclass(frozen=True)
class CellOrigin:
    """Where a value came from: the run that put it there, the run and line it is of, what was
    there before. None where no journal says so."""

    run: int | None
    of_run: int | None
    line: int | None
    before: Any


def changes(journals: Mapping[int, Path], row: Mapping[str, Any]) -> list[Change]:
    """Return what runs did to a row, the newest first.

    `journals` are those to look at, by run; `row` has the value of each column that tells the row
    from others.
    """
    if not journals:
        return []
    runs = {str(path): run for run, path in journals.items()}
    is_row = " OR ".join(
        " AND ".join(f"{quoted(prefix + name)} = ?" for name in row) for prefix in ("", WAS)
    )
    with engine.connection() as session:
        rows = session.sql(
            f"SELECT * EXCLUDE ({FILE}) FROM {engine.parquet(list(runs), 'filename=true')} "
            f"WHERE {BUCKET} IN ('added', 'changed', 'removed') AND ({is_row})",
            params=[*row.values(), *row.values()],
        )
        found = rows.to_arrow_table().to_pylist()
    told = [Change(runs[each.pop("filename")], journal.entry_of(each)) for each in found]
    return sorted(told, key=lambda change: -change.run)


def origins(told: Sequence[Change], row: Mapping[str, Any]) -> dict[str, CellOrigin]:
    """Return where each value of a row comes from, given what runs did to it, the newest first."""
    return {name: _origin(told, name, row) for name in row if name not in {RUN, LINE}}


def _origin(told: Sequence[Change], name: str, row: Mapping[str, Any]) -> CellOrigin:
    for change in told:
        after, before = change.entry.after, change.entry.before
        is_new = change.entry.bucket is Bucket.ADDED
        if is_new or after.get(name) != before.get(name):
            was = None if is_new else before.get(name)
            return CellOrigin(change.run, after[RUN], after[LINE], was)
    # Older than any journal that is kept: what the row itself says is all that is known.
    return CellOrigin(None, row.get(RUN), row.get(LINE), None)
