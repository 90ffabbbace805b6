"""The events that arrived last: the newest files are asked first, and no file is asked twice.

A file of the lake never changes, so its newest rows that fit a filter are kept in memory. A page
that looks again every few seconds reads only the files that were added since.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any

import pyarrow as pa

from app.lake import engine
from app.lake.tables import Lake
from app.tracking import events

LATEST = 100
MOST_KEPT_ROWS = 20_000
FILES_AT_ONCE = 8
# The log of the lake tells when the newest row of a file arrived, cut to a millisecond.
_CUT = timedelta(milliseconds=1)
_ORDER = "received_at DESC, occurred_at DESC, message_id, part"


@dataclass(frozen=True)
class Filter:
    """Which events: what they count as, what they are called, from where, of whom, arrived when.

    `word` is either what they count as or are called. `ids` are those of a person, or an anonymous
    id. `without` leaves out what counts as these.
    """

    event: str = ""
    name: str = ""
    word: str = ""
    message_id: str = ""
    source_id: int | None = None
    ids: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    without: tuple[str, ...] = ()

    def sql(self) -> str:
        """Return the filter as a condition for the engine."""
        word, ids = engine.literal(self.word), _listed(self.ids)
        parts = [
            f"event = {engine.literal(self.event)}" if self.event else "",
            f"name = {engine.literal(self.name)}" if self.name else "",
            f"(event = {word} OR name = {word})" if self.word else "",
            f"message_id = {engine.literal(self.message_id)}" if self.message_id else "",
            f"source_id = {self.source_id:d}" if self.source_id is not None else "",
            f"(person_id IN ({ids}) OR anonymous_id IN ({ids}))" if self.ids else "",
            f"received_at >= {_moment(self.since)}" if self.since else "",
            f"received_at < {_moment(self.until)}" if self.until else "",
            f"event NOT IN ({_listed(self.without)})" if self.without else "",
        ]
        return " AND ".join(part for part in parts if part) or "TRUE"

    def may_be_in(self, newest: datetime) -> bool:
        """Tell whether a file may have such events, by when the newest of all its rows arrived."""
        return self.since is None or newest >= self.since


Row = dict[str, Any]
_kept: OrderedDict[tuple[str, Filter], list[Row]] = OrderedDict()
_reading = Lock()


def rows(lake: Lake, wanted: Filter, *, limit: int = LATEST) -> list[Row]:
    """Return the newest events that fit, the last to arrive first; at most LATEST."""
    found: list[Row] = []
    by_age = _by_age(lake)
    for start in range(0, len(by_age), FILES_AT_ONCE):
        files, newest = by_age[start : start + FILES_AT_ONCE], by_age[start][1]
        is_enough = len(found) >= limit and found[limit - 1]["received_at"] > newest
        if is_enough or not wanted.may_be_in(newest):
            break
        for each in _of_files([file for file, _newest in files], wanted):
            found += each
        found = sorted(found, key=_latest_first)[:LATEST]
    return found[:limit]


def _by_age(lake: Lake) -> list[tuple[str, datetime]]:
    """Return the files with when the newest row of each arrived, the newest file first."""
    table = lake.find(events.TABLE)
    if table is None:
        return []
    log = pa.table(table.get_add_actions(flatten=True))
    stated = log["max.received_at"].to_pylist() if "max.received_at" in log.column_names else []
    by_name = dict(zip(log["path"].to_pylist(), stated, strict=False))
    latest = datetime.max.replace(tzinfo=UTC)
    found = []
    for file in lake.files_of(table):
        moment = by_name.get(file.rsplit("/", 1)[-1])
        found.append((file, moment + _CUT if moment is not None else latest))
    return sorted(found, key=lambda each: each[1], reverse=True)


def _of_files(files: Sequence[str], wanted: Filter) -> list[list[Row]]:
    """Return the newest rows of each file that fit."""
    with _reading:
        missing = [file for file in files if (file, wanted) not in _kept]
        if missing:
            with engine.connection() as session:
                _kept.update({(file, wanted): _read(session, file, wanted) for file in missing})
        found = [_kept[file, wanted] for file in files]
        for file in files:
            _kept.move_to_end((file, wanted))
        while sum(map(len, _kept.values())) > MOST_KEPT_ROWS or len(_kept) > MOST_KEPT_ROWS:
            _kept.popitem(last=False)
    return found


def _read(session: engine.Session, file: str, wanted: Filter) -> list[Row]:
    found = session.sql(
        f"SELECT {', '.join(events.SCHEMA.names)} "
        f"FROM {engine.parquet([file])} WHERE {wanted.sql()} "
        f"ORDER BY {_ORDER} LIMIT {LATEST}"
    )
    rows: list[Row] = found.to_arrow_table().to_pylist()
    return rows


def _latest_first(row: Row) -> tuple[float, float, str, int]:
    return (
        -row["received_at"].timestamp(),
        -row["occurred_at"].timestamp(),
        row["message_id"],
        row["part"],
    )


def _listed(texts: Sequence[str]) -> str:
    return ", ".join(map(engine.literal, texts))


def _moment(value: datetime) -> str:
    return f"{engine.literal(value.isoformat())}::TIMESTAMPTZ"
