"""What items do to segments and members: the newest change of a person wins, in any order.

Works within the caller's transaction, and commits nothing.
"""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from app.extensions import db
from app.site.segments.messages import UpdateType
from app.site.segments.models import ItemStatus, Segment, SegmentMember, WebhookItem

MOST_PROPERTIES = 200
_Key = tuple[int, str]


def work(
    group_id: int, items: Sequence[WebhookItem], known: Collection[str], now: datetime
) -> None:
    """Carry items out, in order, and set what became of each; `known` are the site's people."""
    if any(item.update_type is not UpdateType.MEMBERSHIP_CHANGES for item in items):
        # Locked for all that follows at once: two workers never wait for each other.
        _segments(group_id, {str(item.audience_id) for item in items}, is_written=True)
    for update_type, run in groupby(items, key=lambda item: item.update_type):
        if update_type is UpdateType.MEMBERSHIP_CHANGES:
            _change_memberships(group_id, list(run), known, now)
        elif update_type is UpdateType.METADATA:
            _describe(group_id, list(run))
        else:
            change = _create if update_type is UpdateType.CREATE else _detach
            for item in run:
                item.status = change(group_id, item, now)


def _create(group_id: int, item: WebhookItem, now: datetime) -> ItemStatus:
    """Make the segment, or name it anew; one that was detached is kept up to date again."""
    row: dict[str, Any] = {
        "group_id": group_id,
        "audience_id": item.audience_id,
        "name": item.name,
        "properties": {},
        "created_at": now,
        "named_item_id": item.id,
        "cleared_item_id": 0,
    }
    upsert = inserting(Segment).values(row)
    new = upsert.excluded.named_item_id
    statement = upsert.on_conflict_do_update(
        index_elements=["group_id", "audience_id"],
        set_={"name": item.name, "named_item_id": item.id, "detached_at": None},
        where=and_(new > Segment.named_item_id, new > Segment.cleared_item_id),
    ).returning(Segment.id)
    is_newest = db.session.execute(statement).first() is not None
    return ItemStatus.APPLIED if is_newest else ItemStatus.SUPERSEDED


def _detach(group_id: int, item: WebhookItem, now: datetime) -> ItemStatus:
    """Take the members out and keep the segment, marked."""
    audience_id = str(item.audience_id)
    segment = _segments(group_id, {audience_id}, is_written=True).get(audience_id)
    if segment is None:
        return ItemStatus.UNKNOWN_SEGMENT
    if item.id < max(segment.named_item_id, segment.cleared_item_id):
        return ItemStatus.SUPERSEDED
    segment.detached_at = now
    segment.cleared_item_id = item.id
    db.session.execute(delete(SegmentMember).where(SegmentMember.segment_id == segment.id))
    return ItemStatus.APPLIED


def _describe(group_id: int, items: Sequence[WebhookItem]) -> None:
    """Set what describes segments; each is read and written once for all its items."""
    segments = _segments(group_id, {str(item.audience_id) for item in items}, is_written=True)
    changed: dict[int, dict[str, Any]] = {}
    for item in items:
        segment = segments.get(str(item.audience_id))
        if segment is None:
            item.status = ItemStatus.UNKNOWN_SEGMENT
            continue
        properties = changed.setdefault(segment.id, dict(segment.properties))
        item.status = _described(properties, item)
    for segment in segments.values():
        segment.properties = changed[segment.id]


def _described(properties: dict[str, Any], item: WebhookItem) -> ItemStatus:
    """Change a property unless a newer item did; return what became of the item."""
    name = str(item.name)
    held = properties.get(name)
    if held is not None and held["item"] > item.id:
        return ItemStatus.SUPERSEDED
    if held is None and len(properties) >= MOST_PROPERTIES:
        item.reason = f"A segment has at most {MOST_PROPERTIES} properties."
        return ItemStatus.REFUSED
    properties[name] = {"value": json.loads(item.raw)["value"], "item": item.id}
    return ItemStatus.APPLIED


def _change_memberships(
    group_id: int, items: Sequence[WebhookItem], known: Collection[str], now: datetime
) -> None:
    segments = _segments(group_id, {str(item.audience_id) for item in items})
    newest: dict[_Key, WebhookItem] = {}
    for item in items:
        segment = segments.get(str(item.audience_id))
        refusal = _refusal(segment, item, known)
        if refusal is not None or segment is None:
            item.status = refusal or ItemStatus.UNKNOWN_SEGMENT
            continue
        key = (segment.id, str(item.person_id))
        held = newest.get(key)
        item.status = ItemStatus.SUPERSEDED
        if held is None or _is_newer(item, held):
            newest[key] = item
    for key in _kept(newest, now):
        newest[key].status = ItemStatus.APPLIED


def _refusal(
    segment: Segment | None, item: WebhookItem, known: Collection[str]
) -> ItemStatus | None:
    """Return why an item cannot change anything, whatever else is known of its person."""
    if segment is None:
        return ItemStatus.UNKNOWN_SEGMENT
    if item.id < segment.cleared_item_id:
        return ItemStatus.SUPERSEDED
    if segment.is_detached:
        return ItemStatus.DETACHED
    # Whoever the site knows no more has still to leave.
    is_unknown = bool(item.membership) and item.person_id not in known
    return ItemStatus.UNKNOWN_PERSON if is_unknown else None


def _is_newer(item: WebhookItem, held: WebhookItem) -> bool:
    if item.sequence is not None and held.sequence is not None:
        return item.sequence > held.sequence
    return item.id > held.id


def _kept(newest: dict[_Key, WebhookItem], now: datetime) -> set[_Key]:
    """Write how persons stand, where nothing newer is known; return for whom that was so."""
    rows = [
        {
            "segment_id": segment_id,
            "person_id": person_id,
            "is_member": item.membership,
            "sequence": item.sequence,
            "item_id": item.id,
            "changed_at": now,
        }
        # Always in one order, so that two workers never wait for each other.
        for (segment_id, person_id), item in sorted(newest.items(), key=lambda pair: pair[0])
    ]
    if not rows:
        return set()
    upsert = inserting(SegmentMember)
    new, held = upsert.excluded, SegmentMember
    both = and_(new.sequence.is_not(None), held.sequence.is_not(None))
    is_newer = or_(
        and_(both, new.sequence > held.sequence), and_(~both, new.item_id > held.item_id)
    )
    changed = {name: new[name] for name in ("is_member", "sequence", "item_id", "changed_at")}
    statement = upsert.on_conflict_do_update(
        index_elements=["segment_id", "person_id"], set_=changed, where=is_newer
    ).returning(SegmentMember.segment_id, SegmentMember.person_id)
    return {(row.segment_id, row.person_id) for row in db.session.execute(statement, rows)}


def _segments(
    group_id: int, audience_ids: Collection[str], *, is_written: bool = False
) -> dict[str, Segment]:
    """Return segments by audience; while one is detached, nobody else changes its members."""
    found = db.session.scalars(
        select(Segment)
        .where(Segment.group_id == group_id, Segment.audience_id.in_(audience_ids))
        .order_by(Segment.id)
        .with_for_update(read=not is_written)
        .execution_options(populate_existing=True)
    )
    return {segment.audience_id: segment for segment in found}


def inserting(model: type[Any]) -> Any:
    """Return an insert that can meet a row that is there; both databases have one of their own."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return dialect.insert(model)
