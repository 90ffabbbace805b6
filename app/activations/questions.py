"""What is asked of a person before an activation does what cannot be taken back."""

from app.activations.models import Activation
from app.audiences.models import Audience
from app.confirming import Question


def before_deleting(activation: Activation) -> Question:
    """Name what goes with an activation."""
    return Question(
        title=f"Delete the activation “{activation.name}”?",
        sentence="Its deliveries go too. The segments at the other end stay as they are; detach "
        "the audiences first to have their members taken out there.",
        button="Delete",
    )


def before_sending_everything(activation: Activation) -> Question:
    """Say what is sent."""
    return Question(
        title=f"Send everything to “{activation.name}” again?",
        sentence="All members of all its audiences are sent, in place of what waits.",
        button="Send everything",
        is_danger=False,
    )


def before_detaching(audience: Audience) -> Question:
    """Name what detaching does at the other end."""
    return Question(
        title=f"Detach “{audience.name}”?",
        sentence="The other end is told to take its members out. What still waits is not sent.",
        button="Detach",
    )
