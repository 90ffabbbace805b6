"""The job that keeps runs going."""

from datetime import timedelta

from flask import current_app

from app import clock
from app.runs import services as runs


def keep_runs_going(**_later: object) -> None:
    """Start runs for files that wait, and ring again for those that stall."""
    runs.keep_runs_going(stalled_after=stalled_after(), now=clock.now())


def stalled_after() -> timedelta:
    """Return how long a run may be silent."""
    return timedelta(seconds=current_app.config["RUN_STALLED_SECONDS"])
