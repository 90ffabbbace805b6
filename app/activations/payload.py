"""Messages to a site's webhook, as bytes: made once, stored, signed and sent as they are."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

PERSON_ID_TYPE = "user-id"
CHANGES_A_MESSAGE = 5000


class UpdateType(StrEnum):
    """What a message tells."""

    CREATE = "create"
    DETACH = "detach"
    MEMBERSHIP_CHANGES = "membershipChanges"
    METADATA = "metadata"
    HEARTBEAT = "heartbeat"


@dataclass(frozen=True)
class Payload:
    """One message."""

    update_type: UpdateType
    body: bytes
    item_count: int


def create(group: str, audience_id: str, name: str) -> Payload:
    """Tell that there is an audience, or how it is called now."""
    data = {"audienceId": audience_id, "audienceName": name}
    return _payload(UpdateType.CREATE, group, data, 1)


def detach(group: str, audience_id: str) -> Payload:
    """Tell that an audience is sent no more."""
    return _payload(UpdateType.DETACH, group, {"audienceId": audience_id}, 1)


def heartbeat(group: str) -> Payload:
    """Tell that we are there."""
    return _payload(UpdateType.HEARTBEAT, group, {}, 0)


def metadata(group: str, audience_id: str, properties: Mapping[str, Any]) -> Payload:
    """Tell what describes an audience."""
    changes = [
        {"key": audience_id, "propertyName": name, "value": value}
        for name, value in properties.items()
    ]
    return _payload(UpdateType.METADATA, group, {"changes": changes}, len(changes))


def membership_changes(
    group: str, audience_id: str, changes: Sequence[Mapping[str, Any]]
) -> Iterator[Payload]:
    """Yield messages that tell who entered and left, so many changes each, in their sequence."""
    for start in range(0, len(changes), CHANGES_A_MESSAGE):
        some = changes[start : start + CHANGES_A_MESSAGE]
        told = [
            {
                "audienceId": audience_id,
                "personId": change["person_id"],
                "personIdType": PERSON_ID_TYPE,
                "membership": change["membership"],
                "sequence": change["sequence"],
            }
            for change in some
        ]
        yield _payload(UpdateType.MEMBERSHIP_CHANGES, group, {"changes": told}, len(told))


def _payload(kind: UpdateType, group: str, data: Mapping[str, Any], count: int) -> Payload:
    message = {"updateType": kind.value, "segmentGroupIdentifier": group, "data": data}
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    return Payload(kind, text.encode(), count)
