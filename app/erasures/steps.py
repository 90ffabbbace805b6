"""The steps of an erasure, each with what does it."""

from collections.abc import Callable

from app.erasures import (
    examples,
    log_files,
    past,
    quarantined,
    rows,
    sent,
    stored,
    tracked,
    verifying,
)
from app.erasures.places import Step
from app.erasures.work import Steps, Work

# The first step is the service's own: it says whom all the others are about.
DONE_BY: dict[Step, Callable[[Work], Steps]] = {
    Step.EXITS: sent.take_out,
    Step.EVENTS: tracked.remove_events,
    Step.INBOX: tracked.remove_messages,
    Step.DATASETS: rows.remove_rows,
    Step.FILES: stored.cut_out,
    Step.REJECTS: quarantined.empty,
    Step.SAMPLES: examples.remove,
    Step.LOGS: log_files.write_over,
    Step.DELIVERIES: sent.empty,
    Step.PAST: past.remove,
    Step.VERIFY: verifying.search,
}
