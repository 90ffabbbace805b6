"""Jobs that find the members of audiences."""

from datetime import timedelta

from flask import current_app

from app import clock
from app.audiences.evaluation import services as evaluation
from app.audiences.lists import services as lists


def evaluate_audience(*, audience_id: int, **_later: object) -> None:
    """Find the members of one audience."""
    evaluation.evaluate_audience(
        audience_id=audience_id, stalled_after=_seconds("RUN_STALLED_SECONDS"), clock=clock.now
    )


def keep_audiences_fresh(**_later: object) -> None:
    """Have audiences evaluated whose data changed."""
    evaluation.keep_audiences_fresh(
        stalled_after=_seconds("RUN_STALLED_SECONDS"),
        step=_seconds("AUDIENCE_REFRESH_SECONDS"),
        now=clock.now(),
    )


def take_in_list(*, intake_id: int, **_later: object) -> None:
    """Take a file into a kept list."""
    lists.take_in_list(
        intake_id=intake_id, stalled_after=_seconds("RUN_STALLED_SECONDS"), clock=clock.now
    )


def keep_lists_going(**_later: object) -> None:
    """Ring again for files of lists that were left behind, and forget what is old."""
    lists.keep_lists_going(stalled_after=_seconds("RUN_STALLED_SECONDS"), now=clock.now())


def compact_memberships(**_later: object) -> None:
    """Make few sorted files of the many that evaluations leave in the log of memberships."""
    evaluation.compact_memberships()


def _seconds(setting: str) -> timedelta:
    return timedelta(seconds=current_app.config[setting])
