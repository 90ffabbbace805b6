"""The table of events: its columns, and the rows that messages become."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from app.lake import logs
from app.lake.compacting import Layout
from app.lake.tables import Lake
from app.tracking import names
from app.tracking.messages import Message
from app.tracking.names import AMOUNT_PLACES

TABLE = "tracking/events"
KEY = ("source_id", "message_id", "part")
# Within a file, so that what is read of one person is one group of it.
LAYOUT = Layout(("person_id", "anonymous_id", "occurred_at"), rows_a_group=logs.ROWS_A_GROUP)
_FLUSH = "flush"
# A message sent again within this time of the first is the same message.
KEPT_ONCE = timedelta(days=7)
_MOMENT = pa.timestamp("us", tz="UTC")
SCHEMA = pa.schema(
    [
        ("source_id", pa.int64()),
        ("message_id", pa.string()),
        ("part", pa.int32()),
        ("type", pa.string()),
        ("event", pa.string()),
        ("name", pa.string()),
        ("person_id", pa.string()),
        ("anonymous_id", pa.string()),
        ("occurred_at", _MOMENT),
        ("received_at", _MOMENT),
        ("amount", pa.decimal128(38, AMOUNT_PLACES)),
        ("properties", pa.string()),
    ]
)


class Columns:
    """Events, column by column, until they are a table."""

    def __init__(self) -> None:
        self._values: dict[str, list[Any]] = {name: [] for name in SCHEMA.names}
        self._adders = [values.append for values in self._values.values()]

    def add(
        self, source_id: int, received_at: datetime, message: Message, meaning: names.Meaning
    ) -> None:
        """Add one event of a message."""
        row = (
            source_id,
            message.message_id,
            meaning.part,
            message.type,
            meaning.event,
            message.name,
            message.person_id,
            message.anonymous_id,
            message.occurred_at,
            received_at,
            None if meaning.amount is None else round(meaning.amount, AMOUNT_PLACES),
            as_json(meaning.properties),
        )
        for add, value in zip(self._adders, row, strict=True):
            add(value)

    def table(self) -> pa.Table:
        """Return the events."""
        return pa.Table.from_pydict(self._values, schema=SCHEMA)


def as_json(properties: Mapping[str, Any]) -> str:
    """Return properties as text that every reader of JSON reads: what is written 1e999 is null."""
    return msgspec.json.encode(properties).decode()


def last_flush(lake: Lake) -> int:
    """Return the number of the last flush that is in the table, or 0."""
    return logs.counter(lake, TABLE, _FLUSH)


def append_unseen(lake: Lake, rows: pa.Table, flush: int) -> pa.Table:
    """Add the events that were not received before, as this flush, and return them.

    The caller holds the table's writer lock. What belongs to one person lies together.
    """
    if not rows.num_rows:
        return rows
    since = pc.min(rows["received_at"]).as_py() - KEPT_ONCE
    fresh = _whole(logs.unseen(lake, TABLE, rows, KEY, newer_than="received_at", since=since))
    if fresh.num_rows:
        logs.append(
            lake,
            TABLE,
            _by_person(fresh),
            counters={_FLUSH: flush},
            rows_a_group=LAYOUT.rows_a_group,
        )
    return fresh


def _whole(fresh: pa.Table) -> pa.Table:
    """Return the events without those of messages whose first is known.

    A message that comes again may mean more events than it did: its name was given a meaning since,
    or its sender changed it. It is the same message all the same.
    """
    own = KEY[:2]
    firsts = fresh.filter(pc.equal(fresh["part"], 0)).select(list(own))
    if len(firsts) == len(fresh):
        return fresh
    return fresh.join(firsts, list(own), join_type="left semi")


def _by_person(table: pa.Table) -> pa.Table:
    return table.sort_by([(name, "ascending") for name in LAYOUT.order])
