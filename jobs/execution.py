"""The job that carries a run out."""

from app import clock
from app.execution import services as execution
from jobs.runs import stalled_after


def execute_run(*, run_id: int, **_later: object) -> None:
    """Carry out one run of a dataflow."""
    execution.execute_run(run_id=run_id, stalled_after=stalled_after(), clock=clock.now)
