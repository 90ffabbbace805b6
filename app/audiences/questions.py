"""What is asked of a person before an audience does what cannot be taken back."""

from app.audiences.models import Audience
from app.confirming import Question


def before_deleting(audience: Audience) -> Question:
    """Name what goes with an audience."""
    return Question(
        title=f"Delete the audience “{audience.name}”?",
        sentence="Its conditions go for good, and nobody is in it any more.",
        button="Delete",
    )


def before_restoring(audience: Audience, number: int) -> Question:
    """Say what becomes of the present conditions."""
    return Question(
        title=f"Restore version {number} of “{audience.name}”?",
        sentence="Its conditions and time zone are saved as a new version, and the members are "
        "found anew. Name, description and tags stay as they are.",
        button="Restore",
        is_danger=False,
    )
