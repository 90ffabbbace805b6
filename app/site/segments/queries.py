"""Reading segment groups, segments, members, and what the webhook received."""

from collections.abc import Sequence
from typing import Any

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.extensions import db
from app.site.segments.models import (
    ItemStatus,
    MessageStatus,
    Segment,
    SegmentGroup,
    SegmentMember,
    WebhookItem,
    WebhookMessage,
    WebhookRefusal,
)

ROWS_A_PAGE = 50
_LAST_SIGN = chr(0x10FFFF)


def list_groups() -> list[tuple[SegmentGroup, int]]:
    """Return the segment groups, by identifier, each with how many segments it has."""
    found = (
        select(SegmentGroup, func.count(Segment.id))
        .outerjoin(Segment, Segment.group_id == SegmentGroup.id)
        .group_by(SegmentGroup.id)
        .order_by(SegmentGroup.identifier)
    )
    return [(group, count) for group, count in db.session.execute(found)]


def find_group(group_id: int) -> SegmentGroup | None:
    """Return the segment group with this id."""
    return db.session.get(SegmentGroup, group_id)


def list_segments(group_id: int, *, number: int = 1) -> Pagination:
    """Return a page of a group's segments, by name."""
    found = select(Segment).where(Segment.group_id == group_id).order_by(Segment.name, Segment.id)
    return _page(found, number)


def segments_of(group_id: int, audience_ids: Sequence[str | None]) -> dict[str, Segment]:
    """Return the segments of a group that stand for audiences, by audience."""
    found = select(Segment).where(
        Segment.group_id == group_id, Segment.audience_id.in_([a for a in audience_ids if a])
    )
    return {segment.audience_id: segment for segment in db.session.scalars(found)}


def find_segment(segment_id: int) -> Segment | None:
    """Return the segment with this id, and its group."""
    found = select(Segment).where(Segment.id == segment_id)
    return db.session.scalar(found.options(joinedload(Segment.group)))


def member_counts(segment_ids: Sequence[int]) -> dict[int, int]:
    """Return how many members segments have."""
    found = (
        select(SegmentMember.segment_id, func.count())
        .where(SegmentMember.segment_id.in_(segment_ids), SegmentMember.is_member)
        .group_by(SegmentMember.segment_id)
    )
    return {row[0]: row[1] for row in db.session.execute(found)}


def list_members(segment_id: int, *, search: str = "", number: int = 1) -> Pagination:
    """Return a page of who is in a segment, by identifier; `search` is how that begins."""
    found = select(SegmentMember).where(
        SegmentMember.segment_id == segment_id, SegmentMember.is_member
    )
    if search:
        # A range, which the index of members answers; it knows upper from lower case.
        begins = SegmentMember.person_id.between(search, search + _LAST_SIGN)
        found = found.where(begins)
    return _page(found.order_by(SegmentMember.person_id), number)


def list_messages(*, status: MessageStatus | None = None, number: int = 1) -> Pagination:
    """Return a page of messages, the newest first."""
    found = select(WebhookMessage).order_by(WebhookMessage.id.desc())
    if status is not None:
        found = found.where(WebhookMessage.status == status)
    return _page(found, number)


def count_messages() -> dict[str, int]:
    """Return how many messages there are, by status."""
    found = select(WebhookMessage.status, func.count()).group_by(WebhookMessage.status)
    return {status.value: count for status, count in db.session.execute(found)}


def find_message(client_id: str, webhook_id: str) -> WebhookMessage | None:
    """Return the message a sender sent under this id."""
    return db.session.scalar(
        select(WebhookMessage).where(
            WebhookMessage.client_id == client_id, WebhookMessage.webhook_id == webhook_id
        )
    )


def find_message_by_id(message_id: int) -> WebhookMessage | None:
    """Return the message with this id, and its group."""
    found = select(WebhookMessage).where(WebhookMessage.id == message_id)
    return db.session.scalar(found.options(joinedload(WebhookMessage.group)))


def find_message_by_public_id(public_id: str) -> WebhookMessage | None:
    """Return the message that its sender knows by this id."""
    return db.session.scalar(select(WebhookMessage).where(WebhookMessage.public_id == public_id))


def items_of_message(message_id: int) -> list[WebhookItem]:
    """Return all items of a message, in order."""
    found = select(WebhookItem).where(WebhookItem.message_id == message_id)
    return list(db.session.scalars(found.order_by(WebhookItem.id)))


def items_of_batch(batch_id: int) -> list[WebhookItem]:
    """Return the items of a batch that are to be worked, in order."""
    found = select(WebhookItem).where(
        WebhookItem.batch_id == batch_id, WebhookItem.status == ItemStatus.QUEUED
    )
    return list(db.session.scalars(found.order_by(WebhookItem.id)))


def person_ids_of(batch_id: int) -> set[str]:
    """Return the persons that the items of a batch speak of."""
    found = select(WebhookItem.person_id).where(
        WebhookItem.batch_id == batch_id, WebhookItem.person_id.is_not(None)
    )
    return {str(person_id) for person_id in db.session.scalars(found.distinct())}


def list_items(message_id: int, *, status: ItemStatus | None, number: int = 1) -> Pagination:
    """Return a page of the items of a message, in the order they were sent."""
    found = select(WebhookItem).where(WebhookItem.message_id == message_id)
    if status is not None:
        found = found.where(WebhookItem.status == status)
    return _page(found.order_by(WebhookItem.position), number)


def count_items(message_id: int) -> dict[ItemStatus, int]:
    """Return how many items of a message there are, by what became of them."""
    found = (
        select(WebhookItem.status, func.count())
        .where(WebhookItem.message_id == message_id)
        .group_by(WebhookItem.status)
    )
    counts = {row[0]: row[1] for row in db.session.execute(found)}
    return {status: counts[status] for status in ItemStatus if status in counts}


def list_refusals(number: int = 1) -> Pagination:
    """Return a page of refused requests, the newest first."""
    return _page(select(WebhookRefusal).order_by(WebhookRefusal.id.desc()), number)


def count_refusals() -> int:
    """Return how many refused requests are kept."""
    return int(db.session.scalar(select(func.count(WebhookRefusal.id))) or 0)


def list_latest_items(segment: Segment, limit: int = 20) -> list[WebhookItem]:
    """Return the items that spoke last of a segment, the newest first."""
    found = select(WebhookItem).where(
        WebhookItem.group_id == segment.group_id, WebhookItem.audience_id == segment.audience_id
    )
    return list(db.session.scalars(found.order_by(WebhookItem.id.desc()).limit(limit)))


def _page(found: Select[Any], number: int) -> Pagination:
    return db.paginate(found, page=number, per_page=ROWS_A_PAGE, error_out=False)
