"""What is asked of a person before an anonymous id is taken away from somebody."""

from collections.abc import Sequence

from app.confirming import Question


def before_unmerging(person_id: str, anonymous_id: str, others: Sequence[str]) -> Question:
    """Say what becomes of the events; `others` names who the id then stands for, if anybody."""
    whose = " and ".join(others) or "nobody"
    return Question(
        title=f"Take “{anonymous_id}” away from {person_id}?",
        sentence="What was done under this anonymous id without the person identifier will "
        f"count for {whose}, on every page and in every audience. Events that came with the person "
        "identifier itself stay. You can link the two again.",
        button="Take it away",
    )
