"""Rows of Interaction datasets among the events: how many by name and hour, and the newest.

Nobody sends them one by one, so they stand where they happened. They are counted by what they are
called, once for each file, as no file ever changes; what a name means is looked up when asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import reduce
from operator import and_
from threading import Lock
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from app import storage
from app.lake import engine, kept, logs
from app.schemas import queries as schemas
from app.schemas.models import Schema
from app.tracking import interactions, tallies
from app.tracking.interactions import Meanings
from app.tracking.newest import LATEST, Filter, Row
from app.tracking.tallies import KEPT_HOURS, Tally

MOST_KEPT_ANSWERS = 200
_FILE = "filename"
_EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class _Numbers:
    """How many rows there are by name, and by name and the recent hour they happened in."""

    names: pa.Table
    hours: pa.Table


@dataclass
class _Counted:
    """What was counted in the files of one dataset, read in one way."""

    read_by: object
    files: dict[str, _Numbers] = field(default_factory=dict)


_counted: dict[str, _Counted] = {}
_meant: dict[object, Tally] = {}
_answers: dict[object, list[Row]] = {}
_counting = Lock()


def tally(meanings: Meanings, *, now: datetime) -> Tally:
    """Return the numbers of all rows that count as events, by what their names mean at present."""
    found = interactions.list_schemas()
    key = (_state(found), _said(meanings))
    with _counting:
        if key not in _meant:
            numbers = [each for schema in found for each in _of_schema(schema, now)]
            _meant.clear()
            _meant[key] = _tally(numbers, meanings)
        return _meant[key]


def newest(wanted: Filter, meanings: Meanings, *, now: datetime) -> list[Row]:
    """Return the rows that fit and happened last, as events, each with its `dataset`.

    Those of the future come after all others.
    """
    found = interactions.list_schemas()
    key = (_state(found), _said(meanings), wanted, tallies.hour(now))
    if key not in _answers:
        rows = [row for schema in found for row in _newest_of(schema, wanted, meanings, now)]
        if len(_answers) >= MOST_KEPT_ANSWERS:
            _answers.clear()
        _answers[key] = sorted(rows, key=lambda row: moment(row, now), reverse=True)[:LATEST]
    by_id = {schema.id: schema for schema in found}
    return [{**row, "dataset": by_id[row["schema_id"]]} for row in _answers[key]]


def moment(row: Row, now: datetime) -> datetime:
    """Return what a row is sorted by: when it arrived; of a dataset, when it happened."""
    found: datetime = row["received_at"] or row["occurred_at"]
    return found if found <= now else _EARLIEST


def _state(found: Iterable[Schema]) -> tuple[object, ...]:
    lake = storage.lake()
    return tuple(
        (lake.address(each.table_name), kept.extent(lake, each.table_name)[0], _read_by(each))
        for each in found
    )


def _said(meanings: Meanings) -> frozenset[tuple[str, object]]:
    return frozenset(meanings.items())


def _read_by(schema: Schema) -> object:
    columns = tuple((each.id, each.name, each.role) for each in schema.columns)
    return schema.fixed_event, columns


def _of_schema(schema: Schema, now: datetime) -> list[_Numbers]:
    """Return the numbers of each file, after counting in those that came since."""
    lake = storage.lake()
    files, address = kept.extent(lake, schema.table_name)[0], lake.address(schema.table_name)
    held = _counted.get(address)
    if held is None or held.read_by != _read_by(schema):
        held = _Counted(_read_by(schema))
    known = {file: numbers for file, numbers in held.files.items() if file in set(files)}
    missing = [file for file in files if file not in known]
    if missing:
        known |= _counted_in(missing, schema, now - KEPT_HOURS)
    _counted[address] = _Counted(held.read_by, known)
    return list(known.values())


def _counted_in(files: Sequence[str], schema: Schema, since: datetime) -> dict[str, _Numbers]:
    columns = schemas.arrow_schema(schema.table_name).append(pa.field(_FILE, pa.string()))
    with engine.connection(storage.spill()) as session:
        rows = logs.of_files(session, files, columns, filename=True)
        read = rows.filter(interactions.is_event(rows, schema)).select(
            file=rows[_FILE],
            name=interactions.name_of(rows, schema),
            at=interactions.moment_of(rows, schema),
        )
        by_name = read.group_by(["file", "name"]).aggregate(number=read.count())
        recent = read.filter(read.at >= ibis.literal(since)).select(
            "file", "name", hour=(read.at.epoch_seconds() / 3600).floor().cast("int64")
        )
        by_hour = recent.group_by(["file", "name", "hour"]).aggregate(number=recent.count())
        names, hours = logs.frame(session, by_name), logs.frame(session, by_hour)
    return {file: _Numbers(_of_file(names, file), _of_file(hours, file)) for file in files}


def _of_file(table: pa.Table, file: str) -> pa.Table:
    return table.filter(pc.field("file") == file).drop_columns("file")


def _tally(numbers: Sequence[_Numbers], meanings: Meanings) -> Tally:
    names = [_with_meaning(each.names, meanings) for each in numbers]
    hours = [_with_meaning(each.hours, meanings) for each in numbers]
    return tallies.summed(names, hours)


def _with_meaning(table: pa.Table, meanings: Mapping[str, Any]) -> pa.Table:
    names = table["name"].to_pylist()
    events = [kind.value if (kind := meanings.get(name)) else name for name in names]
    kinds = pa.array([interactions.TYPE] * len(names), pa.string())
    told = table.append_column("event", pa.array(events, pa.string()))
    return told.append_column("type", kinds)


def _newest_of(schema: Schema, wanted: Filter, meanings: Meanings, now: datetime) -> list[Row]:
    files = kept.extent(storage.lake(), schema.table_name)[0]
    if not files or wanted.source_id is not None:
        return []
    columns = schemas.arrow_schema(schema.table_name)
    with engine.connection(storage.spill()) as session:
        rows = logs.of_files(session, files, columns)
        at = interactions.moment_of(rows, schema)
        found: list[Row] = []
        fits = rows.filter(_fits(rows, schema, wanted, meanings))
        # In an order by the column alone, most of a file is passed over.
        for some in (at <= ibis.literal(now), at > ibis.literal(now)):
            # Cut off before they are read as events: to write the properties of all takes long.
            few = fits.filter(some).order_by(at.desc()).limit(LATEST - len(found))
            events = interactions.as_events(few, schema, session, meanings)
            found += logs.frame(session, events).to_pylist() if len(found) < LATEST else []
    return [{**row, "schema_id": schema.id} for row in found]


def _fits(rows: Any, schema: Schema, wanted: Filter, meanings: Meanings) -> Any:
    name, at = interactions.name_of(rows, schema), interactions.moment_of(rows, schema)
    asked = [interactions.is_event(rows, schema)]
    if wanted.event:
        asked.append(name.isin(_names_of([wanted.event], meanings)))
    if wanted.name:
        asked.append(name == wanted.name)
    if wanted.without:
        asked.append(~name.isin(_names_of(wanted.without, meanings)))
    if wanted.since:
        asked.append(at >= ibis.literal(wanted.since))
    if wanted.until:
        asked.append(at < ibis.literal(wanted.until))
    return reduce(and_, asked)


def _names_of(events: Sequence[str], meanings: Meanings) -> list[str]:
    """Return what is called so that it counts as one of these events."""
    own = [each for each in events if meanings.get(each) is None]
    return own + [name for name, kind in meanings.items() if kind and kind.value in events]
