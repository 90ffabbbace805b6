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
