"""Messages of the collector's routes, checked one by one; as Segment and RudderStack write them."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import uuid4

import msgspec

LARGEST_MESSAGE_BYTES = 32 * 1024
LONGEST_ID = 200
# Whoever reads properties follows them level by level.
MOST_LEVELS = 64
TOO_DEEP = "\0nested too deep"
# A sender's clock this far off is wrong; less is the time a message is on its way.
TRUSTED_SKEW = timedelta(seconds=5)
_CONSENT = frozenset({"consent", "consentManagement"})
DEEP_SENTENCE = f"The message is nested deeper than {MOST_LEVELS} levels."


class MessageType(StrEnum):
    """What a message tells."""

    TRACK = "track"
    IDENTIFY = "identify"
    PAGE = "page"
    SCREEN = "screen"
    GROUP = "group"
    ALIAS = "alias"


class MessageInvalid(Exception):
    """A message cannot be taken in; the sentence says why."""


class Message(msgspec.Struct, frozen=True, gc=False):
    """One message, checked: who did what, when, with what properties.

    `name` is the event's name; for all but track it is the type's. An alias has a `previous_id`.
    """

    type: MessageType
    message_id: str
    name: str
    occurred_at: datetime
    person_id: str | None
    anonymous_id: str | None
    previous_id: str | None
    properties: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Return the message as JSON can hold it."""
        return {**msgspec.structs.asdict(self), "occurred_at": self.occurred_at.isoformat()}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Message":
        """Return the message that `to_dict` was made of."""
        return cls(
            **{
                **values,
                "type": MessageType(values["type"]),
                "occurred_at": datetime.fromisoformat(values["occurred_at"]),
            }
        )


def parsed(
    raw: Any, *, kind: MessageType | None, received_at: datetime, sent_at: object = None
) -> Message:
    """Return the message; raise MessageInvalid.

    `kind` is the route's, where it has one. `sent_at` is the batch's, for messages without theirs.
    """
    if not isinstance(raw, dict):
        raise MessageInvalid(
            DEEP_SENTENCE if raw == TOO_DEEP else "A message must be a JSON object."
        )
    _check_size(raw)
    type_ = kind or _type(raw.get("type"))
    person, anonymous = _id(raw, "userId"), _id(raw, "anonymousId")
    previous = _id(raw, "previousId") if type_ is MessageType.ALIAS else None
    if person is None and anonymous is None:
        raise MessageInvalid("A message needs a userId or an anonymousId.")
    if type_ is MessageType.ALIAS and (person is None or previous is None):
        raise MessageInvalid("An alias needs a previousId and a userId.")
    return Message(
        type=type_,
        message_id=_id(raw, "messageId") or f"headwater-{uuid4()}",
        name=_name(type_, raw),
        occurred_at=_occurred_at(raw, received_at, raw.get("sentAt", sent_at)),
        person_id=person,
        anonymous_id=anonymous,
        previous_id=previous,
        properties=_properties(type_, raw),
    )


def _check_size(raw: dict[str, Any]) -> None:
    try:
        text = msgspec.json.encode(raw)
    except RecursionError as failure:
        raise MessageInvalid(DEEP_SENTENCE) from failure
    except UnicodeEncodeError as failure:
        raise MessageInvalid("A text in the message is not valid Unicode.") from failure
    if len(text) > LARGEST_MESSAGE_BYTES:
        raise MessageInvalid(
            f"The message has {len(text)} bytes; at most {LARGEST_MESSAGE_BYTES} are taken."
        )
    # Few brackets cannot be nested deeply; to count them is quicker than to follow them.
    if text.count(b"{") + text.count(b"[") > MOST_LEVELS and _is_deep(raw):
        raise MessageInvalid(DEEP_SENTENCE)


def _is_deep(raw: Any) -> bool:
    """Tell whether values are nested deeper than allowed, without following them by calls."""
    level, depth = [raw], 0
    while level:
        depth += 1
        if depth > MOST_LEVELS:
            return True
        level = [
            inner
            for value in level
            for inner in (value.values() if isinstance(value, dict) else value)
            if isinstance(inner, dict | list)
        ]
    return False


def _type(value: object) -> MessageType:
    try:
        return MessageType(value)  # type: ignore[arg-type]  # whatever was sent
    except ValueError as failure:
        listed = ", ".join(MessageType)
        raise MessageInvalid(f"The type of a message must be one of {listed}.") from failure


def _id(raw: Mapping[str, Any], name: str) -> str | None:
    """Return an id as text; clients send numbers too."""
    value = raw.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise MessageInvalid(f"{name} must be text or a whole number.")
    text = _digits(value) if isinstance(value, int) else value.strip()
    if not text or len(text) > LONGEST_ID or "\0" in text:
        raise MessageInvalid(f"{name} must have 1 to {LONGEST_ID} signs.")
    return text


def _digits(number: int) -> str:
    # Python writes no number of more than 4300 digits.
    return str(number) if abs(number) < 10**LONGEST_ID else ""


def _name(kind: MessageType, raw: Mapping[str, Any]) -> str:
    if kind is not MessageType.TRACK:
        return kind.value
    name = raw.get("event")
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_ID or "\0" in name:
        raise MessageInvalid(f"A track message needs an event of 1 to {LONGEST_ID} signs.")
    return name.strip()


def _properties(kind: MessageType, raw: Mapping[str, Any]) -> dict[str, Any]:
    is_about_someone = kind in {MessageType.IDENTIFY, MessageType.GROUP}
    given = raw.get("traits" if is_about_someone else "properties")
    if given is not None and not isinstance(given, dict):
        raise MessageInvalid("properties and traits must be objects.")
    named = (
        {"name": raw["name"]}
        if kind in {MessageType.PAGE, MessageType.SCREEN} and raw.get("name")
        else {}
    )
    group = {"groupId": raw["groupId"]} if kind is MessageType.GROUP and "groupId" in raw else {}
    previous = {"previousId": raw["previousId"]} if kind is MessageType.ALIAS else {}
    return {**named, **group, **previous, **_consent(raw), **(given or {})}


def _consent(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an SDK says beside a message of consent, by purpose; the rest is not kept."""
    context = raw.get("context")
    if not isinstance(context, dict) or _CONSENT.isdisjoint(context):
        return {}
    # Segment's SDKs name each purpose with yes or no, RudderStack's list those of either kind.
    purposes = _inner(context, "consent").get("categoryPreferences")
    if not isinstance(purposes, dict):
        listed = _inner(context, "consentManagement")
        purposes = {
            **dict.fromkeys(_texts(listed.get("allowedConsentIds")), True),
            **dict.fromkeys(_texts(listed.get("deniedConsentIds")), False),
        }
    return {"consent": purposes} if purposes else {}


def _inner(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = values.get(name)
    return found if isinstance(found, dict) else {}


def _texts(values: object) -> list[str]:
    return [each for each in values if isinstance(each, str)] if isinstance(values, list) else []


def _occurred_at(raw: Mapping[str, Any], received_at: datetime, sent_at: object) -> datetime:
    """Return when it happened by our clock: received - (sent - original).

    Nothing happens after it was received: a time later than that, which only a wrong clock writes,
    is the time it was received. A history that is imported keeps its times to the microsecond:
    what is sent and received within a few seconds was sent by a clock that is right.
    """
    original = _moment(raw.get("originalTimestamp", raw.get("timestamp")), "timestamp")
    sent = _moment(sent_at, "sentAt")
    if original is None:
        return received_at
    if sent is None or abs(received_at - sent) <= TRUSTED_SKEW:
        return min(original, received_at)
    try:
        return min(received_at - (sent - original), received_at)
    except OverflowError as failure:
        raise MessageInvalid("The timestamp of the message is out of range.") from failure


def _moment(value: object, name: str) -> datetime | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise MessageInvalid(f"{name} must be a date and time in ISO 8601.")
    try:
        return _in_utc(value)
    except (ValueError, OverflowError) as failure:
        raise MessageInvalid(f"{name} is no date and time in ISO 8601: {value[:60]}") from failure


# The messages of a batch share the time it was sent.
@lru_cache(maxsize=256)
def _in_utc(text: str) -> datetime:
    moment = datetime.fromisoformat(text.strip().upper())
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
