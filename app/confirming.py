"""Asking before something that cannot be taken back: in a dialog, or on a page without script."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request

CONFIRMED = "confirmed"


@dataclass(frozen=True)
class Question:
    """What is asked: a title that is the question, what is at stake, the button that does it."""

    title: str
    sentence: str
    button: str
    is_danger: bool = True


def asked(question: Question, back: str) -> Any:
    """Return the page that asks, with a way back; None once the person has said yes.

    The page sends what was sent to it again, so a view asks first and then goes on as ever.
    """
    if request.form.get(CONFIRMED):
        return None
    kept = {name: value for name, value in request.form.items() if name != "csrf_token"}
    return render_template(
        "confirm.html", question=question, back=back, values={**kept, CONFIRMED: "yes"}
    )
