"""Jobs that erase people."""

from datetime import timedelta

from flask import current_app

from app import clock
from app.erasures import services as erasures
from app.erasures.work import Means
from app.retention.services import LONGEST_READ


def erase_person(*, erasure_id: int, **_later: object) -> None:
    """Go on with one erasure."""
    settings = current_app.config
    erasures.erase_person(
        erasure_id=erasure_id,
        means=Means(settings["ENCRYPTION_KEYS"], settings["LOGS_DIR"], LONGEST_READ),
        stalled_after=_stalled_after(),
        clock=clock.now,
    )


def keep_erasures_going(**_later: object) -> None:
    """Ring again for erasures that are not done."""
    erasures.keep_erasures_going(stalled_after=_stalled_after(), now=clock.now())


def _stalled_after() -> timedelta:
    return timedelta(seconds=current_app.config["RUN_STALLED_SECONDS"])
