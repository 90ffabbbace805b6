"""Deliveries of what changed in an audience since the last ones were made.

Works within the caller's transaction, and commits nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import update

from app import storage
from app.activations import payload
from app.activations.models import ACTIVE, AttachedAudience, Delivery, DeliveryStatus
from app.activations.payload import Payload, UpdateType
from app.audiences import changes
from app.audiences.models import Audience
from app.extensions import db
from app.lake import engine

CHANGES_A_PASS = 500_000


@dataclass(frozen=True)
class Told:
    """What the other end was told before: up to which change, how it is called and described."""

    sequence: int
    name: str | None
    version: int


def plan(attached: AttachedAudience, now: datetime) -> int:
    """Add deliveries of the changes since the last ones, and return how many.

    So many changes go in one pass, and a delivery is written as soon as it is made, so that memory
    is bounded; what is behind still is planned in the next. Planned twice at once, only one of the
    two goes through: each starts from what it saw.
    """
    audience = attached.audience
    if audience.evaluated_at is None or attached.activation.is_paused or attached.is_up_to_date:
        return 0
    before = Told(attached.sent_sequence, attached.sent_name, attached.sent_version)
    up_to = min(audience.sequence, before.sequence + CHANGES_A_PASS)
    if not _is_ours(attached, audience, up_to):
        return 0
    count = 0
    for told in _payloads(attached, audience, before, up_to):
        made = delivery(attached.activation_id, audience, told, now)
        db.session.add(made)
        db.session.flush()
        db.session.expunge(made)
        count += 1
    return count


def _is_ours(attached: AttachedAudience, audience: Audience, up_to: int) -> bool:
    """Move on in the log, unless another worker did."""
    won = db.session.scalar(
        update(AttachedAudience)
        .where(
            AttachedAudience.id == attached.id,
            AttachedAudience.sent_sequence == attached.sent_sequence,
            AttachedAudience.sent_version == attached.sent_version,
        )
        .values(
            sent_sequence=up_to,
            sent_name=audience.name,
            sent_version=audience.version,
        )
        .returning(AttachedAudience.id)
        .execution_options(synchronize_session=False)
    )
    return won is not None


def begin_anew(activation_id: int, now: datetime, *, is_elsewhere: bool = False) -> None:
    """Forget what was planned and sent of an activation: everything is to be sent anew.

    Where it leads elsewhere from now on, what the old place was still to be told goes too.
    """
    cancel(activation_id, now, is_elsewhere=is_elsewhere)
    own = update(AttachedAudience).where(AttachedAudience.activation_id == activation_id)
    db.session.execute(own.values(sent_sequence=0, sent_name=None, sent_version=0))


def cancel(
    activation_id: int,
    now: datetime,
    *,
    public_id: str | None = None,
    is_elsewhere: bool = False,
) -> None:
    """Send nothing more of what waits or was refused, of one audience or all.

    Detaches are still sent, as long as it is the same place.
    """
    waiting = (Delivery.activation_id == activation_id) & Delivery.status.in_(
        [*ACTIVE, DeliveryStatus.FAILED]
    )
    if not is_elsewhere:
        # In order, what is being sent comes before whatever is told next.
        waiting &= Delivery.status != DeliveryStatus.SENDING
        waiting &= Delivery.update_type != UpdateType.DETACH
    if public_id is not None:
        waiting &= Delivery.audience_public_id == public_id
    ended = {"status": DeliveryStatus.CANCELLED, "finished_at": now}
    db.session.execute(update(Delivery).where(waiting).values(ended))


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


def _payloads(
    attached: AttachedAudience, audience: Audience, before: Told, up_to: int
) -> Iterator[Payload]:
    group = attached.activation.segment_group_identifier
    if before.name != audience.name:
        yield payload.create(group, audience.public_id, audience.name)
    with engine.connection(storage.spill()) as session:
        rows = changes.net(
            session,
            storage.lake(),
            audience.public_id,
            after=before.sequence,
            up_to=up_to,
        )
    if rows.num_rows or before.version < audience.version:
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
