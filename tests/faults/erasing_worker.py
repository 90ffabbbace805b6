"""The worker and the scheduler with which erasures are tried: hurried, and killed where asked.

Both are the real processes. Nobody waits for a day until old files may go, nor long until a killed
worker is missed; and the process that carries an erasure out dies once at each of the moments, by
turns alone and with its worker.
"""

import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from app import queue
from app.erasures import overwriting, services, steps, stored
from app.lake import erasing
from app.people import sources
from app.retention import services as retention
from app.suppressions import services as suppressions

# Where the setting says, each moment that somebody died at is an empty file.
DEATHS = "TRIED_DEATHS"
# After these calls: what one of them has done is not in the database yet.
CALLS: dict[str, tuple[Any, str]] = {
    "suppressing": (suppressions, "suppress"),
    "removing rows": (erasing, "remove_rows"),
    "removing from a journal": (erasing, "remove_from_file"),
    "copying": (erasing, "_copied"),
    "writing a file": (stored, "_write"),
    "forgetting bytes": (stored, "forget_paths"),
    "forgetting a past": (erasing, "forget_past"),
    "overwriting": (overwriting, "write_over"),
    "ending": (services, "_end"),
}
MOMENTS = [
    *(f"after {name}" for name in CALLS),
    *(f"{when} {step.value}" for step in steps.DONE_BY for when in ("in", "after some of")),
]


def main() -> None:
    """Be the worker, or the scheduler, until told to stop."""
    queue.BEAT_SECONDS, queue.SILENCE = 1, timedelta(seconds=3)
    retention.LONGEST_READ = timedelta(0)
    # Every file of events is worth a copy.
    sources.FEW_ROWS = 0
    services.BEAT_SECONDS = 0.2
    # Each takes over what it imports from the queue and from retention.
    from jobs import schedule, worker

    if "--schedule" in sys.argv:
        schedule.PERIODIC[queue.JobName.KEEP_ERASURES_GOING] = 1
        # In the end all bytes are looked at, while nobody writes some.
        schedule.PERIODIC[queue.JobName.PREPARE_EVENTS] = 3600 if "--flush" in sys.argv else 1
        if "--flush" not in sys.argv:
            # What waits is there until an erasure comes to it.
            del schedule.PERIODIC[queue.JobName.FLUSH_INBOX]
        schedule.main()
        return
    if folder := os.environ.get(DEATHS):
        _lie_in_wait(Path(folder))
    worker.main()


def _lie_in_wait(folder: Path) -> None:
    for name, (owner, attribute) in CALLS.items():
        setattr(owner, attribute, _deadly(getattr(owner, attribute), name, folder))
    for step, done_by in steps.DONE_BY.items():
        steps.DONE_BY[step] = _deadly_step(done_by, step.value, folder)


def _deadly(call: Callable[..., Any], name: str, folder: Path) -> Callable[..., Any]:
    def deadly(*arguments: Any, **others: Any) -> Any:
        result = call(*arguments, **others)
        _die_once(folder, f"after {name}")
        return result

    return deadly


def _deadly_step(done_by: Any, name: str, folder: Path) -> Any:
    """Return a step that dies where a part is done, before and after that is committed."""

    def deadly(work: Any) -> Any:
        for _part in done_by(work):
            _die_once(folder, f"in {name}")
            yield
            _die_once(folder, f"after some of {name}")

    return deadly


def _die_once(folder: Path, moment: str) -> None:
    mark = folder / moment
    if mark.exists():
        return
    mark.touch()
    if len(list(folder.iterdir())) % 2:
        os.kill(os.getppid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
