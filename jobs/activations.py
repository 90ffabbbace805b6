"""Jobs that make deliveries and bring them to the other end."""

from flask import current_app

from app import clock
from app.activations import services as activations
from app.activations.delivering import Means


def sync_audience(*, audience_id: int, **_later: object) -> None:
    """Make deliveries of what changed in an audience."""
    activations.sync_audience(audience_id=audience_id, now=clock.now())


def deliver(*, activation_id: int, **_later: object) -> None:
    """Bring what waits of one activation to the other end."""
    settings = current_app.config
    activations.deliver(
        activation_id=activation_id,
        means=Means(settings["ENCRYPTION_KEYS"], settings["ALLOW_PRIVATE_ADDRESSES"]),
        clock=clock.now,
    )


def keep_activations_going(**_later: object) -> None:
    """Ring again for what is not sent."""
    activations.keep_activations_going(now=clock.now())
