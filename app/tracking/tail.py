"""The messages that came last: stored, waiting or refused, each to be opened."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

from app.tracking import bodies, names, redaction
from app.tracking.bodies import BodyInvalid
from app.tracking.messages import Message, MessageType
from app.tracking.names import EventKind

SHOWN = 50


class State(StrEnum):
    """Where a message is."""

    STORED = "stored"
    WAITING = "waiting"
    REFUSED = "refused"

    @property
    def tone(self) -> str:
        """How a badge of it looks."""
        return {"stored": "good", "waiting": "info", "refused": "bad"}[self.value]


@dataclass(frozen=True)
class Wanted:
    """Which messages: by name or meaning, by source, of one person or visitor, refused or all."""

    word: str = ""
    source_id: int | None = None
    ids: tuple[str, ...] = ()
    only_refused: bool = False

    def fits(self, entry: "Entry") -> bool:
        """Tell whether a message is one of these."""
        if self.source_id is not None and entry.source_id != self.source_id:
            return False
        if self.word and self.word not in {entry.name, entry.event}:
            return False
        return not self.ids or not {entry.person_id, entry.anonymous_id}.isdisjoint(self.ids)


@dataclass(frozen=True)
class Entry:
    """One message: what came, when, from where, of whom; `place` finds it again."""

    state: State
    source_id: int
    received_at: datetime
    name: str
    content: Mapping[str, Any] | str
    place: Mapping[str, str | int]
    event: str = ""
    person_id: str | None = None
    anonymous_id: str | None = None
    message_id: str = ""
    reason: str = ""
    values: Any = field(default=None)

    @property
    def page(self) -> str:
        """The address of the page it was sent from, without what may be personal in it."""
        url = self.values.get("url") if isinstance(self.values, dict) else None
        return str(redaction.redacted(url))[:200] if isinstance(url, str) else ""

    def text(self, *, shows_values: bool) -> str:
        """Return what it brought, in a line."""
        return _json(self.values if self.values is not None else self.content, shows_values)

    def whole(self, *, shows_values: bool) -> str:
        """Return the whole message as JSON to be read."""
        if shows_values or isinstance(self.content, str) or "name" not in self.content:
            return _json(self.content, shows_values, indent=2)
        # What it is called is no person's name, whatever the key is.
        named = {"name": redaction.redacted(self.name)}
        return _json({**redaction.redacted(self.content), **named}, True, indent=2)


def _json(content: Any, shows_values: bool, indent: int | None = None) -> str:
    if isinstance(content, str):
        content = _read(content) if shows_values else _read(redaction.redacted_text(content))
        if isinstance(content, str):
            return content
    elif not shows_values:
        content = redaction.redacted(content)
    # What was refused may have halves of signs, which no page can be written with.
    return bodies.printable(json.dumps(content, ensure_ascii=False, indent=indent, default=str))


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def stored(rows: Sequence[Mapping[str, Any]]) -> list[Entry]:
    """Return the messages that rows of the events table came with."""
    by_message = groupby(rows, key=lambda row: (row["source_id"], row["message_id"]))
    return [_stored(list(group)) for _key, group in by_message]


def _stored(rows: Sequence[Mapping[str, Any]]) -> Entry:
    first, parts = rows[0], [_read(row["properties"]) for row in rows]
    return Entry(
        state=State.STORED,
        source_id=first["source_id"],
        received_at=first["received_at"],
        name=first["name"],
        event=first["event"],
        person_id=first["person_id"],
        anonymous_id=first["anonymous_id"],
        message_id=first["message_id"],
        content={
            **{name: first[name] for name in ("type", "name", "message_id", "person_id")},
            **{name: first[name] for name in ("anonymous_id", "occurred_at", "received_at")},
            "events": [
                {"counts_as": row["event"], "amount": row["amount"], "properties": properties}
                for row, properties in zip(rows, parts, strict=True)
            ],
        },
        values=parts[0],
        place=_place(first),
    )


def _place(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what finds a stored message again."""
    received_at = row["received_at"].isoformat()
    return {"source": row["source_id"], "id": row["message_id"], "at": received_at}


def waiting(
    entries: Iterable[Any], meaning: Mapping[str, EventKind | None], wanted: Wanted
) -> Iterator[Entry]:
    """Yield the messages of entries of the inbox that fit."""
    for entry in entries:
        for number, message in enumerate(_messages(entry.body, entry.kind, entry.received_at)):
            found = _waiting(entry, number, message, meaning)
            if wanted.fits(found):
                yield found


def _messages(body: bytes, kind: MessageType | None, received_at: datetime) -> list[Message]:
    try:
        found = bodies.checked(bodies.read(body, kind), kind, received_at)
        return [each for each in found if isinstance(each, Message)]
    except BodyInvalid:
        return []


def _waiting(
    entry: Any, number: int, message: Message, meaning: Mapping[str, EventKind | None]
) -> Entry:
    return Entry(
        state=State.WAITING,
        source_id=entry.source_id,
        received_at=entry.received_at,
        name=message.name,
        event=next(names.meanings(message, meaning)).event,
        person_id=message.person_id,
        anonymous_id=message.anonymous_id,
        message_id=message.message_id,
        content=message.to_dict(),
        values=message.properties,
        place={
            "waiting": entry.id,
            "number": number,
            "source": entry.source_id,
            "id": message.message_id,
        },
    )


def _type_of(known: dict[str, Any]) -> str:
    """Return what to call a message without a name, so that there is something to open it by."""
    kind = known.get("type")
    return kind if isinstance(kind, str) and kind.strip() else "message"


def refused(row: Any) -> Entry:
    """Return a message that was refused, as far as it was kept."""
    raw = _read(row.raw)
    known = raw if isinstance(raw, dict) else {}
    name, person, anonymous = (known.get(key) for key in ("event", "userId", "anonymousId"))
    return Entry(
        state=State.REFUSED,
        source_id=row.source_id,
        received_at=row.received_at,
        name=_text(name if isinstance(name, str) and name.strip() else _type_of(known)),
        person_id=None if person is None else _text(person),
        anonymous_id=None if anonymous is None else _text(anonymous),
        content=row.raw,
        reason=row.reason,
        place={"refused": row.id},
    )


def _text(value: object) -> str:
    return bodies.printable(str(value))
