"""How many events there are by name and hour, counted once for each file of their table.

A file of the lake never changes, so what was counted in it holds for as long as it is there. A page
that asks counts only what was added since, however many events there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

import pyarrow as pa
import pyarrow.compute as pc

from app.lake import engine
from app.lake.tables import Lake
from app.tracking import events
from app.tracking.interactions import TYPE
from app.tracking.newest import Filter

# Charts look back thirty days; the hours before are not counted apart.
KEPT_HOURS = timedelta(days=31)
_NAMES = pa.schema(
    [("type", pa.string()), ("name", pa.string()), ("event", pa.string()), ("number", pa.int64())]
)
_HOURS = pa.schema([("event", pa.string()), ("hour", pa.int64()), ("number", pa.int64())])
_HOUR = "floor(epoch(received_at) / 3600)::BIGINT"


@dataclass(frozen=True)
class Tally:
    """Numbers of events: by type, name and meaning; and by meaning and the hour they arrived.

    An hour is counted from the beginning of 1970.
    """

    names: pa.Table
    hours: pa.Table


_counted: dict[str, Tally] = {}
_summed_up: dict[tuple[str, ...], Tally] = {}
_counting = Lock()


def of_table(lake: Lake, *, now: datetime) -> Tally:
    """Return the numbers of all events that are stored."""
    files = tuple(lake.files(events.TABLE))
    with _counting:
        if files not in _summed_up:
            _summed_up.clear()
            _summed_up[files] = _of_files(files, now)
        return _summed_up[files]


def summed(names: Sequence[pa.Table], hours: Sequence[pa.Table]) -> Tally:
    """Return the numbers of several parts together."""
    return Tally(names=_summed(names, _NAMES), hours=_summed(hours, _HOURS))


def together(one: Tally, other: Tally) -> Tally:
    """Return the numbers of both."""
    return summed([one.names, other.names], [one.hours, other.hours])


def by_event(tally: Tally) -> list[tuple[str, int]]:
    """Return how often each event came, the most frequent first."""
    return _ranked(tally.names, "event")


def by_hour(tally: Tally, *, since: datetime, hours: int) -> dict[tuple[str, int], int]:
    """Return how often each event came in each so many hours from then on, counted from 0."""
    first = hour(since)
    recent = tally.hours.filter(pc.field("hour") >= first)
    places = pc.divide(pc.subtract(recent["hour"], first), hours)
    grouped = (
        recent.append_column("place", places)
        .group_by(["event", "place"])
        .aggregate([("number", "sum")])
        .to_pylist()
    )
    return {(row["event"], row["place"]): row["number_sum"] for row in grouped}


def by_name(tally: Tally) -> dict[str, int]:
    """Return how many events came with each name that senders use."""
    return dict(_ranked(tally.names, "name"))


def tracked_names(tally: Tally) -> list[tuple[str, int]]:
    """Return the names of track messages and of rows of datasets, the most frequent first."""
    return _ranked(tally.names.filter(pc.field("type").isin(["track", TYPE])), "name")


def matching(tally: Tally, wanted: Filter) -> int:
    """Return how many events fit a filter by event, name, what is left out and whole hours."""
    table = tally.hours if wanted.since or wanted.until else tally.names
    fits = pc.scalar(True)
    if wanted.event:
        fits &= pc.field("event") == wanted.event
    if wanted.name:
        fits &= pc.field("name") == wanted.name
    if wanted.without:
        fits &= ~pc.field("event").isin(wanted.without)
    if wanted.since:
        fits &= pc.field("hour") >= hour(wanted.since)
    if wanted.until:
        fits &= pc.field("hour") < hour(wanted.until)
    return int(pc.sum(table.filter(fits)["number"]).as_py() or 0)


def hour(moment: datetime) -> int:
    """Return the hour of a moment, counted from the beginning of 1970."""
    return int(moment.timestamp()) // 3600


def _ranked(table: pa.Table, column: str) -> list[tuple[str, int]]:
    grouped = table.group_by(column).aggregate([("number", "sum")])
    pairs = zip(grouped[column].to_pylist(), grouped["number_sum"].to_pylist(), strict=True)
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def _of_files(files: Sequence[str], now: datetime) -> Tally:
    _forget_others(files)
    missing = [file for file in files if file not in _counted]
    if missing:
        _counted.update(_tallies(missing, since=now - KEPT_HOURS))
    found = [_counted[file] for file in files]
    return summed([tally.names for tally in found], [tally.hours for tally in found])


def _forget_others(files: Sequence[str]) -> None:
    """Keep nothing of files that the table no longer has, since others took their place."""
    present = set(files)
    for file in [file for file in _counted if file not in present]:
        del _counted[file]


def _tallies(files: Sequence[str], *, since: datetime) -> dict[str, Tally]:
    read = engine.parquet(files, "filename=true")
    recent = f"received_at >= {engine.literal(since.isoformat())}::TIMESTAMPTZ"
    with engine.connection() as session:
        names = session.sql(
            f"SELECT filename, type, name, event, count(*) AS number FROM {read} GROUP BY ALL"
        ).to_arrow_table()
        hours = session.sql(
            f"SELECT filename, event, {_HOUR} AS hour, count(*) AS number "
            f"FROM {read} WHERE {recent} GROUP BY ALL"
        ).to_arrow_table()
    return {file: Tally(_of(names, file, _NAMES), _of(hours, file, _HOURS)) for file in files}


def _of(table: pa.Table, file: str, schema: pa.Schema) -> pa.Table:
    return table.filter(pc.field("filename") == file).select(schema.names).cast(schema)


def _summed(tables: Sequence[pa.Table], schema: pa.Schema) -> pa.Table:
    if not tables:
        return schema.empty_table()
    keys = [name for name in schema.names if name != "number"]
    whole = pa.concat_tables(each.select(schema.names) for each in tables)
    grouped = whole.group_by(keys).aggregate([("number", "sum")])
    return grouped.rename_columns([*keys, "number"]).cast(schema)
