"""What is kept of a run while it is carried out, so that others see it and it outlives it."""

from typing import Any, Protocol

from app.lake.buckets import Bucket
from app.lake.planning import Plan
from app.runs.progress import Counts, RunPhase
from app.tabular.batches import BadRow

_COUNTS = {
    Bucket.ADDED: "added_count",
    Bucket.CHANGED: "changed_count",
    Bucket.SAME: "same_count",
    Bucket.SUPERSEDED: "superseded_count",
    Bucket.REMOVED: "removed_count",
    Bucket.KEPT: "kept_count",
}


class Keep(Protocol):
    """Stores values of the run's row, and rows it rejected, at once; raises RunStopped."""

    def __call__(self, values: dict[str, Any], rejects: list[BadRow] | None = None) -> None:
        """Store them."""


class Notebook:
    """Listens to a run and says which values of its row that changes."""

    def __init__(self, keep: Keep) -> None:
        self._keep = keep

    def batch_read(self, counts: Counts, rejects: list[BadRow]) -> None:
        """Keep the rows rejected and the counts so far."""
        values = {
            "received_count": counts.received,
            "rejected_count": counts.rejected,
            "bytes_read": counts.bytes_read,
        }
        self._keep(values, rejects)

    def phase_begun(self, phase: RunPhase) -> None:
        """Keep what the run does now."""
        self._keep({"phase": phase, "phase_share": None})

    def planned(self, plan: Plan, samples: dict[str, Any]) -> None:
        """Keep what writing will do."""
        counts = {name: plan.counts[bucket] for bucket, name in _COUNTS.items()}
        self._keep({**counts, "samples": samples, "planned_version": plan.table_version})
