"""What runs did to one row of a dataset, told by their journals."""

from collections.abc import Container, Iterator, Mapping, Sequence
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
    there before. None where that is not on record."""

    run: int | None
    of_run: int | None
    line: int | None
    before: Any


_NOT_ON_RECORD = CellOrigin(None, None, None, None)


def changes(journals: Mapping[int, Path], row: Mapping[str, Any]) -> list[Change]:
    """Return what runs did to a row, in the order of the journals.

    `journals` are those to look at, by run, the newest first; `row` has the value of each column
    that tells the row from others.
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
    order = {run: place for place, run in enumerate(journals)}
    return sorted(told, key=lambda change: order[change.run])


def origins(
    told: Sequence[Change], row: Mapping[str, Any], only_added: Container[int]
) -> dict[str, CellOrigin]:
    """Return where each value of a row comes from, given what runs did to it, the newest first.

    `only_added` are runs that changed no row: one of theirs has all its values of them. Of another
    run nobody knows which values it wrote, once its journal is gone.
    """
    known = list(_unbroken(told, row))
    before = known[-1].entry.before if known else row
    is_whole = before[RUN] in only_added
    oldest = CellOrigin(None, before[RUN], before[LINE], None) if is_whole else _NOT_ON_RECORD
    return {name: _origin(known, name) or oldest for name in row if name not in {RUN, LINE}}


def _unbroken(told: Sequence[Change], row: Mapping[str, Any]) -> Iterator[Change]:
    """Yield changes from the newest on, up to where one between is no longer on record."""
    state = row
    for change in told:
        if any(change.entry.after[name] != state[name] for name in (RUN, LINE)):
            return
        yield change
        state = change.entry.before


def _origin(known: Sequence[Change], name: str) -> CellOrigin | None:
    for change in known:
        after, before = change.entry.after, change.entry.before
        is_new = change.entry.bucket is Bucket.ADDED
        if is_new or after.get(name) != before.get(name):
            was = None if is_new else before.get(name)
            return CellOrigin(change.run, after[RUN], after[LINE], was)
    return None
