"""What a flush finds in the inbox: events for their table, who was identified, what is refused."""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import pyarrow as pa

from app.suppressions.suppressed import NOBODY, Suppressed
from app.tracking import bodies, events, names
from app.tracking.bodies import BodyInvalid, Refusal
from app.tracking.inbox import Arrival
from app.tracking.messages import Message, MessageType
from app.tracking.names import EventKind

log = logging.getLogger(__name__)

LONGEST_RAW = 2_000


class Entry(NamedTuple):
    """One request's body, with what is known of it beside."""

    source_id: int
    received_at: datetime
    kind: MessageType | None
    body: bytes


class Identification(NamedTuple):
    """A message that says who an anonymous id is."""

    source_id: int
    message: Message


@dataclass
class Batch:
    """The messages of some entries."""

    events: pa.Table
    identifications: list[Identification] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    last_heard: dict[int, datetime] = field(default_factory=dict)


def read(
    entries: Iterable[Entry],
    meaning: Mapping[str, EventKind | None],
    suppressed: Suppressed = NOBODY,
) -> Batch:
    """Return what the entries say; what was vouched for and is none after all is refused now.

    Messages of people who are suppressed are left out, and of several with one id all but the
    first: neither its events nor whom it identifies are mixed with another's.
    """
    batch, columns = Batch(events.SCHEMA.empty_table()), events.Columns()
    known: set[tuple[int, str]] = set()
    for entry in entries:
        batch.last_heard[entry.source_id] = entry.received_at
        for each in _checked(entry):
            if isinstance(each, Refusal):
                is_theirs = suppressed.refuses_raw(each.raw)
                batch.refused.append(refused_row(entry, each) | ({"raw": ""} if is_theirs else {}))
                continue
            own = (entry.source_id, each.message_id)
            if own in known or (suppressed and suppressed.refuses(each)):
                continue
            known.add(own)
            if _identifies(each, meaning):
                batch.identifications.append(Identification(entry.source_id, each))
            if (refusal := _added(columns, entry, each, meaning)) is not None:
                batch.refused.append(refused_row(entry, refusal))
    batch.events = columns.table()
    return batch


def as_sent(raw: str) -> Any:
    """Return a refused message as it was sent; nothing where it was cut off."""
    try:
        return json.loads(raw)
    except ValueError:
        return None


def _checked(entry: Entry) -> Iterable[Message | Refusal]:
    try:
        document = bodies.read(entry.body, entry.kind)
        return list(bodies.checked(document, entry.kind, entry.received_at))
    except BodyInvalid as failure:
        # It was read when it came; a later version may be stricter.
        log.warning("inbox.unreadable", extra={"source_id": entry.source_id})
        return [Refusal(str(failure), entry.body.decode(errors="replace"))]


def _added(
    columns: events.Columns, entry: Entry, message: Message, meaning: Mapping[str, EventKind | None]
) -> Refusal | None:
    """Add what a message means; where that fails, it must not keep all others waiting."""
    try:
        for meant in names.meanings(message, meaning):
            columns.add(entry.source_id, entry.received_at, message, meant)
    except Exception:
        log.exception("message.unstorable", extra={"source_id": entry.source_id})
        return Refusal("It cannot be stored, by a fault of ours that is logged.", message.to_dict())
    return None


def _identifies(message: Message, meaning: Mapping[str, EventKind | None]) -> bool:
    if message.type in {MessageType.IDENTIFY, MessageType.ALIAS}:
        return True
    return message.type is MessageType.TRACK and meaning.get(message.name) in names.SIGNING_IN


def refused_row(of: Entry | Arrival, refusal: Refusal) -> dict[str, Any]:
    """Return what is kept of a refused message, as values of its row."""
    return {
        "source_id": of.source_id,
        "received_at": of.received_at,
        "reason": refusal.reason,
        "raw": refusal.raw_text(LONGEST_RAW),
    }
