"""Reading activations, what they send, and their deliveries."""

from datetime import datetime, timedelta
from typing import Any

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from app.activations.delivering import is_due
from app.activations.models import (
    ACTIVE,
    Activation,
    AttachedAudience,
    Delivery,
    DeliveryAttempt,
    DeliveryStatus,
)
from app.activations.payload import UpdateType
from app.audiences.models import Audience
from app.extensions import db

ROWS_A_PAGE, LATEST = 50, 10


def list_activations(*, number: int = 1) -> Pagination:
    """Return a page of activations, by name, each with what it sends."""
    found = select(Activation).options(selectinload(Activation.attached))
    return _page(found.order_by(Activation.name), number)


def find_activation(activation_id: int) -> Activation | None:
    """Return the activation with this id."""
    return db.session.get(Activation, activation_id)


def find_attached(activation_id: int, audience_id: int) -> AttachedAudience | None:
    """Return how an activation sends an audience, with both."""
    found = _attached(AttachedAudience.activation_id == activation_id)
    return db.session.scalars(
        found.where(AttachedAudience.audience_id == audience_id)
    ).one_or_none()


def list_attached(activation_id: int) -> list[AttachedAudience]:
    """Return what an activation sends, by the audience's name."""
    found = _attached(AttachedAudience.activation_id == activation_id)
    return list(db.session.scalars(found.order_by(Audience.name)))


def list_attached_to(audience_id: int) -> list[AttachedAudience]:
    """Return who sends an audience, by the activation's name."""
    found = _attached(AttachedAudience.audience_id == audience_id)
    return list(db.session.scalars(found.order_by(AttachedAudience.activation_id)))


def attachable_audiences(activation_id: int) -> list[Audience]:
    """Return the audiences that an activation does not send, by name."""
    own = select(AttachedAudience.audience_id).where(
        AttachedAudience.activation_id == activation_id
    )
    found = select(Audience).where(Audience.id.not_in(own)).order_by(Audience.name)
    return list(db.session.scalars(found))


def attachable_activations(audience_id: int) -> list[Activation]:
    """Return the activations that do not send an audience, by name."""
    own = select(AttachedAudience.activation_id).where(AttachedAudience.audience_id == audience_id)
    found = select(Activation).where(Activation.id.not_in(own)).order_by(Activation.name)
    return list(db.session.scalars(found))


def count_deliveries(activation_id: int) -> dict[str, int]:
    """Return how many deliveries an activation has, by status."""
    found = (
        select(Delivery.status, func.count())
        .where(Delivery.activation_id == activation_id)
        .group_by(Delivery.status)
    )
    return {row[0].value: row[1] for row in db.session.execute(found)}


def troubles(activation_ids: list[int]) -> dict[int, str]:
    """Return what keeps activations from delivering, as a sentence, by activation."""
    oldest = (
        select(func.min(Delivery.id))
        .where(
            Delivery.activation_id.in_(activation_ids),
            Delivery.status.in_(ACTIVE),
            Delivery.update_type != UpdateType.HEARTBEAT,
        )
        .group_by(Delivery.activation_id)
    )
    found = select(Delivery.activation_id, Delivery.failure).where(
        Delivery.id.in_(oldest), Delivery.failure.is_not(None)
    )
    return {row[0]: str(row[1]) for row in db.session.execute(found)}


def was_told(activation_id: int, public_id: str) -> bool:
    """Tell whether the other end may know of an audience: something of it was sent, or is now."""
    found = select(Delivery.id).where(
        Delivery.activation_id == activation_id,
        Delivery.audience_public_id == public_id,
        Delivery.update_type != UpdateType.DETACH,
        or_(Delivery.attempt_count > 0, Delivery.status == DeliveryStatus.SENDING),
    )
    return db.session.scalar(found.limit(1)) is not None


def list_deliveries(
    activation_id: int, *, status: DeliveryStatus | None = None, number: int = 1
) -> Pagination:
    """Return a page of deliveries, the newest first."""
    found = select(Delivery).where(Delivery.activation_id == activation_id)
    if status is not None:
        found = found.where(Delivery.status == status)
    return _page(found.order_by(Delivery.id.desc()), number)


def list_latest_deliveries(activation_id: int) -> list[Delivery]:
    """Return the newest deliveries, the newest first."""
    found = select(Delivery).where(Delivery.activation_id == activation_id)
    return list(db.session.scalars(found.order_by(Delivery.id.desc()).limit(LATEST)))


def find_delivery(delivery_id: int) -> Delivery | None:
    """Return a delivery with its body and its activation."""
    return db.session.scalar(
        select(Delivery)
        .where(Delivery.id == delivery_id)
        .options(
            undefer(Delivery.body),
            joinedload(Delivery.activation),
        )
    )


def list_attempts(delivery_id: int) -> list[DeliveryAttempt]:
    """Return the last attempts to deliver, the newest first."""
    found = select(DeliveryAttempt).where(DeliveryAttempt.delivery_id == delivery_id)
    return list(db.session.scalars(found.order_by(DeliveryAttempt.id.desc()).limit(ROWS_A_PAGE)))


def audiences_behind() -> list[int]:
    """Return the audiences with changes that an activation has not made deliveries of."""
    found = (
        select(AttachedAudience.audience_id)
        .join(Audience)
        .join(Activation)
        .where(
            Activation.is_paused.is_(False),
            Audience.evaluated_at.is_not(None),
            or_(
                AttachedAudience.sent_sequence < Audience.sequence,
                AttachedAudience.sent_version < Audience.version,
            ),
        )
        .distinct()
    )
    return list(db.session.scalars(found))


def activations_due(*, stalled_after: timedelta, now: datetime) -> list[int]:
    """Return the activations whose oldest waiting delivery may be sent now."""
    oldest = (
        select(func.min(Delivery.id))
        .join(Activation)
        .where(
            Delivery.status.in_(ACTIVE),
            Delivery.update_type != UpdateType.HEARTBEAT,
            Activation.is_paused.is_(False),
        )
        .group_by(Delivery.activation_id)
    )
    found = select(Delivery.activation_id).where(
        Delivery.id.in_(oldest), is_due(stalled_after, now)
    )
    return list(db.session.scalars(found))


def _attached(which: ColumnElement[bool]) -> Select[AttachedAudience]:
    return (
        select(AttachedAudience)
        .join(Audience)
        .where(which)
        .options(joinedload(AttachedAudience.audience), joinedload(AttachedAudience.activation))
        .execution_options(populate_existing=True)
    )


def _page(found: Select[Any], number: int) -> Pagination:
    return db.paginate(found, page=number, per_page=ROWS_A_PAGE, error_out=False)
