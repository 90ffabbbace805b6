"""Keeping who anonymous ids turned out to be; writes rows within the transaction of a flush."""

from collections.abc import Iterable

import pyarrow as pa

from app.extensions import db
from app.tracking import identity, queries
from app.tracking.flushing import Identification
from app.tracking.identity import Link
from app.tracking.messages import Message, MessageType
from app.tracking.models import IdentityLink


def link(identifications: Iterable[Identification], fresh: pa.Table | None) -> None:
    """Link the anonymous ids of messages that were fresh; of all where that is not known."""
    known = None if fresh is None else _keys(fresh)
    found = [
        asked
        for source_id, message in identifications
        if known is None or (source_id, message.message_id) in known
        for asked in [_asked_for(message)]
        if asked is not None
    ]
    if not found:
        return
    existing = queries.links_of({each.anonymous_id for each in found})
    for new in identity.new_links(existing, found):
        db.session.add(
            IdentityLink(anonymous_id=new.anonymous_id, since=new.since, person_id=new.person_id)
        )


def _keys(fresh: pa.Table) -> set[tuple[int, str]]:
    return set(zip(fresh["source_id"].to_pylist(), fresh["message_id"].to_pylist(), strict=True))


def _asked_for(message: Message) -> Link | None:
    """Return the link that a message asks for; none for an id that would be its own."""
    is_alias = message.type is MessageType.ALIAS
    anonymous = message.previous_id if is_alias else message.anonymous_id
    if anonymous is None or message.person_id is None or anonymous == message.person_id:
        return None
    return Link(anonymous, message.occurred_at, message.person_id)
