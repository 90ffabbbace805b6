"""Jobs that carry runs out and keep them going."""

from datetime import timedelta

from flask import current_app

from app import clock
from app.runs import services as runs


def execute_run(*, run_id: int, **_later: object) -> None:
    """Carry out one run of a dataflow."""
    runs.execute_run(run_id=run_id, stalled_after=_stalled_after(), clock=clock.now)


def keep_runs_going(**_later: object) -> None:
    """Start runs for files that wait, and ring again for those that stall."""
    runs.keep_runs_going(stalled_after=_stalled_after(), now=clock.now())


def _stalled_after() -> timedelta:
    return timedelta(seconds=current_app.config["RUN_STALLED_SECONDS"])
