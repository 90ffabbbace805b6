"""A quick look at a whole body: most are sent by SDKs, and nothing in them could be refused.

What is vouched for here, `messages.parsed` takes; of anything else it is asked message by message.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import msgspec

from app.tracking.messages import (
    LARGEST_MESSAGE_BYTES,
    LONGEST_ID,
    MOST_LEVELS,
    MessageType,
)

# Written out by another hand, such as 1e15 in full, none of this size is too large.
_SURELY_SMALL = LARGEST_MESSAGE_BYTES // 8
_BRACKETS = b"{}[]"
_ALL_BUT_BRACKETS = bytes(set(range(256)) - set(_BRACKETS))
# Between these no time zone and no wrong clock leads out of what a datetime can hold.
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
# Of an alias more is asked than of the others.
_PLAIN_TYPES = frozenset(MessageType) - {MessageType.TRACK, MessageType.ALIAS}

_Text = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_ID)]
_Number = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]


class _Anything(msgspec.Struct, gc=False):
    """Any JSON object."""


class _Message(msgspec.Struct, gc=False, rename="camel"):
    type: str = ""
    message_id: _Text | _Number | None = None
    user_id: _Text | _Number | None = None
    anonymous_id: _Text | _Number | None = None
    event: _Text | None = None
    timestamp: datetime | None = None
    original_timestamp: datetime | None = None
    sent_at: datetime | None = None
    properties: _Anything | None = None
    traits: _Anything | None = None


class _Single(_Message, gc=False, rename="camel"):
    write_key: str = ""


class _Batch(msgspec.Struct, gc=False, rename="camel"):
    batch: list[_Message]
    sent_at: datetime | None = None
    write_key: str = ""


class _Pieces(msgspec.Struct, gc=False):
    batch: list[msgspec.Raw]


_single, _batch = msgspec.json.Decoder(_Single), msgspec.json.Decoder(_Batch)
_pieces = msgspec.json.Decoder(_Pieces)


@dataclass(frozen=True, slots=True)
class Vouched:
    """How many messages a body has, and the write key it names, if it names one."""

    message_count: int
    write_key: str


def vouched(body: bytes, kind: MessageType | None) -> Vouched | None:
    """Return what a body has if each of its messages can be taken as it is; else None.

    `kind` is the route's; None reads a batch.
    """
    # Without an escape there is neither half of a sign nor a NUL.
    if _has_escape(body) or not _is_shallow(body) or not _is_text(body):
        return None
    try:
        return _of_batch(body) if kind is None else _of_one(body, kind)
    except (msgspec.DecodeError, RecursionError):
        return None


def _of_batch(body: bytes) -> Vouched | None:
    found = _batch.decode(body)
    are_small = len(body) <= _SURELY_SMALL or (
        max(map(len, _pieces.decode(body).batch), default=0) <= _SURELY_SMALL
    )
    if not are_small or not found.batch or not _is_near(found.sent_at):
        return None
    are_named = all(_has_name(each, each.type) for each in found.batch)
    if not are_named or not _have_ids(found.batch) or not _have_times(found.batch):
        return None
    return Vouched(len(found.batch), found.write_key)


def _of_one(body: bytes, kind: MessageType) -> Vouched | None:
    found = _single.decode(body)
    own = (found,)
    if len(body) > _SURELY_SMALL or not _has_name(found, kind):
        return None
    return Vouched(1, found.write_key) if _have_ids(own) and _have_times(own) else None


def _has_name(message: _Message, type_: str) -> bool:
    if type_ == "track":
        return message.event is not None and not message.event.isspace()
    return type_ in _PLAIN_TYPES


# These two are the time that a batch takes: they call as little as they can.
def _have_ids(messages: Sequence[_Message]) -> bool:
    for each in messages:
        person, anonymous, own = each.user_id, each.anonymous_id, each.message_id
        if person is None and anonymous is None:
            return False
        for given in (person, anonymous, own):
            if given.__class__ is str and given.isspace():
                return False
    return True


def _have_times(messages: Sequence[_Message]) -> bool:
    for each in messages:
        for moment in (each.timestamp, each.original_timestamp, each.sent_at):
            if moment is not None and not _FIRST_YEAR < moment.year < _LAST_YEAR:
                return False
    return True


def _is_near(moment: datetime | None) -> bool:
    return moment is None or _FIRST_YEAR < moment.year < _LAST_YEAR


def _has_escape(body: bytes) -> bool:
    # One byte is found forty times quicker than two.
    return b"\\" in body and b"\\u" in body


def _is_text(body: bytes) -> bool:
    if body.isascii():
        return True
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_shallow(body: bytes) -> bool:
    """Tell whether brackets are nested no deeper than allowed; those within texts count, too."""
    left = body.translate(None, _ALL_BUT_BRACKETS)
    # The batch and its body are two levels that no message has.
    for _level in range(MOST_LEVELS):
        if not left:
            return True
        left = left.replace(b"{}", b"").replace(b"[]", b"")
    return not left
