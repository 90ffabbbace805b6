"""Deliveries of what changed in an audience since the last ones were made.

Works within the caller's transaction, and commits nothing.
"""

from collections.abc import Iterator
from datetime import datetime
from uuid import uuid4

from sqlalchemy import update

from app import storage
from app.activations import payload
from app.activations.models import AttachedAudience, Delivery, DeliveryStatus
from app.activations.payload import Payload
from app.audiences import changes
from app.audiences.models import Audience
from app.extensions import db
from app.lake import engine


def plan(attached: AttachedAudience, now: datetime) -> int:
    """Add deliveries up to the audience's newest change and return how many.

    Planned twice at once, only one of the two goes through: each starts from what it saw.
    """
    audience = attached.audience
    if audience.evaluated_at is None or attached.activation.is_paused or attached.is_up_to_date:
        return 0
    made = [
        delivery(attached.activation_id, audience, each, now)
        for each in _payloads(attached, audience)
    ]
    won = db.session.scalar(
        update(AttachedAudience)
        .where(
            AttachedAudience.id == attached.id,
            AttachedAudience.sent_sequence == attached.sent_sequence,
            AttachedAudience.sent_name.is_not_distinct_from(attached.sent_name),
        )
        .values(sent_sequence=audience.sequence, sent_name=audience.name)
        .returning(AttachedAudience.id)
    )
    if won is None:
        return 0
    db.session.add_all(made)
    return len(made)


def delivery(
    activation_id: int, audience: Audience | None, told: Payload, now: datetime
) -> Delivery:
    """Return a new delivery of a message, to be sent now."""
    return Delivery(
        activation_id=activation_id,
        audience_public_id=audience.public_id if audience else None,
        audience_name=audience.name if audience else "",
        webhook_id=f"msg_{uuid4().hex}",
        update_type=told.update_type,
        body=told.body,
        body_size=len(told.body),
        item_count=told.item_count,
        status=DeliveryStatus.QUEUED,
        created_at=now,
        next_attempt_at=now,
    )


def _payloads(attached: AttachedAudience, audience: Audience) -> Iterator[Payload]:
    group = attached.activation.segment_group_identifier
    if attached.sent_name != audience.name:
        yield payload.create(group, audience.public_id, audience.name)
    with engine.connection(storage.staging() / "spill") as session:
        rows = changes.net(
            session,
            storage.lake(),
            audience.public_id,
            after=attached.sent_sequence,
            up_to=audience.sequence,
        )
    if rows.num_rows or attached.sent_name is None:
        yield payload.metadata(group, audience.public_id, _properties(audience))
    for start in range(0, rows.num_rows, payload.CHANGES_A_MESSAGE):
        some = rows.slice(start, payload.CHANGES_A_MESSAGE).to_pylist()
        yield from payload.membership_changes(group, audience.public_id, some)


def _properties(audience: Audience) -> dict[str, object]:
    updated = audience.evaluated_at
    return {
        "description": audience.description,
        "tags": audience.tags,
        "profileCount": audience.member_count,
        "lastUpdate": updated.isoformat() if updated else None,
    }
