"""What is asked of a person before a source does what cannot be taken back."""

from app.confirming import Question
from app.tracking.models import Source


def before_deleting(source: Source) -> Question:
    """Name what goes with a source."""
    return Question(
        title=f"Delete the source “{source.name}”?",
        sentence="Whoever still sends with its write key is refused. Its events stay.",
        button="Delete",
    )
