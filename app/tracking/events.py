"""The table of events: its columns, and the rows that messages become."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from app.lake import logs
from app.lake.tables import Lake
from app.tracking import names
from app.tracking.messages import Message
from app.tracking.names import AMOUNT_PLACES, EventKind

TABLE = "tracking/events"
KEY = ("source_id", "message_id", "part")
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


def rows(
    messages: Iterable[tuple[int, datetime, Message]], meaning: Mapping[str, EventKind | None]
) -> pa.Table:
    """Return the events of messages, each with the id of its source and when it arrived."""
    found = [
        _row(source_id, received_at, message, each)
        for source_id, received_at, message in messages
        for each in names.meanings(message, meaning)
    ]
    return pa.Table.from_pylist(found, schema=SCHEMA)


def append_unseen(lake: Lake, rows: pa.Table) -> int:
    """Add the events that were not received before and return how many those are.

    The caller holds the table's writer lock. What belongs to one person lies together.
    """
    if not rows.num_rows:
        return 0
    since = pc.min(rows["received_at"]).as_py() - KEPT_ONCE
    fresh = logs.unseen(lake, TABLE, rows, KEY, newer_than="received_at", since=since)
    if fresh.num_rows:
        logs.append(lake, TABLE, _by_person(fresh))
    return int(fresh.num_rows)


def _row(
    source_id: int, received_at: datetime, message: Message, meaning: names.Meaning
) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "message_id": message.message_id,
        "part": meaning.part,
        "type": message.type.value,
        "event": meaning.event,
        "name": message.name,
        "person_id": message.person_id,
        "anonymous_id": message.anonymous_id,
        "occurred_at": message.occurred_at,
        "received_at": received_at,
        "amount": None if meaning.amount is None else round(meaning.amount, AMOUNT_PLACES),
        "properties": json.dumps(meaning.properties, ensure_ascii=False),
    }


def _by_person(table: pa.Table) -> pa.Table:
    whose = pc.coalesce(table["person_id"], table["anonymous_id"])
    order = pc.sort_indices(
        pa.table({"whose": whose, "at": table["occurred_at"]}),
        sort_keys=[("whose", "ascending"), ("at", "ascending")],
    )
    return table.take(order)
