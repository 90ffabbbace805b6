"""Messages of the webhook, checked: what was updated, in which segment group, item by item."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LONGEST_ID = 200
LONGEST_NAME = 2_000
MOST_ITEMS = 100_000
LARGEST_SEQUENCE = 2**63 - 1
PERSON_ID_TYPE = "user-id"
LONGEST_VALUE = 10_000
DEEPEST = 20


class UpdateType(StrEnum):
    """What a message updates."""

    CREATE = "create"
    DETACH = "detach"
    MEMBERSHIP_CHANGES = "membershipChanges"
    METADATA = "metadata"
    HEARTBEAT = "heartbeat"


class NotJson(Exception):
    """The body is no JSON object."""


class UpdateTypeUnknown(Exception):
    """The message updates something we know nothing of."""


class MessageInvalid(Exception):
    """The message lacks what its kind must have; the sentence says what and where."""


class TooDeep(Exception):
    """The message has objects or lists in one another beyond any use."""


class TooManyItems(Exception):
    """The message has more items than are taken at once."""


class _ItemInvalid(Exception):
    """One item cannot be used; the sentence says why."""


@dataclass(frozen=True)
class Item:
    """One item: what it says as far as it could be read, itself as JSON, and what is wrong."""

    raw: str
    audience_id: str | None = None
    person_id: str | None = None
    membership: bool | None = None
    sequence: int | None = None
    # The audience's in a create, the property's in metadata.
    name: str | None = None
    problem: str | None = None


@dataclass(frozen=True)
class WebhookUpdate:
    """A message whose form is right; single items may still be wrong."""

    update_type: UpdateType
    group_identifier: str
    items: tuple[Item, ...]

    @property
    def person_ids(self) -> set[str]:
        """The persons it speaks of."""
        return {item.person_id for item in self.items if item.person_id is not None}


def parsed(body: bytes) -> WebhookUpdate:
    """Return the message.

    Raises NotJson, TooDeep, UpdateTypeUnknown, MessageInvalid or TooManyItems.
    """
    raw = _object(body)
    try:
        update_type = UpdateType(str(raw.get("updateType")))
    except ValueError as failure:
        known = ", ".join(UpdateType)
        raise UpdateTypeUnknown(f"updateType must be one of {known}.") from failure
    group = raw.get("segmentGroupIdentifier")
    if not isinstance(group, str) or not 0 < len(group) <= LONGEST_ID:
        raise MessageInvalid("segmentGroupIdentifier must be a text of 1 to 200 signs.")
    data = raw.get("data")
    if not isinstance(data, dict):
        raise MessageInvalid("data must be an object.")
    return WebhookUpdate(update_type, group, tuple(_items(update_type, data)))


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body.decode(), parse_constant=_no_number, parse_float=_number)
    except (ValueError, RecursionError) as failure:
        raise NotJson from failure
    if not isinstance(found, dict):
        raise NotJson
    if not _is_shallow(found, DEEPEST):
        raise TooDeep
    return found


def _is_shallow(value: Any, levels: int) -> bool:
    """Tell whether nothing is nested deeper than so many levels."""
    if not isinstance(value, dict | list):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return levels > 0 and all(_is_shallow(each, levels - 1) for each in inner)


def _number(word: str) -> float:
    """Return a number that JSON can write again: 1e999 is none."""
    number = float(word)
    if not math.isfinite(number):
        raise ValueError(f"{word} is too large")
    return number


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


def _items(update_type: UpdateType, data: dict[str, Any]) -> Iterator[Item]:
    if update_type is UpdateType.HEARTBEAT:
        return
    if update_type in {UpdateType.CREATE, UpdateType.DETACH}:
        item = _item(update_type, data)
        if item.problem:
            raise MessageInvalid(f"data: {item.problem}")
        yield item
        return
    changes = data.get("changes")
    if not isinstance(changes, list):
        raise MessageInvalid("data.changes must be a list.")
    if len(changes) > MOST_ITEMS:
        raise TooManyItems(len(changes))
    yield from (_item(update_type, each) for each in changes)


def _item(update_type: UpdateType, raw: Any) -> Item:
    text = json.dumps(raw)
    try:
        if not isinstance(raw, dict):
            raise _ItemInvalid("An item must be an object.")
        return _READERS[update_type](raw, text)
    except _ItemInvalid as failure:
        return Item(raw=text, problem=str(failure))


def _create(raw: dict[str, Any], text: str) -> Item:
    name = _text(raw, "audienceName", LONGEST_NAME)
    return Item(raw=text, audience_id=_text(raw, "audienceId"), name=name)


def _detach(raw: dict[str, Any], text: str) -> Item:
    return Item(raw=text, audience_id=_text(raw, "audienceId"))


def _metadata(raw: dict[str, Any], text: str) -> Item:
    name = _text(raw, "propertyName")
    if "value" not in raw:
        raise _ItemInvalid("value is missing.")
    value = json.dumps(raw["value"], ensure_ascii=False)
    if len(value) > LONGEST_VALUE:
        raise _ItemInvalid(f"value must be at most {LONGEST_VALUE} signs of JSON.")
    if "\\u0000" in value or not _is_encodable(value):
        raise _ItemInvalid("value has signs that cannot be kept.")
    return Item(raw=text, audience_id=_text(raw, "key"), name=name)


def _membership_change(raw: dict[str, Any], text: str) -> Item:
    kind = raw.get("personIdType", PERSON_ID_TYPE)
    if kind != PERSON_ID_TYPE:
        raise _ItemInvalid(f"personIdType must be {PERSON_ID_TYPE}.")
    membership = raw.get("membership")
    if not isinstance(membership, bool):
        raise _ItemInvalid("membership must be true or false.")
    return Item(
        raw=text,
        audience_id=_text(raw, "audienceId"),
        person_id=_text(raw, "personId"),
        membership=membership,
        sequence=_sequence(raw.get("sequence")),
    )


_READERS = {
    UpdateType.CREATE: _create,
    UpdateType.DETACH: _detach,
    UpdateType.METADATA: _metadata,
    UpdateType.MEMBERSHIP_CHANGES: _membership_change,
}


def _text(raw: dict[str, Any], name: str, longest: int = LONGEST_ID) -> str:
    """Return an identifier or name; a whole number is taken as its digits, as some senders do."""
    value = raw.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not 0 < len(value) <= longest:
        raise _ItemInvalid(f"{name} must be a text of 1 to {longest} signs.")
    if "\0" in value or not value.isascii() and not _is_encodable(value):
        raise _ItemInvalid(f"{name} has signs that cannot be kept.")
    return value


def _is_encodable(value: str) -> bool:
    """Tell whether it is text: JSON can escape halves of signs that are none."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _sequence(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_SEQUENCE:
        raise _ItemInvalid("sequence must be a whole number from 0 to 2^63 - 1.")
    return value
