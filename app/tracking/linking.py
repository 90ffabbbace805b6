"""Keeping who anonymous ids turned out to be; writes rows within the transaction of a flush."""

from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa

from app.extensions import db
from app.tracking import identity, links
from app.tracking.flushing import Identification
from app.tracking.identity import Link
from app.tracking.messages import Message, MessageType
from app.tracking.models import IdentityLink


def link(identifications: Iterable[Identification], fresh: pa.Table | None) -> None:
    """Link the anonymous ids of messages that were fresh; of all where that is not known."""
    known = None if fresh is None else _keys(fresh)
    messages = [
        each.message
        for each in identifications
        if known is None or (each.source_id, each.message.message_id) in known
    ]
    found = list(_asked_of(messages))
    if not found:
        return
    ids = {each.anonymous_id for each in found}
    existing, decided = links.links_of(ids), links.decisions_on(ids)
    for new in identity.new_links(existing, found, decided):
        db.session.add(
            IdentityLink(anonymous_id=new.anonymous_id, since=new.since, person_id=new.person_id)
        )


def _asked_of(messages: Sequence[Message]) -> Iterator[Link]:
    """Yield the links that messages ask for, whether they are moved at once or one by one.

    Two people are never made one; such an alias stays among the events of the person it names.
    """
    persons = links.persons_among({each.previous_id for each in messages if each.previous_id})
    for message in messages:
        asked = None if message.previous_id in persons else _asked_for(message)
        if asked is not None:
            persons.add(asked.person_id)
            yield asked


def _keys(fresh: pa.Table) -> set[tuple[int, str]]:
    return set(zip(fresh["source_id"].to_pylist(), fresh["message_id"].to_pylist(), strict=True))


def _asked_for(message: Message) -> Link | None:
    """Return the link that a message asks for; none for an id that would be its own."""
    is_alias = message.type is MessageType.ALIAS
    anonymous = message.previous_id if is_alias else message.anonymous_id
    if anonymous is None or message.person_id is None or anonymous == message.person_id:
        return None
    return Link(anonymous, message.occurred_at, message.person_id)
